import { act, screen, waitFor } from '@testing-library/react';
import { say } from '@golden-path/plugin-delivery-common';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';

jest.setTimeout(180_000);

const first = fixture('on-the-way');
const { name } = first.runs[0];

/** The same with the run some steps further, which the stage, journey and summary say, too. */
function further(change: number): Delivery {
  const delivery: Delivery = structuredClone(first);
  const [run] = delivery.runs;
  const step = run.steps[change % run.steps.length];
  const sentence = say('build.running', { run: name, step: step.name });
  const isRunning = step.status !== 'running';
  Object.assign(step, {
    status: isRunning ? 'running' : 'succeeded',
    phase: isRunning ? 'Running' : 'Succeeded',
  });
  run.message = `change ${change}`;
  run.progress = { done: change, total: 50 };
  delivery.stages.find(({ kind }) => kind === 'build')!.sentence = sentence;
  delivery.journeys![0].steps.find(({ kind }) => kind === 'built')!.sentence =
    sentence;
  delivery.summary.sentence = sentence;
  return { ...delivery, revision: `change-${change}` };
}

describe('a run that goes on', () => {
  afterEach(() => jest.restoreAllMocks());

  it('renders no button, link or disclosure anew', async () => {
    // React Aria does so for each id of a component, each time that it renders, and never
    // takes it back: what renders anew is slow, and lets the heap of an open tab grow.
    const register = jest.spyOn(FinalizationRegistry.prototype, 'register');
    const api = new ScriptedApi(further(0));
    render('entity-content:delivery', api, { at: `/?run=${name}` });
    await screen.findByText('change 0');
    await screen.findByText('Lead time');
    // Until it is known what the user may do.
    await waitFor(() =>
      screen.getAllByRole('button').forEach(it => expect(it).toBeEnabled()),
    );
    expect(register).toHaveBeenCalled();

    register.mockClear();
    for (let change = 1; change <= 10; change++) {
      await act(async () => api.send(further(change)));
      await screen.findByText(`change ${change}`);
      screen.getByText(`${change} of 50 steps`);
    }
    expect(register).not.toHaveBeenCalled();
  });
});
