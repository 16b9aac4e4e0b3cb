import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Watchdog } from './watchdog.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A group of two processes: a shell that ignores being asked to end, and its child. */
async function startGroup(script: string): Promise<number[]> {
  const shell = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(shell.stdout.setEncoding('utf8'), 'data');
  return [shell.pid ?? 0, Number(line)];
}

describe('Watchdog', () => {
  it('ends the groups it knows when its pipe closes, the stubborn ones too, and leaves the others', async () => {
    const watchdog = new Watchdog();
    const stubborn = await startGroup(
      `trap '' TERM; sleep 60 & echo $!; while :; do sleep 1; done`,
    );
    const quick = await startGroup('sleep 60 & echo $!; wait');
    const removed = await startGroup('sleep 60 & echo $!; wait');
    for (const [group] of [stubborn, quick, removed]) {
      watchdog.add(group);
    }
    watchdog.remove(removed[0]);

    // What the end of this process, however it comes, does to the pipe.
    watchdog.close();
    const gone = [...stubborn, ...quick];
    while (gone.some(isAlive)) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(removed.map(isAlive)).toEqual([true, true]);
    process.kill(-removed[0], 'SIGKILL');
  }, 20_000);
});
