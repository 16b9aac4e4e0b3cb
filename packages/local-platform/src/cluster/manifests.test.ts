import { parseManifests } from './manifests.ts';

describe('parseManifests', () => {
  it('reads every document, with as many aliases as it likes', () => {
    const uses = Array.from({ length: 200 }, () => '*env').join(', ');
    const content = `apiVersion: v1
kind: ConfigMap
metadata: { name: one }
env: &env [{ name: A, value: b }]
uses: [${uses}]
---
# only a comment
---
apiVersion: v1
kind: Namespace
metadata: { name: two }
`;
    const manifests = parseManifests(content, 'x.yaml');
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual([
      'one',
      'two',
    ]);
  });

  it('names the file and the field that is wrong', () => {
    expect(() =>
      parseManifests('apiVersion: v1\nkind: Pod\nmetadata: {}\n', 'pod.yaml'),
    ).toThrow(/pod\.yaml, document 1:[^]*metadata\.name/);
    expect(() => parseManifests('a: [', 'broken.yaml')).toThrow(
      /broken\.yaml: /,
    );
  });
});
