import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './root.mjs';

/** With `node --require` before a script: ends it when this process is gone. */
export const followParent = join(root, 'scripts/bootstrap/followParent.cjs');

const GRACE_MS = 10_000;
const TAIL_LINES = 30;
const running = new Set();

/**
 * Starts a program in a process group of its own, its output by line to a log file
 * and to `onLine`.
 *
 * @returns the running program: `exited` resolves with its exit code, `stop` ends
 * the whole group, `tail` gives its last lines
 */
export function startChild(command, args, { env, log, onLine, cwd = root }) {
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  let file;
  if (log) {
    mkdirSync(dirname(log), { recursive: true });
    file = createWriteStream(log);
  }
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      lines.splice(0, lines.length - TAIL_LINES);
      file?.write(`${line}\n`);
      onLine?.(line);
    });
  }
  const exited = new Promise(resolve => {
    child.on('error', error => {
      lines.push(error.message);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      file?.end();
      resolve(code ?? `signal ${signal}`);
    });
  });
  const signalGroup = signal => {
    try {
      process.kill(-child.pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  const program = {
    pid: child.pid,
    exited,
    tail: () => lines.join('\n'),
    async stop() {
      if (!signalGroup('SIGTERM')) {
        return;
      }
      const timer = setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
      await exited;
      clearTimeout(timer);
      // Whatever the program itself left in its group.
      signalGroup('SIGKILL');
    },
  };
  running.add(program);
  exited.then(() => running.delete(program));
  return program;
}

/** Ends every program that was started and still runs. */
export async function stopAll() {
  await Promise.all([...running].map(program => program.stop()));
}

/** On Ctrl-C and the like: ends every program, then this process. */
export function stopAllOnSignal(exitCode) {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (!stopping) {
        stopping = true;
        console.log('\nStopping …');
        await stopAll();
        process.exit(exitCode);
      }
    });
  }
}

/** Runs a program to its end; throws with its last lines when it fails. */
export async function runChild(command, args, options) {
  const child = startChild(command, args, options);
  const code = await child.exited;
  if (code !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${code}${
        options.log ? `, log: ${options.log}` : ''
      }\n${child.tail()}`,
    );
  }
}
