import type userEvent from '@testing-library/user-event';
import { render, ScriptedApi } from '../../../__testUtils__/render';
import { failedBuild } from './failedBuild';

let shown = 0;

/** Shows the tab of a delivery in a whole app. */
export function show(
  delivery = failedBuild(),
  options: { denied?: string[]; at?: string } = {},
): { api: ScriptedApi; container: HTMLElement } {
  // What an entity permits is remembered for a moment, also from test to test.
  shown += 1;
  delivery.entityRef = `component:default/orders-${shown}`;
  const api = new ScriptedApi(delivery);
  const { container } = render('entity-content:delivery', api, options);
  return { api, container };
}

/** Goes on with the Tab key until the control has the focus. */
export async function tabTo(
  user: ReturnType<typeof userEvent.setup>,
  to: HTMLElement,
) {
  for (let i = 0; i < 60 && document.activeElement !== to; i++) {
    await user.tab();
  }
  expect(to).toHaveFocus();
}
