const REMINDER_MS = 15_000;

/** Seconds as `1:05 min`, or `7 s` below a minute. */
export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(
        2,
        '0',
      )} min`;
}

/** An error whose message is all that a person needs; its stack is not shown. */
export class StepError extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/**
 * Runs one step of the set-up: says what it does and how long that usually takes,
 * reminds while it lasts, says how long it took, and what to do when it fails.
 */
export async function step(title, { expected, hint }, run) {
  const started = Date.now();
  console.log(`▸ ${title}${expected ? ` (usually ${expected})` : ''}`);
  const reminder = setInterval(
    () => console.log(`  … ${title}: ${duration(Date.now() - started)}`),
    REMINDER_MS,
  );
  try {
    const result = await run();
    console.log(`✓ ${title}: ${duration(Date.now() - started)}`);
    return result;
  } catch (error) {
    console.error(`✕ ${title}: ${error.message}`);
    throw new StepError(`${title} failed`, error.hint ?? hint);
  } finally {
    clearInterval(reminder);
  }
}

/** Runs a command line program and ends the process with a clear word on failure. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof StepError ? `\n${error.message}.` : error);
    if (error.hint) {
      console.error(`What to do: ${error.hint}`);
    }
    process.exit(1);
  }
}
