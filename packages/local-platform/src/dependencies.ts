import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for the npm packages. `npm start` starts the platform before they are installed, so that programs are built
 * meanwhile, and names the file that is there when they are.
 */
export async function npmPackagesInstalled(signal: AbortSignal): Promise<void> {
  const stamp = process.env.DELIVERY_PLATFORM_WAIT_FOR;
  while (stamp && !existsSync(stamp)) {
    await delay(500, undefined, { signal });
  }
}
