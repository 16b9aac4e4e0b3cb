import { withImage } from './deploymentManifest.ts';

const manifest = `# What runs in dev.

apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: shop
  annotations:
    app.oam.dev/publishVersion: none
    argocd.argoproj.io/hook: Skip
spec:
  components:
    - name: orders
      type: ddb-table
      properties:
        image: untouched
    - name: shop
      type: appmod-service
      properties:
        # Written by the pipeline.
        image: 000000000000.dkr.ecr.us-west-2.amazonaws.com/peeks/shop:none
        replicas: 1
`;

describe('withImage', () => {
  const change = {
    application: 'shop',
    image: 'registry/shop:abc',
    tag: 'abc',
  };

  it('changes image and version, drops the hook and leaves the rest as it is', () => {
    expect(withImage(manifest, change)).toBe(
      manifest
        .replace('publishVersion: none', 'publishVersion: abc')
        .replace('    argocd.argoproj.io/hook: Skip\n', '')
        .replace(/image: 0.*/, 'image: registry/shop:abc'),
    );
  });

  it('adds no version where there is none, as KubeVela would then ignore changes of the manifest alone', () => {
    const plain = manifest.replace(/.*publishVersion.*\n/, '');
    expect(withImage(plain, change)).toBe(
      plain
        .replace(/ {2}annotations:\n.*hook: Skip\n/, '')
        .replace(/image: 0.*/, 'image: registry/shop:abc'),
    );
  });

  it.each([
    ['with a version', manifest],
    ['without', manifest.replace(/.*publishVersion.*\n/, '')],
  ])('changes nothing the second time, %s', (_, text) => {
    const once = withImage(text, change);
    expect(withImage(once, change)).toBe(once);
  });

  it('writes a tag that looks like a number as text', () => {
    const tag = '1234567890123456789012345678901234567890';
    expect(withImage(manifest, { ...change, tag })).toContain(
      `publishVersion: "${tag}"`,
    );
  });

  it('says which component is missing', () => {
    expect(() =>
      withImage(manifest, { ...change, application: 'cart' }),
    ).toThrow('spec.components has none named cart');
  });
});
