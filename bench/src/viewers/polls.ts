import http, { Agent } from 'node:http';
import { readFileSync } from 'node:fs';

/*
 * Viewers of Backstage's Kubernetes plugin, as many as told: `polls.ts URL TOKEN ENTITY`.
 * Each does what the hook `useKubernetesObjects` of its frontend does: ask for the
 * entity's objects, again every 10 s, but not while an answer is awaited.
 */
const INTERVAL_MS = 10_000;
const [url, token, entityFile] = process.argv.slice(2);
const entity = JSON.parse(readFileSync(entityFile, 'utf8'));
const body = JSON.stringify({ auth: {}, entity });
const agent = new Agent({ keepAlive: true });

/** What came of the requests since this was asked last. */
const counts = { answered: 0, failed: 0, skipped: 0, objects: 0 };

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      async response => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) {
          text += chunk;
        }
        if (response.statusCode !== 200) {
          reject(new Error(`answered with ${response.statusCode}`));
          return;
        }
        counts.objects = JSON.parse(text)
          .items.flatMap((item: any) => item.resources)
          .reduce((sum: number, it: any) => sum + it.resources.length, 0);
        resolve();
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function view(): Promise<void> {
  let waiting = false;
  const poll = async () => {
    if (waiting) {
      counts.skipped += 1;
      return;
    }
    waiting = true;
    try {
      await ask();
      counts.answered += 1;
    } catch {
      counts.failed += 1;
    } finally {
      waiting = false;
    }
  };
  setInterval(poll, INTERVAL_MS);
  return poll();
}

process.on('message', async (message: { open?: number }) => {
  if (message.open) {
    // People do not come all at once.
    const started = Array.from({ length: message.open }, async (_, index) => {
      await new Promise(resolve =>
        setTimeout(resolve, (INTERVAL_MS * index) / message.open!),
      );
      void view();
    });
    await Promise.all(started);
  }
  process.send?.({ ...counts });
  Object.assign(counts, { answered: 0, failed: 0, skipped: 0 });
});
process.on('disconnect', () => process.exit(1));
