import { rename, writeFile } from 'node:fs/promises';
import { LinkRequest } from '../__testing__/LinkRequest';
import { until } from '../__testing__/until';
import { attemptsWithin, misspent } from './budget';
import { faultGround, FaultGround } from './faultGround';
import { refusal } from './linkFaults';

/** What an account may do, and who it is, changes under the watch. */
const ground = faultGround();

const ofConfigMaps = ({ resource }: LinkRequest) => resource === 'configmaps';

/** RBAC ends no watch that is open: it is the next request that is refused. */
async function breakWatch({ cluster }: FaultGround): Promise<void> {
  const broken = cluster.link.impose(refusal(503), ofConfigMaps);
  await until('the watch breaks', () => broken.hits.length > 0);
  broken.lift();
}

it('keeps what it knew of a kind that it may not read, until it may again', async () => {
  const { configMaps, limitRanges, account, begin } = ground;
  const trial = await begin({
    title: 'RBAC revoked and granted',
    concerned: [configMaps],
    bystanders: [limitRanges],
  });
  await account.forbid('configmaps');
  await until('it may not', async () => !(await account.may('configmaps')));
  await breakWatch(ground);
  await trial.says(
    configMaps,
    'forbidden',
    /^API server answers 403: configmaps is forbidden: User "system:serviceaccount:[^"]+:watcher" cannot list resource "configmaps"/,
  );
  await trial.untilMuchWasWritten();
  expect(trial.watch.objects.list(configMaps.kind)).not.toEqual([]);
  await account.allow('configmaps');
  await until('it may again', () => account.may('configmaps'));
  trial.over();
  const spent = await trial.settles();

  // One check per attempt; what it knew is not thrown away, so no list. Refusals in a
  // row cast doubt on the version, but a 403 says nothing about it.
  expect(
    misspent(spent, {
      check: [2, attemptsWithin(trial.lasted) + 2],
      watch: [1, 1],
    }),
  ).toEqual([]);
});

describe('with a token in a file', () => {
  it('goes on with the new token when the old one is refused', async () => {
    const { configMaps, limitRanges, account, cluster, begin } = ground;
    const secrets = `/api/v1/namespaces/${cluster.namespace}/secrets`;
    const bound = async (name: string) => {
      const { metadata } = await cluster.send('POST', secrets, {
        metadata: { name },
      });
      return account.token({ name, uid: metadata.uid });
    };
    const put = async (token: string) => {
      await writeFile(cluster.file('next'), `${token}\n`);
      await rename(cluster.file('next'), cluster.file('token'));
    };
    const old = await bound('old');
    await put(old);
    const trial = await begin({
      title: 'token rotated',
      concerned: [configMaps],
      bystanders: [limitRanges],
      kubeconfig: await cluster.writeKubeconfig('rotating', {
        tokenFile: 'token',
      }),
    });
    await cluster.send('DELETE', `${secrets}/old`);
    await until('the old token is refused', () => cluster.refuses(old));
    await breakWatch(ground);
    await trial.says(configMaps, 'stale', /^API server answers 401: /);
    await trial.untilMuchWasWritten();
    await put(await bound('new'));
    trial.over();
    const spent = await trial.settles();

    // Each refusal reads the token anew, at most every 5 s, and asks once more with it
    // when it is another.
    expect(
      misspent(spent, {
        check: [2, attemptsWithin(trial.lasted) + 4],
        watch: [1, 1],
      }),
    ).toEqual([]);
  });
});
