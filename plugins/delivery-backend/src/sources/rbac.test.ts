import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { resourceOf } from '../__testUtils__/resources';
import { readKinds } from '.';

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

interface Manifest {
  kind: string;
  metadata: { name: string };
  rules?: Rule[];
  roleRef?: { kind: string; name: string };
}

const FILE = path.resolve(__dirname, '../../../../platform/rbac/reader.yaml');
const manifests = parseAllDocuments(readFileSync(FILE, 'utf8')).map(
  document => document.toJS() as Manifest,
);
const role = manifests.find(({ kind }) => kind === 'ClusterRole');
const rules = role?.rules ?? [];

/** `verb resource.group/name` for everything that the rules allow, without a name for all. */
const allowed = rules
  .flatMap(({ apiGroups = [], resources = [], resourceNames, verbs }) =>
    product(apiGroups, resources, resourceNames ?? [''], verbs),
  )
  .map(([group, resource, name, verb]) => entry(verb, resource, group, name))
  .sort();

function product(...lists: string[][]): string[][] {
  return lists.reduce<string[][]>(
    (rows, list) => rows.flatMap(row => list.map(each => [...row, each])),
    [[]],
  );
}

function entry(verb: string, resource: string, group: string, name?: string) {
  return `${verb} ${resource}.${group}${name ? `/${name}` : ''}`;
}

describe('platform/rbac/reader.yaml', () => {
  it('allows to read exactly what is watched, and logs', () => {
    const kinds = readKinds.flatMap(kind => {
      // RBAC knows names, and takes them from such a selector; it knows no labels.
      const name = /^metadata\.name=([^,]+)$/.exec(
        kind.fieldSelector ?? '',
      )?.[1];
      return ['get', 'list', 'watch'].map(verb =>
        entry(verb, resourceOf(kind), kind.group, name),
      );
    });
    const definitions = ['list', 'watch'].map(
      verb => `${verb} customresourcedefinitions.apiextensions.k8s.io`,
    );
    // Of steps, when somebody asks for one; read from the API server each time, not watched.
    const logs = ['get pods/log.'];
    expect(allowed).toEqual(
      [...new Set([...kinds, ...definitions, ...logs])].sort(),
    );
  });

  it('says so without wildcards and other subresources, and never of Secrets', () => {
    for (const { apiGroups, resources, resourceNames, verbs } of rules) {
      const words = [apiGroups, resources, resourceNames, verbs].flat();
      expect(
        words.filter(
          word => /[*/]|^secrets$/.test(word ?? '') && word !== 'pods/log',
        ),
      ).toEqual([]);
    }
    expect(rules.flatMap(rule => Object.keys(rule))).not.toContain(
      'nonResourceURLs',
    );
  });

  it('binds the account to that role only', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
    ]);
    expect(manifests[1].roleRef).toMatchObject({
      kind: 'ClusterRole',
      name: role?.metadata.name,
    });
  });
});
