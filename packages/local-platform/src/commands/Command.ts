import type { PlatformFolder } from '../folder.ts';

/** One command of the command line. */
export interface Command {
  /** Arguments, as shown in the help. */
  usage: string;
  summary: string;
  /** Whole help text below the usage line. */
  help: string;
  /** @returns the exit code */
  run(args: string[], folder: PlatformFolder): Promise<number>;
}

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {
  override name = 'UsageError';
}
