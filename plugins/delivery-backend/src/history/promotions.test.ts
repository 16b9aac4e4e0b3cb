import { COMMIT, healthyPipeline } from '../__testUtils__/objects';
import { deliveryFor } from '../__testUtils__/deliveryFor';
import type { EnvironmentState } from '../delivery/environments';
import { promotionOfKargo, promotionOfPullRequest } from './promotions';

describe('promotionOfPullRequest', () => {
  const delivery = deliveryFor(healthyPipeline());
  const asked = {
    by: 'user:default/ada',
    at: new Date('2026-11-24T09:00:00Z'),
  };
  const url = 'https://git.example/team/checkout/pulls/7';
  const sentence = { code: 'operation.promote', text: 'asked' };
  const link = { title: 'Pull request', url };

  it('is what was asked for, by whom, and the commit that goes on', () => {
    expect(
      promotionOfPullRequest(
        delivery,
        'prod',
        { outcome: 'accepted', sentence, link },
        asked,
      ),
    ).toEqual([
      {
        table: 'promotions',
        cluster: 'local',
        pipeline:
          'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline',
        id: url,
        from: 'dev',
        to: 'prod',
        commit: COMMIT,
        imageTag: COMMIT,
        by: 'user:default/ada',
        pullRequest: url,
        requestedAt: '2026-11-24T09:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['was open already', { outcome: 'unchanged', sentence, link } as const],
    ['is Kargo’s', { outcome: 'accepted', sentence } as const],
  ])('is none where it %s', (_why, outcome) => {
    expect(promotionOfPullRequest(delivery, 'prod', outcome, asked)).toEqual(
      [],
    );
  });
});

describe('promotionOfKargo', () => {
  const place = { cluster: 'local', pipeline: 'p' };
  const state = (
    promotion: object,
    images = [`registry.example/checkout:${COMMIT}`],
  ) =>
    ({
      name: 'prod',
      previous: { name: 'dev' },
      kargo: {
        project: 'checkout-kargo',
        freight: { name: 'f1', images },
        promotion: {
          name: 'prod.01abc.f1',
          freight: 'f1',
          phase: 'Succeeded',
          finishedAt: '2026-11-24T09:00:00Z',
          ...promotion,
        },
      },
    } as unknown as EnvironmentState);

  it('is the one that was done last', () => {
    expect(promotionOfKargo(state({}), place)).toEqual([
      {
        table: 'promotions',
        ...place,
        id: 'checkout-kargo/prod.01abc.f1',
        from: 'dev',
        to: 'prod',
        commit: COMMIT,
        imageTag: COMMIT,
        requestedAt: '2026-11-24T09:00:00Z',
      },
    ]);
  });

  it.each<[string, EnvironmentState, number, string | undefined]>([
    ['one that failed', state({ phase: 'Failed' }), 0, undefined],
    [
      'one under way',
      state({ phase: 'Running', finishedAt: undefined }),
      0,
      undefined,
    ],
    [
      'other Freight than the Stage holds',
      state({ freight: 'f2' }),
      1,
      undefined,
    ],
    ['Freight of several images', state({}, ['a:1', 'b:2']), 1, undefined],
  ])('knows of %s no more than is there', (_what, given, count, commit) => {
    const records = promotionOfKargo(given, place);
    expect(records).toHaveLength(count);
    expect(records[0]?.commit).toBe(commit);
  });
});
