import { rename, writeFile } from 'node:fs/promises';
import { LinkRequest } from '../__testing__/LinkRequest';
import { until } from '../__testing__/until';
import { attemptsWithin, misspent } from './budget';
import { faultGround, FaultGround } from './faultGround';
import { refusal } from './linkFaults';

/** What an account may do, and who it is, changes under the watch. */
const ground = faultGround();

/** RBAC ends no watch that is open: it is the next request that is refused. */
async function breakWatch(
  { cluster }: FaultGround,
  plural: string,
): Promise<void> {
  const broken = cluster.link.impose(
    refusal(503),
    ({ resource }: LinkRequest) => resource === plural,
  );
  await until('the watch breaks', () => broken.hits.length > 0);
  broken.lift();
}

it('keeps what it knew of a kind that it may not read, until it may again', async () => {
  const { widgets, workflows, account, begin } = ground;
  const resource = `widgets.${widgets.kind.group}`;
  const trial = await begin({
    title: 'RBAC revoked and granted',
    concerned: [widgets],
    bystanders: [workflows],
  });
  await account.forbid(resource);
  await until('it may not', async () => !(await account.may(resource)));
  await breakWatch(ground, 'widgets');
  await trial.says(
    widgets,
    'forbidden',
    /^API server answers 403: widgets\.[^ ]+ is forbidden: User "system:serviceaccount:[^"]+:watcher" cannot list resource "widgets"/,
  );
  await trial.untilMuchWasWritten();
  expect(trial.watch.objects.list(widgets.kind)).not.toEqual([]);
  await account.allow(resource);
  await until('it may again', () => account.may(resource));
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
    const { workflows, deployments, account, cluster, begin } = ground;
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
      concerned: [workflows],
      bystanders: [deployments],
      kubeconfig: await cluster.writeKubeconfig('rotating', {
        tokenFile: 'token',
      }),
    });
    await cluster.send('DELETE', `${secrets}/old`);
    await until('the old token is refused', () => cluster.refuses(old));
    await breakWatch(ground, 'workflows');
    await trial.says(workflows, 'stale', /^API server answers 401: /);
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
