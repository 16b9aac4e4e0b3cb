import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, stageOf } from '../../__testUtils__/deliveryFor';

/*
 * One pipeline as each version of kro writes it: its registry is there, its set-up runs,
 * and its first build waits for that. The shapes and messages of `__fixtures__` are those
 * of the upstream source of the version that the file is named by.
 */
function read(version: string) {
  const file = path.join(__dirname, '__fixtures__', `${version}.json`);
  const { instance, children, graph } = JSON.parse(readFileSync(file, 'utf8'));
  return deliveryFor([graph, instance, ...children]);
}

const expression = 'setupworkflow.?status.phase.orValue("") == "Succeeded"';

describe('a pipeline of kro', () => {
  it.each([
    ['0.5.1', 'IN_PROGRESS · InstanceSynced=False', expression],
    ['0.7.1', 'IN_PROGRESS · Ready=False', expression],
    ['0.8.5', 'IN_PROGRESS · Ready=False', undefined],
    [
      '0.9.2',
      'IN_PROGRESS · Ready=False',
      JSON.stringify(expression).slice(1, -1),
    ],
  ])('%s prints its own words and names its parts', (version, word, said) => {
    const delivery = read(version);
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'running',
      word,
    });
    expect(
      delivery.parts?.find(({ id }) => id === 'setupworkflow')?.message ?? '',
    ).toContain(said ?? '');
    const unseen = { seen: false, namespace: undefined };
    expect(delivery.parts).toMatchObject([
      {
        id: 'ecrmainrepo',
        kind: 'Repository',
        name: 'checkout-cicd-main-repo',
        namespace: 'team-checkout',
        seen: true,
        status: 'succeeded',
      },
      {
        id: 'role',
        name: 'checkout-cicd-role',
        // Up to it kro has come, as far as it says where it is.
        status: said === undefined ? 'unknown' : 'succeeded',
        ...unseen,
      },
      {
        id: 'setupworkflow',
        name: 'checkout-cicd-setup-workflow',
        seen: true,
        status: 'running',
        dependsOn: ['role'],
      },
      {
        id: 'initialbuildworkflow',
        name: 'checkout-cicd-initial-build-workflow',
        status: said === undefined ? 'unknown' : 'waiting',
        dependsOn: ['setupworkflow'],
        ...unseen,
      },
    ]);
  });
});
