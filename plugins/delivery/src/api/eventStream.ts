/** One message of a `text/event-stream`. */
export type ServerSentEvent = { event: string; data: string; id?: string };

const LINE_END = /\r\n|\n|\r(?!$)/;

/**
 * Reads server-sent events from the body of a response.
 *
 * @remarks
 * `EventSource` cannot send the user's token, so the format is parsed here:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation.
 * Comments carry nothing, but they count as life: see `idleMs`.
 *
 * @param body - of the response
 * @param options - `idleMs`: milliseconds without a single byte after which the connection
 * counts as lost; a laptop that slept or a dead proxy says nothing, not even an error
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  options: { idleMs: number },
): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  let fields: { event?: string; id?: string; data: string[] } = { data: [] };
  try {
    for (;;) {
      const { done, value } = await readOrGiveUp(reader, options.idleMs);
      if (done) {
        return;
      }
      buffer += decoder.decode(value, { stream: true });
      const lines = buffer.split(LINE_END);
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (fields.data.length > 0) {
            yield {
              event: fields.event ?? 'message',
              id: fields.id,
              data: fields.data.join('\n'),
            };
          }
          fields = { data: [] };
          continue;
        }
        const colon = line.indexOf(':');
        const name = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (name === 'data') {
          fields.data.push(text);
        } else if (name === 'event' || name === 'id') {
          fields[name] = text;
        }
      }
    }
  } finally {
    // Also reached when the consumer stops early: frees the connection.
    await reader.cancel().catch(() => {});
  }
}

async function readOrGiveUp(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      reader.read(),
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error(`Nothing came for ${idleMs / 1000} seconds`)),
          idleMs,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
