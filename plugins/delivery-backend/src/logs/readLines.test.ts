import { Readable } from 'node:stream';
import { LineCleaner } from './LineCleaner';
import { readLines, type TimedLine } from './readLines';

async function read(pieces: string[], options: object = {}) {
  const batches: TimedLine[][] = [];
  const lines = readLines(Readable.from(pieces), {
    cleaner: new LineCleaner([]),
    maximumBytes: 1_000_000,
    ...options,
  });
  for (;;) {
    const { value, done } = await lines.next();
    if (done) {
      return { batches, lines: batches.flat(), reason: value };
    }
    batches.push(value);
  }
}

const at = (fraction: string) => `2026-11-24T08:00:00.${fraction}Z`;

describe('readLines', () => {
  it('joins lines that come in pieces, and keeps the last without an end', async () => {
    const { lines, reason } = await read([
      `${at('000000001')} he`,
      `llo\n${at('5')} \n`,
      'no time\n',
      `${at('999999999')} end`,
    ]);
    expect(lines).toEqual([
      { time: at('000'), at: at('000000001'), text: 'hello' },
      { time: at('500'), at: at('5'), text: '' },
      { text: 'no time' },
      { time: at('999'), at: at('999999999'), text: 'end' },
    ]);
    expect(reason).toBe('complete');
  });

  it('tells times in UTC, wherever the node is', async () => {
    const { lines } = await read(
      [
        '2026-11-24T09:30:00.000000001+01:30 known\n',
        '2026-11-24T09:30:00.000000002+01:30 new\n',
        '2026-11-23T20:00:00-12:00 without a fraction\n',
        '2026-13-99T09:30:00Z no time\n',
      ],
      { after: at('000000001') },
    );
    expect(lines).toEqual([
      { time: at('000'), at: at('000000002'), text: 'new' },
      {
        time: at('000'),
        at: '2026-11-24T08:00:00Z',
        text: 'without a fraction',
      },
      { text: '2026-13-99T09:30:00Z no time' },
    ]);
  });

  it('sends what a client has not yet', async () => {
    const { lines } = await read(
      [1, 2, 3].map(i => `${at(`00000000${i}`)} line ${i}\n`),
      { after: at('000000002') },
    );
    expect(lines.map(({ text }) => text)).toEqual(['line 3']);
  });

  it('ends at the limit', async () => {
    const { lines, reason } = await read(['one\ntwo\nthree\n'], {
      maximumBytes: 7,
    });
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(reason).toBe('limit');
  });

  it('holds no line that never ends, and no batch without measure', async () => {
    const endless = await read([
      ...Array.from({ length: 100 }, () => 'x'.repeat(64 * 1024)),
      '\nnext\n',
    ]);
    expect(endless.lines.map(({ text }) => text.length)).toEqual([4_001, 4]);
    const many = await read(['line\n'.repeat(1_201)]);
    expect(many.batches.map(({ length }) => length)).toEqual([500, 500, 201]);
  });

  it('reads on only when the lines before were taken', async () => {
    let produced = 0;
    async function* produce() {
      for (; produced < 1_000; produced += 1) {
        yield 'line\n';
      }
    }
    const lines = readLines(Readable.from(produce(), { highWaterMark: 2 }), {
      cleaner: new LineCleaner([]),
      maximumBytes: 1_000_000,
    });
    await lines.next();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(produced).toBeLessThan(10);
    await lines.return('complete');
  });
});
