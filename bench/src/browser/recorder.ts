/** What a page recorded of itself; times in milliseconds since its navigation began. */
export interface Recorded {
  /** When the last byte of the event with a change was there, by number of the change. */
  arrived: [change: number, at: number][];
  /** When the frame was painted that shows it. */
  painted: [change: number, at: number][];
  /** Milliseconds of each task above 50 ms. */
  longTasks: number[];
  /** Scores of what moved without the user's doing. */
  layoutShifts: number[];
  /** Bytes of the last event. */
  eventBytes: number;
}

/** What `record` puts into the page. */
export interface RecorderWindow {
  bench: {
    /** Gives what was recorded since this was called last. */
    take(): Recorded;
    /** When the frame was painted in which something was first there. */
    firstPaint: Promise<number>;
  };
}

/**
 * Runs in the page before anything else does. Whatever it takes to record, such as to
 * search an event, lies between the two moments that are measured.
 *
 * @param options - `mark`: what is written before the number of a change, on the stream
 * and on the page; `first`: selector of what is waited for
 */
export function record(options: { mark: string; first: string }): void {
  const { mark, first } = options;
  const nothing = (): Recorded => ({
    arrived: [],
    painted: [],
    longTasks: [],
    layoutShifts: [],
    eventBytes: 0,
  });
  let recorded = nothing();

  const changeIn = (text: string): number | undefined => {
    const at = text.indexOf(mark);
    return at < 0 ? undefined : parseInt(text.slice(at + mark.length), 10);
  };

  /** Calls back when the frame that is being made is on the screen. */
  const whenPainted = (then: (at: number) => void) =>
    requestAnimationFrame(() => {
      // Runs after the frame was drawn; a timer would wait for longer.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(undefined);
    });

  const decoder = new TextDecoder();
  let buffer = '';
  const received = (bytes: Uint8Array, at: number) => {
    // What is read at once may end amid an event, or hold more than one.
    const events = (buffer + decoder.decode(bytes, { stream: true })).split(
      '\n\n',
    );
    buffer = events.pop()!;
    for (const event of events) {
      const change = changeIn(event);
      if (change !== undefined) {
        recorded.arrived.push([change, at]);
        recorded.eventBytes = event.length;
      }
    }
  };

  const { fetch } = window;
  window.fetch = async (...args) => {
    const response = await fetch(...args);
    const { body } = response;
    if (body && new URL(response.url).pathname.endsWith('/delivery/stream')) {
      const getReader = body.getReader.bind(body) as () => any;
      body.getReader = (() => {
        const reader = getReader();
        const read = reader.read.bind(reader);
        reader.read = async () => {
          const result = await read();
          if (result.value) {
            received(result.value, performance.now());
          }
          return result;
        };
        return reader;
      }) as typeof body.getReader;
    }
    return response;
  };

  let shown = -1;
  let isFirst = true;
  let tellFirst: (at: number) => void;
  const firstPaint = new Promise<number>(resolve => {
    tellFirst = resolve;
  });
  const isShown = (change: number) =>
    whenPainted(at => recorded.painted.push([change, at]));
  // Only what was added is searched: the whole page each time would take longer for one
  // selector than for another.
  const isThere = ({ addedNodes }: MutationRecord) =>
    [...addedNodes].some(
      node =>
        node instanceof Element &&
        (node.matches(first) || node.querySelector(first)),
    );
  new MutationObserver(mutations => {
    if (isFirst && mutations.some(isThere)) {
      isFirst = false;
      whenPainted(tellFirst);
    }
    for (const { target, type } of mutations) {
      const change =
        type === 'characterData' ? changeIn(target.nodeValue ?? '') : undefined;
      if (change !== undefined && change !== shown) {
        shown = change;
        isShown(change);
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });

  new PerformanceObserver(list =>
    list.getEntries().forEach(task => recorded.longTasks.push(task.duration)),
  ).observe({ type: 'longtask' });
  new PerformanceObserver(list =>
    (list.getEntries() as any[]).forEach(shift => {
      if (!shift.hadRecentInput) {
        recorded.layoutShifts.push(shift.value);
      }
    }),
  ).observe({ type: 'layout-shift' });

  (window as unknown as RecorderWindow).bench = {
    firstPaint,
    take() {
      const taken = recorded;
      recorded = nothing();
      return taken;
    },
  };
}
