import { join } from 'node:path';
import { eventually } from './__testUtils__/eventually.ts';
import { ApiServer } from './cluster/ApiServer.ts';
import { Cluster } from './cluster/Cluster.ts';
import { readManifests, type KubernetesObject } from './cluster/manifests.ts';
import { platformFolder } from './folder.ts';
import { repositoryFolder } from './programs/location.ts';

/** What `platform/admission` refuses, and what it lets pass, on the running platform. */
const folder = platformFolder(process.env.DELIVERY_PLATFORM_DIR ?? '');
const space = `admission-${Date.now().toString(36)}`;

describe('platform/admission', () => {
  const cluster = new Cluster(folder.kubeconfig);
  const api = new ApiServer(folder.kubeconfig);

  /** Applies a policy to this namespace alone: other tests are free to use what they like. */
  const enforce = (file: string) => {
    const [policy, binding] = readManifests(
      join(repositoryFolder, 'platform/admission', file),
    );
    const name = `${space}.${policy.metadata.name}`;
    policy.metadata.name = name;
    binding.metadata.name = name;
    binding.spec = {
      ...(binding.spec as object),
      policyName: name,
      matchResources: {
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': space },
        },
      },
    };
    return cluster.apply([policy, binding], 'local-platform');
  };
  const answerTo = (request: Promise<unknown>) =>
    request.then(() => 'taken').catch((error: Error) => error.message);
  /** The API server takes a moment to enforce a new policy. */
  const refused = (ask: () => Promise<string>, why: string) =>
    eventually(
      async () => ((await ask()).includes(why) ? true : undefined),
      `the refusal: ${why}`,
    );

  beforeAll(() =>
    cluster.apply(
      [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: space } }],
      'local-platform',
    ),
  );

  describe('for the Applications of KubeVela', () => {
    const application = (name: string, spec: object): KubernetesObject => ({
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'Application',
      metadata: {
        name,
        namespace: space,
        // Nothing is to come of it.
        labels: { 'controller.core.oam.dev/pause': 'true' },
      },
      spec,
    });
    const given = (spec: object, name = 'shop') =>
      answerTo(cluster.apply([application(name, spec)], 'local-platform'));
    const service = { name: 'shop', type: 'appmod-service' };
    const objects = { name: 'all', type: 'k8s-objects' };
    const table = (properties?: object) => ({
      name: 'table',
      type: 'ddb-table',
      traits: [{ type: 'component-iam-policy', properties }],
    });
    const older = application('older', { components: [objects] });

    beforeAll(async () => {
      const { metadata } = older;
      await cluster.apply(
        [{ ...older, metadata: { ...metadata, finalizers: ['test/kept'] } }],
        'local-platform',
      );
      await enforce('kubevela-applications.yaml');
      await refused(
        () => given({ components: [service, objects] }),
        'only appmod-service and ddb-table are offered',
      );
    });

    it('hands KubeVela nothing but what is offered', async () => {
      expect(
        await given({
          components: [{ ...service, traits: [{ type: 'sidecar' }] }],
        }),
      ).toContain(
        'only path-based-ingress and component-iam-policy are offered',
      );
      const elsewhere = { name: 'elsewhere', type: 'topology' };
      expect(
        await given({ components: [service], policies: [elsewhere] }),
      ).toContain('spec.policies and spec.workflow are not offered');
      expect(
        await given({ components: [service], workflow: { steps: [] } }),
      ).toContain('spec.policies and spec.workflow are not offered');
      const published = {
        ...service,
        traits: [{ type: 'path-based-ingress' }],
      };
      expect(await given({ components: [published, table()] })).toBe('taken');
    });

    it('takes no policy of IAM but the ready one', async () => {
      const components = [
        service,
        table({ service: 'dynamodb', policy: '{"Statement": []}' }),
      ];
      expect(await given({ components })).toContain(
        "properties.policy: the policy is the platform's",
      );
      expect(
        await given({ components: [table({ service: 'dynamodb' })] }),
      ).toBe('taken');
    });

    it('lets an older one go, and change into nothing else that is refused', async () => {
      const patch = (body: object) => answerTo(cluster.merge(older, body));
      const { components } = older.spec as { components: object[] };
      expect(
        await patch({ spec: { components: [...components, service] } }),
      ).toContain('only appmod-service and ddb-table are offered');
      await api.call({
        method: 'DELETE',
        path: `/apis/core.oam.dev/v1beta1/namespaces/${space}/applications/older`,
      });
      // As KubeVela does when it has cleaned up.
      expect(await patch({ metadata: { finalizers: null } })).toBe('taken');
      expect(await cluster.read(older)).toBeUndefined();
    });
  });

  describe('for pipelines', () => {
    const given = (gitlab: object) =>
      answerTo(
        api.call({
          method: 'POST',
          path: `/apis/kro.run/v1alpha1/namespaces/${space}/cicdpipelines?dryRun=All`,
          body: {
            apiVersion: 'kro.run/v1alpha1',
            kind: 'CICDPipeline',
            metadata: { name: 'shop-cicd-pipeline', namespace: space },
            spec: {
              name: 'shop-cicd',
              aws: { region: 'us-west-2', accountId: '000000000000' },
              application: { name: 'shop' },
              gitlab: { username: 'golden-path', ...gitlab },
              hub: { hostname: 'hub.localhost' },
              environments: {
                dev: { namespace: `${space}-dev` },
                prod: { namespace: `${space}-prod` },
              },
            },
          },
        }),
      );

    it('sends the Git credentials to the Git server of the platform alone', async () => {
      await enforce('cicdpipelines.yaml');
      await refused(
        () => given({ hostname: 'git.example.net' }),
        "this is no Git server of the platform's",
      );
      expect(await given({ hostname: 'github.com.example.net' })).toContain(
        "this is no Git server of the platform's",
      );
      expect(
        await given({ hostname: 'github.com', protocol: 'http' }),
      ).toContain('only https is offered');
      expect(await given({ hostname: 'github.com' })).toBe('taken');
    });
  });
});
