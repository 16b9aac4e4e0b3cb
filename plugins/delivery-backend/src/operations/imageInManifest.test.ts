import { imagesOf, readImage, withImage } from './imageInManifest';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/peeks/shop';

const manifest = (tag: string, hook = '') => `# Changed by the pipeline.
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: shop
  annotations:${hook}
    app.oam.dev/publishVersion: ${tag} # with the image
spec:
  components:
    - name: shop
      type: appmod-service
      properties:
        image_name: shop
        image: ${REPOSITORY}:${tag}
        port: 80
`;

const image = { repository: REPOSITORY, suffix: ':9f3c1ab' };

it.each([
  ['nginx', 'nginx', ''],
  ['localhost:5000/a/b:1.2', 'localhost:5000/a/b', ':1.2'],
  ['a.io/b@sha256:12ab', 'a.io/b', '@sha256:12ab'],
  ['a.io/b:1@sha256:12ab', 'a.io/b', ':1@sha256:12ab'],
])('takes %s apart', (reference, repository, suffix) => {
  expect(readImage(reference)).toEqual({ repository, suffix });
});

it('finds images of every document of a file', () => {
  const text = `${manifest('1')}---\nspec: { image: 'other:2' }\n`;
  expect(imagesOf(text)).toEqual([
    { repository: REPOSITORY, suffix: ':1' },
    { repository: 'other', suffix: ':2' },
  ]);
});

it('changes the image and the version with it, and nothing else', () => {
  expect(withImage(manifest('none'), image)).toBe(manifest('9f3c1ab'));
});

it('applies from now on what held nothing yet', () => {
  const skipped = manifest('none', '\n    argocd.argoproj.io/hook: Skip');
  expect(withImage(skipped, image)).toBe(manifest('9f3c1ab'));
});

it('adds no version where there is none, as KubeVela would then ignore changes of the manifest alone', () => {
  const plain = (tag: string) =>
    manifest(tag).replace(/ {2}annotations:\n.*publishVersion.*\n/, '');
  const skipped = plain('none').replace(
    'name: shop\n',
    'name: shop\n  annotations:\n    argocd.argoproj.io/hook: Skip\n',
  );
  expect(withImage(skipped, image)).toBe(plain('9f3c1ab'));
  expect(withImage(plain('none'), image)).toBe(plain('9f3c1ab'));
});

it('leaves a file alone that names another image', () => {
  expect(withImage('spec:\n  image: other:1\n', image)).toBeUndefined();
  expect(withImage('# nothing\n', image)).toBeUndefined();
});

it('changes the image of a kro instance', () => {
  expect(
    withImage(`kind: AppmodService\nspec:\n  image: ${REPOSITORY}:1\n`, image),
  ).toBe(`kind: AppmodService\nspec:\n  image: ${REPOSITORY}:9f3c1ab\n`);
});

it('leaves everything else as it is written', () => {
  const written = (name: string, version: string) => `# Kept.\r
metadata: {annotations: {app.oam.dev/publishVersion: ${version}}}\r
spec:\r
  containers:\r
  - name:   shop   # aligned\r
    image: '${name}'\r
  - {image: "other:1",   args: [a,  b]}\r
`;
  const digits = { repository: REPOSITORY, suffix: ':1234567' };
  expect(withImage(written(`${REPOSITORY}:1`, 'v1'), digits)).toBe(
    // Without quotes it would be a number.
    written(`${REPOSITORY}:1234567`, '"1234567"'),
  );
});

it('publishes no other version for an image that was there', () => {
  const text = manifest('9f3c1ab').replace(/Version: 9f3c1ab/, 'Version: v3');
  expect(withImage(text, image)).toBe(text);
});
