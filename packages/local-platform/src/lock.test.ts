import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseLock, runningPlatform, takeLock } from './lock.ts';

describe('lock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const path = join(folder, 'platform.pid');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is taken once, until released', () => {
    expect(runningPlatform(path)).toBeUndefined();
    expect(takeLock(path)).toEqual({ left: false });
    expect(runningPlatform(path)).toBe(process.pid);
    expect(() => takeLock(path)).toThrow(
      `already runs here (process ${process.pid})`,
    );
    releaseLock(path);
    expect(runningPlatform(path)).toBeUndefined();
  });

  it('is free when its process is gone or was another one', async () => {
    const child = spawn('/bin/sh', ['-c', 'exit 0']);
    await new Promise(resolve => child.on('exit', resolve));
    writeFileSync(path, JSON.stringify({ pid: child.pid }));
    expect(runningPlatform(path)).toBeUndefined();
    writeFileSync(path, JSON.stringify({ pid: process.pid, born: '1' }));
    expect(runningPlatform(path)).toBeUndefined();
    expect(takeLock(path)).toEqual({ left: true });
  });
});
