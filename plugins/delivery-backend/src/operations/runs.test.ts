import { COMMIT, firstBuild, pushBuild } from '../__testUtils__/objects';
import { goldenPath } from './__testUtils__/goldenPath';

describe('a run', () => {
  const name = pushBuild(COMMIT, 'Failed').metadata.name as string;
  const failed = () => {
    const run: any = pushBuild(COMMIT, 'Failed', [], {
      generateName: 'checkout-cicd-',
      labels: { 'kro.run/owned': 'true', keep: 'this' },
    });
    run.spec = { workflowTemplateRef: { name: 'cicd' }, shutdown: 'Stop' };
    run.status = {
      phase: 'Failed',
      message: 'child failed',
      finishedAt: '2026-11-24T07:00:00Z',
      conditions: [{ type: 'Completed', status: 'True' }],
      nodes: {
        [name]: {
          id: name,
          name,
          type: 'DAG',
          phase: 'Failed',
          children: [`${name}-1`],
        },
        [`${name}-1`]: {
          id: `${name}-1`,
          name: `${name}.build`,
          type: 'Pod',
          phase: 'Failed',
          templateName: 'build',
        },
      },
    };
    return run;
  };
  function withRun(change: (run: any) => void = () => {}) {
    const run = failed();
    change(run);
    const path = goldenPath();
    const before = path.live('Workflow', run.metadata.name);
    path.cluster.put({
      ...run,
      metadata: { ...before.metadata, ...run.metadata },
    });
    return { ...path, run: () => path.live('Workflow', run.metadata.name) };
  }

  it('tries its failed steps again', async () => {
    const { perform, run, cluster } = withRun();
    expect(await perform({ operation: 'retry-run', run: name })).toMatchObject({
      outcome: 'accepted',
    });
    expect(cluster.deleted).toEqual([`Pod team-checkout/${name}-build-1`]);
    expect(run().spec).toEqual({ workflowTemplateRef: { name: 'cicd' } });
    expect(run().status).toEqual({
      phase: 'Running',
      startedAt: expect.stringMatching(/^20.*\dZ$/),
      conditions: [{ type: 'Completed', status: 'False' }],
      nodes: {
        [name]: expect.objectContaining({ phase: 'Running', children: [] }),
      },
    });
    expect(await perform({ operation: 'retry-run', run: name })).toMatchObject({
      outcome: 'unchanged',
    });
  });

  it.each([
    [
      'succeeded',
      (run: any) => Object.assign(run.status, { phase: 'Succeeded' }),
      /succeeded, so it has no failed step/,
    ],
    [
      'is kept compressed',
      (run: any) => Object.assign(run.status, { compressedNodes: 'H4sI' }),
      /compressed or in its own database/,
    ],
  ])('is not retried where it %s', async (_name, change, message) => {
    const { perform, cluster } = withRun(change);
    await expect(
      perform({ operation: 'retry-run', run: name }),
    ).rejects.toThrow(message);
    expect(cluster.deleted).toEqual([]);
  });

  it('is made again without what tells of the first only', async () => {
    const { perform, cluster } = withRun();
    expect(
      await perform({ operation: 'resubmit-run', run: name }),
    ).toMatchObject({
      outcome: 'accepted',
      run: 'checkout-cicd-1',
    });
    expect(cluster.created[0]).toMatchObject({
      metadata: {
        generateName: 'checkout-cicd-',
        labels: {
          keep: 'this',
          'workflows.argoproj.io/resubmitted-from-workflow': name,
        },
      },
      spec: { workflowTemplateRef: { name: 'cicd' } },
    });
    expect(cluster.created[0].metadata.labels).not.toHaveProperty(
      'kro.run/owned',
    );
    expect(cluster.created[0].spec).not.toHaveProperty('shutdown');
  });

  describe('of the first image', () => {
    const made = (phase: string, again = '') => {
      const run: any = firstBuild(phase);
      const { metadata, status } = run;
      return {
        ...run,
        metadata: {
          ...metadata,
          name: metadata.name + again,
          uid: metadata.uid + again,
        },
        status: { ...status, nodes: undefined },
      };
    };
    const again = {
      operation: 'resubmit-run',
      run: made('').metadata.name,
    } as const;

    it.each([
      ['it has succeeded', [made('Succeeded')]],
      ['another has built it', [made('Failed'), made('Succeeded', '-x')]],
    ])('is not made again when %s', async (_, runs) => {
      const { perform, cluster } = goldenPath({ runs });
      await expect(perform(again)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(/Push a commit or start a run instead/),
      });
      expect(cluster.created).toEqual([]);
    });

    it('is made again while none was built', async () => {
      const runs = [made('Failed'), made('Failed', '-x')];
      const { perform, cluster } = goldenPath({ runs });
      expect(await perform(again)).toMatchObject({ outcome: 'accepted' });
      expect(cluster.created).toHaveLength(1);
    });
  });

  it.each([
    ['stop-run', 'Stop'],
    ['terminate-run', 'Terminate'],
  ] as const)('ends by %s', async (operation, shutdown) => {
    const running = withRun(run =>
      Object.assign(run.status, { phase: 'Running' }),
    );
    expect((await running.perform({ operation, run: name })).outcome).toBe(
      'accepted',
    );
    expect(running.run().spec.shutdown).toBe(shutdown);
    expect((await withRun().perform({ operation, run: name })).outcome).toBe(
      'unchanged',
    );
  });
});
