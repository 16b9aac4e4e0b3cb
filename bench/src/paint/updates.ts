import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import type { Recorded, RecorderWindow } from '../browser/recorder.ts';
import type { LargeRun } from '../platform/LargeRun.ts';

/** What a page did while something changed. */
export interface Updates {
  /** Changes that were made. */
  changes: number;
  /** How long it took to make them. */
  seconds: number;
  /** Milliseconds from an event to the paint that shows it, one per event that had one. */
  latencies: number[];
  /** Events; changes in quick succession may share one. */
  events: number;
  longTasks: number[];
  /** Sum of the scores. */
  layoutShift: number;
  eventBytes: number;
}

/** An open page in which a run is followed. */
export class FollowedRun {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #run: LargeRun;

  static async of(page: Page, run: LargeRun): Promise<FollowedRun> {
    return new FollowedRun(page, await page.context().newCDPSession(page), run);
  }

  private constructor(page: Page, session: CDPSession, run: LargeRun) {
    this.#page = page;
    this.#session = session;
    this.#run = run;
  }

  /**
   * Changes the run so often a second, in even steps.
   *
   * @remarks
   * One after the other: of changes that are made at the same time the API server lets one
   * through and tries the others again, so that they come late and in any order.
   */
  async change(seconds: number, perSecond: number): Promise<Updates> {
    await this.#take();
    const started = performance.now();
    const count = Math.round(seconds * perSecond);
    for (let done = 0; done < count; done++) {
      await this.#run.change();
      const pause = started + ((done + 1) * 1_000) / perSecond;
      await delay(Math.max(pause - performance.now(), 0));
    }
    const took = (performance.now() - started) / 1_000;
    // Until the last one is on the screen.
    await delay(500);
    return updatesOf(await this.#take(), count, took);
  }

  /** Bytes in use by the page after everything that nobody holds was freed. */
  async heap(): Promise<number> {
    // The second collection frees what finalizers of the first let go.
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    return usedSize;
  }

  #take(): Promise<Recorded> {
    return this.#page.evaluate(() =>
      (window as unknown as RecorderWindow).bench.take(),
    );
  }
}

/**
 * @param recorded - while the changes were made, and until they were on the screen
 * @param changes - that were made
 * @param seconds - that it took to make them
 * @throws where a number follows a greater one: then nothing tells which frame shows an event
 */
export function updatesOf(
  recorded: Recorded,
  changes: number,
  seconds: number,
): Updates {
  const { arrived, painted, longTasks, layoutShifts, eventBytes } = recorded;
  assertGrowing('events', arrived);
  assertGrowing('frames', painted);
  // A frame may come after the next event; then the older one is seen no sooner.
  const latencies = arrived.flatMap(([change, at]) => {
    const paint = painted.find(([shown]) => shown >= change);
    return paint ? [paint[1] - at] : [];
  });
  return {
    changes,
    seconds,
    latencies,
    events: arrived.length,
    longTasks,
    layoutShift: layoutShifts.reduce((sum, score) => sum + score, 0),
    eventBytes,
  };
}

function assertGrowing(what: string, of: Recorded['arrived']): void {
  const at = of.findIndex(([change], i) => i > 0 && change < of[i - 1][0]);
  if (at > 0) {
    throw new Error(
      `The ${what} show change ${of[at][0]} after ${
        of[at - 1][0]
      }: changes were not made one after the other`,
    );
  }
}
