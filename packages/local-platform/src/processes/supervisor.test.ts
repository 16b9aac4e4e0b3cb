import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Supervisor } from './supervisor.ts';
import type { Watchdog } from './watchdog.ts';

/** Waits for something that another process brings about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('Supervisor', () => {
  const logs = mkdtempSync(join(tmpdir(), 'supervisor-'));
  const crashes: { name: string; message: string; lastLines: string[] }[] = [];
  const recovered: string[] = [];
  const watched: string[] = [];
  const started: Record<string, number>[] = [];
  const watchdog = {
    add: (group: number) => watched.push(`add ${group}`),
    remove: (group: number) => watched.push(`remove ${group}`),
  } as unknown as Watchdog;
  const supervisor: Supervisor = new Supervisor({
    logs,
    watchdog,
    onCrash: (name, message, lastLines) =>
      crashes.push({ name, message, lastLines }),
    onRecovered: name => recovered.push(name),
    onStarted: () => started.push(supervisor.pids),
  });
  const shell = (name: string, script: string) => ({
    name,
    program: '/bin/sh',
    args: ['-c', script],
    ready: async () => true,
  });
  afterAll(() => rmSync(logs, { recursive: true }));

  it('reports a killed process with its last lines and starts it again', async () => {
    await supervisor.start(shell('sleeper', 'echo hello; exec sleep 60'));
    const first = supervisor.pids.sleeper;
    await until(() => readFileSync(join(logs, 'sleeper.log'), 'utf8') !== '');
    process.kill(first, 'SIGKILL');
    await until(() => recovered.includes('sleeper'));
    expect(crashes).toEqual([
      {
        name: 'sleeper',
        message: 'sleeper was killed by SIGKILL; starting it again',
        lastLines: ['hello'],
      },
    ]);
    const second = supervisor.pids.sleeper;
    expect(second).not.toBe(first);
    expect(started).toEqual([{ sleeper: first }, { sleeper: second }]);
    expect(watched).toEqual([
      `add ${first}`,
      `remove ${first}`,
      `add ${second}`,
    ]);
  });

  it('fails a process that ends before it is ready, with what it said', async () => {
    await expect(
      supervisor.start({
        ...shell('broken', 'echo "unknown flag" >&2; exit 3'),
        ready: async () => false,
      }),
    ).rejects.toThrow('broken ended with 3:\nunknown flag');
  });

  it('ends whole groups, and restarts none of them', async () => {
    await supervisor.start(shell('parent', 'sleep 60 & echo $!; wait'));
    const log = join(logs, 'parent.log');
    await until(() => readFileSync(log, 'utf8') !== '');
    const child = Number(readFileSync(log, 'utf8'));
    const { parent, sleeper } = supervisor.pids;
    await supervisor.stopAll();
    await until(() => [child, parent, sleeper].every(pid => !isAlive(pid)));
    expect(supervisor.pids).toEqual({});
    expect(crashes).toHaveLength(1);
  });
});
