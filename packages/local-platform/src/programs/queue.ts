import {
  buildProgram,
  type BuildOptions,
  type BuildProgress,
} from './build.ts';
import { PROGRAMS, type Program } from './catalogue.ts';

export interface ProgramQueue {
  /** Path of a program, once it is built. */
  program(name: string): Promise<string>;
}

/**
 * Builds all programs in the order of the catalogue, one at a time: each build uses every core by itself. A program that
 * cannot be built fails those that ask for it, and the next ones are tried all the same.
 */
export function buildInOrder(options: {
  signal: AbortSignal;
  onProgress: (program: Program, progress: BuildProgress) => void;
  build?: (program: Program, options: BuildOptions) => Promise<string>;
  programs?: readonly Program[];
}): ProgramQueue {
  const { signal, onProgress, build = buildProgram } = options;
  const results = new Map<string, Promise<string>>();
  let previous: Promise<unknown> = Promise.resolve();
  for (const program of options.programs ?? PROGRAMS) {
    const result = previous.then(() => {
      signal.throwIfAborted();
      return build(program, {
        signal,
        onProgress: progress => onProgress(program, progress),
      });
    });
    results.set(program.name, result);
    // Whoever needs the program hears of the failure; the queue goes on.
    previous = result.catch(() => undefined);
  }
  return {
    program: name => {
      const result = results.get(name);
      return (
        result ?? Promise.reject(new Error(`There is no program named ${name}`))
      );
    },
  };
}
