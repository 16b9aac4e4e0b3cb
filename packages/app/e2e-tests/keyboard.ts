import { type Locator, type Page, expect } from '@playwright/test';

const MOST_STOPS = 150;

/** Goes on with Tab until a control has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(control)) {
      await expectFocusToShow(control);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`not within ${MOST_STOPS} stops: ${control}`);
}

export async function expectFocus(control: Locator): Promise<void> {
  await expect(control).toBeFocused();
  await expectFocusToShow(control);
}

/** Whoever moves the focus by keyboard has to see where it is. */
async function expectFocusToShow(control: Locator): Promise<void> {
  await expect
    .poll(
      () =>
        control.evaluate(element => {
          const { outlineStyle, outlineWidth, boxShadow } =
            getComputedStyle(element);
          return (
            element.matches(':focus-visible') &&
            ((outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) ||
              boxShadow !== 'none')
          );
        }),
      { message: `the focus shows on ${control}` },
    )
    .toBe(true);
}

async function hasFocus(control: Locator): Promise<boolean> {
  return (
    (await control.count()) === 1 &&
    control.evaluate(element => element === document.activeElement)
  );
}
