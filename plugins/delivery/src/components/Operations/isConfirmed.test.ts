import { say } from '@golden-path/plugin-delivery-common';
import type {
  Delivery,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { isConfirmed } from './isConfirmed';

const before = fixture('failed-build');
const [newest] = before.runs;
const accepted = {
  outcome: 'accepted',
  sentence: { code: 'x', text: 'x' },
} as const;

function changed(change: (delivery: Delivery) => void): Delivery {
  const next = JSON.parse(JSON.stringify(before)) as Delivery;
  change(next);
  return next;
}

describe('isConfirmed', () => {
  it.each<[string, OperationRequest, (delivery: Delivery) => void]>([
    [
      'a retried run runs',
      { operation: 'retry-run', run: newest.name },
      ({ runs }) => {
        runs[0].phase = 'Running';
      },
    ],
    [
      'a new run is there',
      { operation: 'start-run' },
      ({ runs }) => {
        runs.unshift({ ...newest, name: 'made' });
      },
    ],
    [
      'Argo CD has looked',
      { operation: 'refresh', environment: 'dev' },
      ({ environments }) => {
        environments[0].argoCd.reconciledAt = '2026-01-01T00:00:00Z';
      },
    ],
    [
      'the pipeline is suspended',
      { operation: 'suspend-pipeline' },
      ({ stages }) => {
        const pipeline = stages.find(({ kind }) => kind === 'pipeline')!;
        pipeline.status = 'suspended';
        pipeline.sentence = say('pipeline.suspended');
      },
    ],
  ])('waits until %s', (_what, request, change) => {
    const asked = { request, outcome: { ...accepted, run: 'made' } };
    const elsewhere = changed(({ environments, runs, stages }) => {
      environments[1].argoCd.reconciledAt = '2026-01-01T00:00:00Z';
      runs[1].phase = 'Running';
      const pipeline = stages.find(({ kind }) => kind === 'pipeline')!;
      // So is its set-up, which waits for somebody.
      pipeline.status = 'suspended';
      pipeline.sentence = say('pipeline.settingUp', { step: 'approve' });
    });
    expect(isConfirmed(asked, before, elsewhere)).toBe(false);
    expect(isConfirmed(asked, before, changed(change))).toBe(true);
  });

  it('does not wait for a person to merge, nor for what was so already', () => {
    const request = { operation: 'promote', environment: 'prod' } as const;
    const link = { title: 'Pull request 7', url: 'https://git.example/7' };
    expect(
      isConfirmed({ request, outcome: { ...accepted, link } }, before, before),
    ).toBe(true);
    expect(
      isConfirmed(
        { request, outcome: { ...accepted, outcome: 'unchanged' } },
        before,
        before,
      ),
    ).toBe(true);
  });
});
