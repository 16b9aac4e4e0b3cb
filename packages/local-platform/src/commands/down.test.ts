import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformFolder } from '../folder.ts';
import { UsageError } from './Command.ts';
import { reset } from './down.ts';

describe('reset', () => {
  const root = mkdtempSync(join(tmpdir(), 'reset-'));
  const folder = platformFolder(root);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('deletes no folder that is not a platform’s', async () => {
    const mine = join(root, 'thesis.txt');
    writeFileSync(mine, 'years of work');
    const answer = reset.run([], folder);
    await expect(answer).rejects.toBeInstanceOf(UsageError);
    await expect(answer).rejects.toThrow(
      `${root} is not the folder of a local platform: it has no state.json`,
    );
    expect(existsSync(mine)).toBe(true);
  });

  it('deletes that of a platform, and does not mind when it is gone', async () => {
    writeFileSync(folder.state, '{}');
    expect(await reset.run([], folder)).toBe(0);
    expect(existsSync(root)).toBe(false);
    expect(await reset.run([], folder)).toBe(0);
  });
});
