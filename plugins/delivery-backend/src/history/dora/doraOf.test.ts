import { doraOfHistories } from '../__testUtils__/doraOfHistories';
import { at, deployment, health } from '../__testUtils__/records';
import type { HealthRecord } from '../records';
import {
  DORA_WINDOW_MS,
  FAILURE_WINDOW_MS,
  type ProductionHistory,
} from './doraOf';

const NOW = new Date('2026-11-24T12:00:00Z');
const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(40));

type Deployed = ReturnType<typeof deployment>;

/** Production that was healthy before, unless its health is given. */
function history(
  deployments: Deployed[],
  changes: HealthRecord[] = [health('Healthy', at('00:00', '2026-11-01'))],
  pushes: ProductionHistory['pushes'] = [],
): ProductionHistory {
  return {
    deployments,
    healthChanges: changes,
    pushes,
    since: at('00:00', '2026-10-01'),
  };
}

const figures = (...histories: ProductionHistory[]) =>
  doraOfHistories(histories, {
    now: NOW,
    windowMs: DORA_WINDOW_MS,
    failureWindowMs: FAILURE_WINDOW_MS,
  });

const healthy = (time: string) => health('Healthy', at(time));
const degraded = (time: string) => health('Degraded', at(time));
const before = health('Healthy', at('00:00', '2026-11-01'));

describe('doraOf', () => {
  it('knows nothing rather than zero while there is too little', () => {
    expect(figures()).toEqual({
      window: {
        from: '2026-10-25T12:00:00.000Z',
        to: '2026-11-24T12:00:00.000Z',
        observedDays: 0,
      },
      deploymentFrequency: undefined,
      leadTimeForChanges: undefined,
      changeFailureRate: undefined,
      timeToRestore: undefined,
      unrestored: 0,
    });
  });

  it.each<[string, Deployed[], number | undefined]>([
    [
      'each change',
      [deployment('1', at('08:00')), deployment('2', at('09:00'))],
      2,
    ],
    [
      'not what brings nothing new',
      [
        deployment('1', at('08:00'), { revision: 'r1', commit: A }),
        deployment('2', at('08:30'), { revision: 'r1', commit: A }),
        deployment('3', at('09:00'), { revision: 'r1' }),
      ],
      1,
    ],
    [
      'a new commit at a revision that tells of one of two sources only',
      [
        deployment('1', at('08:00'), { revision: 'r1', commit: A }),
        deployment('2', at('08:30'), { revision: 'r1', commit: B }),
      ],
      2,
    ],
    [
      'no rollback',
      [
        deployment('1', at('08:00'), { commit: A }),
        deployment('2', at('08:30'), { commit: B }),
        deployment('3', at('09:00'), { commit: A }),
      ],
      2,
    ],
    [
      'not what never succeeded',
      [deployment('failed 1', at('08:00'), { outcome: 'failed' })],
      undefined,
    ],
    [
      'not what is older than the window',
      [deployment('1', at('08:00', '2026-10-20'))],
      undefined,
    ],
  ])('counts %s as deployed', (_what, deployments, expected) => {
    expect(figures(history(deployments)).deploymentFrequency?.deployments).toBe(
      expected,
    );
  });

  it('divides by the days that the history covers', () => {
    const young = { ...history([deployment('1', at('08:00'))]) };
    young.since = at('12:00', '2026-11-19');
    expect(figures(young).deploymentFrequency?.perDay).toBe(1 / 5);
    expect(
      figures(history([deployment('1', at('08:00'))])).deploymentFrequency
        ?.perDay,
    ).toBe(1 / 30);
    young.since = at('11:00');
    expect(figures(young).deploymentFrequency?.perDay).toBe(1);
  });

  it.each<[string, Deployed[], HealthRecord[], number | undefined]>([
    [
      'the end of a sync that hurt nothing',
      [deployment('1', at('08:00'), { commit: A })],
      [before],
      3600,
    ],
    [
      'the health that came after a roll-out',
      [deployment('1', at('08:00'), { commit: A })],
      [before, health('Progressing', at('08:00:10')), healthy('08:05')],
      3900,
    ],
    [
      'the health of a roll-out that began within the sync',
      [deployment('1', at('08:00'), { commit: A })],
      [before, health('Progressing', at('07:59:58')), healthy('08:05')],
      3900,
    ],
    [
      'the first time only',
      [
        deployment('1', at('08:00'), { commit: A, revision: 'r1' }),
        deployment('2', at('09:00'), { commit: A, revision: 'r2' }),
      ],
      [before],
      3600,
    ],
    [
      'no later trouble',
      [deployment('1', at('08:00'), { commit: A })],
      [before, degraded('10:00'), healthy('10:30')],
      3600,
    ],
    [
      'the next change, where this one never got healthy',
      [
        deployment('1', at('08:00'), { commit: A }),
        deployment('2', at('09:00'), { commit: B, startedAt: at('08:59') }),
      ],
      [before, health('Progressing', at('08:00:10')), healthy('09:05')],
      undefined,
    ],
    [
      'nothing where its health is not known',
      [deployment('1', at('08:00'), { commit: A })],
      [],
      undefined,
    ],
    [
      'nothing where its commit is not known',
      [deployment('1', at('08:00'))],
      [before],
      undefined,
    ],
  ])(
    'takes as end of the lead time %s',
    (_what, deployments, changes, seconds) => {
      const pushes = [
        { commit: A, at: at('07:30') },
        { commit: A, at: at('07:00') },
      ];
      expect(
        figures(history(deployments, changes, pushes)).leadTimeForChanges,
      ).toEqual(
        seconds === undefined
          ? undefined
          : { medianSeconds: seconds, samples: 1 },
      );
    },
  );

  const failures: Array<
    [
      string,
      Deployed[],
      HealthRecord[],
      { rate?: string; restored?: number; open?: number },
    ]
  > = [
    [
      'none',
      [deployment('1', at('08:00')), deployment('2', at('09:00'))],
      [before],
      { rate: '0/2' },
    ],
    [
      'production degraded after it',
      [deployment('1', at('08:00'))],
      [before, degraded('08:10'), healthy('08:40')],
      { rate: '1/1', restored: 1800 },
    ],
    [
      'production degraded while it was synced',
      [deployment('1', at('08:00'), { startedAt: at('07:58') })],
      [before, degraded('07:59'), healthy('08:40')],
      { rate: '1/1', restored: 2460 },
    ],
    [
      'not what happened before it, a day later or after the next change',
      [
        deployment('1', at('08:00', '2026-11-20')),
        deployment('2', at('08:00'), { startedAt: at('07:58') }),
        deployment('3', at('09:00'), { startedAt: at('08:59') }),
      ],
      [
        before,
        degraded('07:00'),
        healthy('07:10'),
        degraded('09:10'),
        healthy('09:30'),
      ],
      { rate: '1/3', restored: 1200 },
    ],
    [
      'a sync that failed, until a later one is healthy',
      [
        deployment('failed 1', at('08:00'), {
          outcome: 'failed',
          revision: 'x',
        }),
        deployment('failed 2', at('08:05'), {
          outcome: 'failed',
          revision: 'x',
        }),
        deployment('3', at('08:20'), { revision: 'y' }),
      ],
      [before],
      { rate: '1/2', restored: 1200 },
    ],
    [
      'a sync that failed and succeeded when it was tried again, as one change',
      [
        deployment('failed 1', at('08:00'), {
          outcome: 'failed',
          revision: 'x',
        }),
        deployment('2', at('08:20'), { revision: 'x' }),
      ],
      [before],
      { rate: '1/1', restored: 1200 },
    ],
    [
      'what was taken back',
      [
        deployment('1', at('08:00'), { commit: A }),
        deployment('2', at('09:00'), { commit: B }),
        deployment('3', at('09:30'), { commit: A }),
      ],
      [before],
      { rate: '1/2', restored: 1800 },
    ],
    [
      'what was taken back with a revision of its own',
      [
        deployment('1', at('08:00'), { commit: A, revision: 'r1' }),
        deployment('2', at('09:00'), { commit: B, revision: 'r2' }),
        deployment('3', at('09:30'), { commit: A, revision: 'revert' }),
      ],
      [before],
      { rate: '1/2', restored: 1800 },
    ],
    [
      'what was taken back after another one could not be brought',
      [
        deployment('1', at('08:00'), { commit: A }),
        deployment('2', at('09:00'), { commit: B }),
        deployment('failed 3', at('09:10'), { outcome: 'failed' }),
        deployment('4', at('09:30'), { commit: A }),
      ],
      [before],
      { rate: '2/3', restored: 1500 },
    ],
    [
      'production degraded in the second in which the sync began, once',
      [
        deployment('1', at('08:00')),
        deployment('2', at('09:00'), { startedAt: at('08:59') }),
      ],
      [before, degraded('08:59'), healthy('09:09')],
      { rate: '1/2', restored: 600 },
    ],
    [
      'not what was taken back days later',
      [
        deployment('1', at('08:00', '2026-11-18'), { commit: A }),
        deployment('2', at('08:00', '2026-11-20'), { commit: B }),
        deployment('3', at('08:00'), { commit: A }),
      ],
      [before],
      { rate: '0/2' },
    ],
    [
      'trouble that is not over',
      [deployment('1', at('08:00'), { commit: C })],
      [before, degraded('08:10'), health('Progressing', at('08:20'))],
      { rate: '1/1', open: 1 },
    ],
  ];

  it.each(failures)(
    'counts as failed: %s',
    (_what, deployments, changes, expected) => {
      const { changeFailureRate, timeToRestore, unrestored } = figures(
        history(deployments, changes),
      );
      expect(changeFailureRate?.ratio).toBe(
        changeFailureRate!.failed / changeFailureRate!.changes,
      );
      expect({
        rate: `${changeFailureRate?.failed}/${changeFailureRate?.changes}`,
        restored: timeToRestore?.medianSeconds,
        open: unrestored || undefined,
      }).toEqual({ restored: undefined, open: undefined, ...expected });
    },
  );

  it('keeps Applications of the same name apart', () => {
    const again = { applicationUid: 'prod-2', revision: 'r1', commit: A };
    const result = figures(
      history(
        [
          deployment('1', at('08:00'), { revision: 'r1', commit: A }),
          deployment('1', at('09:00'), again),
        ],
        [before, health('Degraded', at('09:10'), again)],
      ),
    );
    expect(result.changeFailureRate).toMatchObject({ failed: 1, changes: 2 });
  });

  it('takes pipelines together', () => {
    const one = history(
      [deployment('1', at('08:00'), { commit: A })],
      [before],
      [{ commit: A, at: at('07:00') }],
    );
    const two = history(
      [deployment('1', at('08:00'), { commit: B })],
      [before, degraded('08:10'), healthy('08:20')],
      [{ commit: B, at: at('05:00') }],
    );
    expect(figures(one, two)).toMatchObject({
      deploymentFrequency: { deployments: 2, perDay: 2 / 30 },
      leadTimeForChanges: { samples: 2, medianSeconds: 7200 },
      changeFailureRate: { failed: 1, changes: 2, ratio: 0.5 },
      timeToRestore: { samples: 1, medianSeconds: 600 },
    });
  });
});
