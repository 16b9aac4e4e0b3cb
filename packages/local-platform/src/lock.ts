import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeWhole } from './files.ts';

interface Lock {
  pid: number;
  /** Tells the process apart from a later one with the same id, where the system says so. */
  born?: string;
}

/** When a process began, in the kernel's own measure; unknown where there is no /proc. */
function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; field 22 counts from after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Process id of the platform that runs in a folder, if one does. */
export function runningPlatform(path: string): number | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  let lock: Lock;
  try {
    lock = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  return isAlive(lock.pid) && bornAt(lock.pid) === lock.born
    ? lock.pid
    : undefined;
}

/**
 * @returns whether an earlier platform has ended without giving the folder free: it was killed
 * @throws when a platform runs in the folder already
 */
export function takeLock(path: string): { left: boolean } {
  const pid = runningPlatform(path);
  if (pid !== undefined) {
    throw new Error(
      `A local platform already runs here (process ${pid}). \`down\` ends it; DELIVERY_PLATFORM_DIR names another folder.`,
    );
  }
  const left = existsSync(path);
  const lock: Lock = { pid: process.pid, born: bornAt(process.pid) };
  writeWhole(path, JSON.stringify(lock));
  return { left };
}

export function releaseLock(path: string): void {
  rmSync(path, { force: true });
}
