import { generateKeyPairSync } from 'node:crypto';
import { LineCleaner } from './LineCleaner';

const clean = (line: string, secrets: string[] = []) =>
  new LineCleaner(secrets).clean(line);

describe('LineCleaner', () => {
  it.each([
    ['\u001b[31mfailed\u001b[0m: exit 1', 'failed: exit 1'],
    ['10 %\r50 %\r100 %\r', '100 %'],
    ['bell\u0007 and null\u0000', 'bell and null'],
    ['tab\tstays', 'tab\tstays'],
    [
      'digest: sha256:3b1d7f4b2c9a0e6d5f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e',
      'digest: sha256:3b1d7f4b2c9a0e6d5f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e',
    ],
    [
      'git clone https://ci:hunter2@git.example/a.git',
      'git clone https://***@git.example/a.git',
    ],
    // A colour inside a credential does not hide it.
    ['https://ci:hun\u001b[1mter2@git.example', 'https://***@git.example'],
  ])('%j becomes %j', (raw, shown) => {
    expect(clean(raw)).toBe(shown);
  });

  it('cuts long lines, after what must go is gone', () => {
    const line = clean(`${'x'.repeat(3_990)} password=abcdefghijklmnop`);
    expect(line).toHaveLength(4_001);
    expect(line).toMatch(/…$/);
    expect(line).not.toContain('abcd');
  });

  it('takes out values of parameters in any form, also line by line', () => {
    const value = 'first line of it, long\nsecond line of it, long';
    const cleaner = new LineCleaner([value, 'tok/en 1']);
    for (const line of [
      'got tok/en 1',
      'got tok%2Fen%201',
      `got ${Buffer.from('tok/en 1').toString('base64')}`,
      '> second line of it, long',
    ]) {
      expect(cleaner.clean(line)).toMatch(/^(got|>) \*\*\*=*$/);
    }
  });

  it.each([
    ['', 'rsa'],
    ['#5 0.123 ', 'rsa'],
    ['', 'ec'],
  ])('hides private keys of many lines behind %j', (prefix, type) => {
    const { privateKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const lines = key.trim().split('\n');
    const cleaner = new LineCleaner([]);
    const shown = ['before', ...lines.map(line => prefix + line), 'after'].map(
      line => cleaner.clean(line),
    );
    expect(shown.filter(line => line !== undefined)).toEqual([
      'before',
      `${prefix}***`,
      'after',
    ]);
    // One whose beginning was before the tail that is read: its full lines.
    const rest = new LineCleaner([]);
    for (const line of lines.slice(1).filter(each => each.length === 64)) {
      expect(rest.clean(prefix + line)).toBe(`${prefix}***`);
    }
  });

  it('goes on after a key that does not end', () => {
    const cleaner = new LineCleaner([]);
    cleaner.clean('looking for -----BEGIN RSA PRIVATE KEY-----');
    const shown = Array.from({ length: 301 }, (_each, i) =>
      cleaner.clean(`line ${i}`),
    );
    expect(shown.filter(Boolean)).toEqual(['line 300']);
  });

  it('needs time in proportion to the text', () => {
    const cleaner = new LineCleaner(['not in it']);
    const started = performance.now();
    for (const text of ['a/', 'Aa0', '-----BEGIN ', '=', 'token: ']) {
      cleaner.clean(text.repeat((64 * 1024) / text.length));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
