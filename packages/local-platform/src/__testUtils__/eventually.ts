import { setTimeout as delay } from 'node:timers/promises';

/** What is found in the end; two minutes are enough for everything on the platform. */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  what: string,
): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come about`);
    }
    await delay(300);
  }
}
