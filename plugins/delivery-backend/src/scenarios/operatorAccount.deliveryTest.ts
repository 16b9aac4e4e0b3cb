import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parseAllDocuments } from 'yaml';
import { HttpTransport, KubeConfigAccess } from '../kubernetes';

/*
 * What the account of the operations may do, by the word of the API server: exactly what
 * platform/rbac/operator.yaml says, in every namespace.
 */
interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  verbs: string[];
}

const file = path.join(
  process.env.DELIVERY_PLATFORM_DIR ?? '',
  'kubeconfig-operator',
);
const transport = new HttpTransport(new KubeConfigAccess({ file }));

afterAll(() => transport.close());

/** One line for each thing that may be done to a kind. */
function linesOf(rules: readonly Rule[]): string[] {
  const lines = rules.flatMap(
    ({ apiGroups = [], resources = [], resourceNames = ['any'], verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource =>
          resourceNames.flatMap(name =>
            verbs.map(verb => `${verb} ${resource} of "${group}": ${name}`),
          ),
        ),
      ),
  );
  return [...new Set(lines)].sort();
}

/** Rules of the manifest by where they hold: everywhere, or in a namespace. */
async function manifestRules(): Promise<Map<string, Rule[]>> {
  const manifest = path.join(
    resolvePackagePath('@golden-path/plugin-delivery-backend'),
    '../../platform/rbac/operator.yaml',
  );
  const objects = parseAllDocuments(await readFile(manifest, 'utf8')).map(
    each => each.toJS(),
  );
  return new Map(
    objects
      .filter(({ rules }) => rules)
      .map(({ metadata, rules }) => [metadata.namespace ?? '', rules]),
  );
}

/** What the API server says that the account may do. */
async function rulesIn(namespace: string): Promise<Rule[]> {
  const review = (await transport.send(
    '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    { method: 'POST', body: { spec: { namespace } } },
  )) as { status: { resourceRules: Rule[]; incomplete: boolean } };
  expect(review.status.incomplete).toBe(false);
  return review.status.resourceRules.filter(
    // What everybody may who is known: ask who they are and what they may do.
    ({ apiGroups = [] }) =>
      !['authentication.k8s.io', 'authorization.k8s.io'].includes(apiGroups[0]),
  );
}

it.each(['argocd', 'default', 'kube-system', 'delivery-system'])(
  'may do in namespace %s what the manifest says, and nothing else',
  async namespace => {
    const rules = await manifestRules();
    expect(linesOf(await rulesIn(namespace))).toEqual(
      linesOf([...(rules.get('') ?? []), ...(rules.get(namespace) ?? [])]),
    );
  },
);

it.each([
  ['read Secrets', 'get', '', 'secrets'],
  ['read logs of pods', 'get', '', 'pods/log'],
  ['run something in a pod', 'create', '', 'pods/exec'],
  ['make pods', 'create', '', 'pods'],
  ['delete a run', 'delete', 'argoproj.io', 'workflows'],
  ['delete a pipeline', 'delete', 'kro.run', 'cicdpipelines'],
  [
    'change who may do what',
    'create',
    'rbac.authorization.k8s.io',
    'rolebindings',
  ],
  [
    'change an Application of Argo CD elsewhere',
    'patch',
    'argoproj.io',
    'applications',
  ],
  ['change what KubeVela runs', 'patch', 'core.oam.dev', 'applications'],
])('may not %s', async (_what, verb, group, name) => {
  const [resource, subresource] = name.split('/');
  const review = (await transport.send(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      method: 'POST',
      body: {
        spec: {
          resourceAttributes: {
            namespace: 'default',
            verb,
            group,
            resource,
            ...(subresource && { subresource }),
          },
        },
      },
    },
  )) as { status: { allowed: boolean } };
  expect(review.status.allowed).toBe(false);
});
