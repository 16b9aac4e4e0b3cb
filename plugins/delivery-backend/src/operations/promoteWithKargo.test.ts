import type { Environment } from '@golden-path/plugin-delivery-common';
import { noFacts, type KargoStageFacts } from '../delivery/facts';
import type { OperationContext } from './Operation';
import { promoteWithKargo } from './promoteWithKargo';

const freight = (name: string) => ({
  name,
  alias: `alias-${name}`,
  images: [],
});
const [a, b, c] = ['a', 'b', 'c'].map(freight);

/** Dev holds c, prod holds a; what may come next is told by Kargo. */
function kargo(known: Partial<KargoStageFacts> = {}) {
  const create = jest.fn();
  const stage = { project: 'p', name: 'prod', freight: a };
  const promote = (tag?: string) =>
    promoteWithKargo({
      from: { name: 'dev', kargo: { freight: c } } as unknown as Environment,
      to: { name: 'prod', kargo: stage } as unknown as Environment,
      tag,
      context: {
        cluster: { create, get: async () => ({ spec: {} }) },
        facts: {
          ...noFacts(),
          kargoStages: [
            { ...stage, available: [], ...known } as unknown as KargoStageFacts,
          ],
        },
      } as unknown as OperationContext,
    });
  return { promote, promoted: () => create.mock.calls[0]?.[1].spec.freight };
}

describe('a promotion with Kargo', () => {
  it.each<[string, string, Partial<KargoStageFacts>]>([
    ['what may come next, not what dev has by now', 'b', { available: [b] }],
    ['what dev has, where Kargo tells of nothing', 'c', {}],
    [
      'what failed, once more',
      'b',
      {
        available: [c, b],
        promotion: { name: 'x', freight: 'b', phase: 'Errored' },
      },
    ],
  ])('brings %s', async (_what, expected, known) => {
    const { promote, promoted } = kargo(known);
    expect(await promote()).toMatchObject({
      outcome: 'accepted',
      sentence: { values: { environment: 'prod', tag: `alias-${expected}` } },
    });
    expect(promoted()).toBe(expected);
  });

  it('is refused where the user was shown something else', async () => {
    const { promote, promoted } = kargo({ available: [b] });
    await expect(promote('alias-c')).rejects.toThrow(
      'Kargo would bring alias-b to "prod" by now, no longer alias-c',
    );
    expect(promoted()).toBeUndefined();
    await promote('alias-b');
    expect(promoted()).toBe('b');
  });
});
