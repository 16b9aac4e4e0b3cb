import type { Dora } from '@golden-path/plugin-delivery-common';
import { FiguresOfMany } from './FiguresOfMany';

const pipelines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    pipeline: `local/cicdpipeline.kro.run/team/app-${index}`,
    production: 'prod',
  }));

const DAY_MS = 86_400_000;
const MONTH = { windowMs: 30 * DAY_MS };

/** Each answer of the reader is another one. */
function start() {
  const dora = jest.fn<Promise<Dora>, []>();
  dora.mockImplementation(
    async () => ({ unrestored: dora.mock.calls.length } as Dora),
  );
  return { dora, figures: new FiguresOfMany({ dora }) };
}

describe('FiguresOfMany', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reads the figures of many once a minute, whoever asks and in whatever order', async () => {
    const { dora, figures } = start();
    const first = await figures.of(pipelines(200), MONTH);
    expect(await figures.of(pipelines(200).reverse(), MONTH)).toBe(first);
    jest.advanceTimersByTime(59_000);
    expect(await figures.of(pipelines(200), MONTH)).toBe(first);
    jest.advanceTimersByTime(1_000);
    expect(await figures.of(pipelines(200), MONTH)).toEqual({ unrestored: 2 });
    expect(dora).toHaveBeenCalledTimes(2);
  });

  it('tells other figures to who may see other pipelines or asks for others', async () => {
    const { dora, figures } = start();
    const elsewhere = pipelines(200).map(each => ({
      ...each,
      production: 'live',
    }));
    const answers = await Promise.all([
      figures.of(pipelines(200), MONTH),
      figures.of(pipelines(199), MONTH),
      figures.of(pipelines(200), { ...MONTH, parts: 12 }),
      figures.of(pipelines(200), { windowMs: 7 * DAY_MS }),
      figures.of(elsewhere, MONTH),
    ]);
    expect(new Set(answers).size).toBe(5);
    expect(dora).toHaveBeenCalledTimes(5);
  });

  it('reads those of few anew', async () => {
    const { dora, figures } = start();
    await figures.of(pipelines(3), MONTH);
    await figures.of(pipelines(3), MONTH);
    expect(dora).toHaveBeenCalledTimes(2);
  });

  it('asks again after a failure', async () => {
    const { dora, figures } = start();
    dora.mockRejectedValueOnce(new Error('away'));
    await expect(figures.of(pipelines(200), MONTH)).rejects.toThrow('away');
    await expect(figures.of(pipelines(200), MONTH)).resolves.toBeDefined();
  });
});
