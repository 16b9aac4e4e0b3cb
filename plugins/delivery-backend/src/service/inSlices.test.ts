import { setImmediate } from 'node:timers/promises';
import { inSlices } from './inSlices';

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('does everything in order, and lets others go on meanwhile', async () => {
  const done: number[] = [];
  const turns: number[] = [];
  let over = false;
  const others = (async () => {
    while (!over) {
      turns.push(done.length);
      await setImmediate();
    }
  })();
  const items = Array.from({ length: 40 }, (_, number) => number);
  await inSlices(items, item => {
    work(5);
    done.push(item);
  });
  over = true;
  await others;
  expect(done).toEqual(items);
  const waits = turns.slice(1).map((turn, index) => turn - turns[index]);
  // 15 ms of work of 5 ms each, and the one that goes beyond.
  expect(Math.max(...waits)).toBeLessThanOrEqual(4);
});

it('is done at once where there is little, and fails with what fails', async () => {
  const done: number[] = [];
  const slices = inSlices([1, 2], item => done.push(item));
  expect(done).toEqual([1, 2]);
  await slices;
  await expect(
    inSlices([1], () => {
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
});
