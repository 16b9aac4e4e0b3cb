import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { processId } from './platform';
import { APP, DeliveryTab, enter, report } from './portal';
import { scene } from './scene';

const PROGRAM = 'kube-apiserver';

/**
 * Keeps a program of the platform down while something is looked at: its supervisor
 * starts it again, after a pause that grows each time.
 */
async function whileDown(work: () => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const kept = (async () => {
    let killed: number | undefined;
    while (!ended.signal.aborted) {
      const pid = processId(PROGRAM);
      if (pid !== killed) {
        process.kill(pid, 'SIGKILL');
        killed = pid;
      }
      await delay(50);
    }
  })();
  try {
    await work();
  } finally {
    ended.abort();
    await kept;
  }
}

/** Last, because the controllers of the platform lose the API server, too. */
test('the API server goes down and comes back', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf(APP));
  const tab = new DeliveryTab(page);
  await tab.expectLive();
  await tab.markDocument();
  const live = page.getByRole('button', { name: 'Live', exact: true });
  const outdated = page.getByRole('button', { name: /Outdated.*as of/ });
  let backAt = 0;
  await whileDown(async () => {
    await expect(outdated).toBeVisible();
    await expect(live).toHaveCount(0);
    // What it was stays there to be read.
    await expect(tab.environment('prod')).toContainText(APP);
    await scene(page, 'api-server-down', outdated);
    backAt = Date.now();
  });
  await expect(live).toBeVisible({ timeout: 120_000 });
  await tab.expectStatus('prod', 'succeeded');
  report(
    `API server may start again → live: ${(
      (Date.now() - backAt) /
      1000
    ).toFixed(1)} s, of which its supervisor waits up to 15 s`,
  );
  await tab.expectNotReloaded();
  await scene(page, 'api-server-back', live);
});
