import type { Bundle, BundleFile } from './files.ts';

/** Something that is loaded when a person comes to it. */
export interface Part {
  name: string;
  files: BundleFile[];
  /** Those among them whose modules the portal without us has, too, in other files. */
  regrouped: BundleFile[];
}

/** What a portal got heavier by. */
export interface Added {
  /** Bytes that every page of the portal loads in addition. */
  eager: number;
  /** What opens what is new, each part with what it loads by itself. */
  parts: Part[];
  /** Bytes of all files together in addition, whoever loads them. */
  whole: number;
}

const OURS = /\/node_modules\/@golden-path\//;

export const bytesOf = (files: readonly BundleFile[]) =>
  files.reduce((sum, { gzip }) => sum + gzip, 0);

/**
 * Compares a portal with the same portal without the packages of this repository.
 *
 * @remarks
 * A part counts with every file that its `import()` loads, but those that the portal
 * without us has as well: files of the very same modules. So components of Backstage
 * count where nobody else in the portal uses them, or not in this composition.
 *
 * @param names - what parts are called, by the end of the path of a module in them
 */
export function addedBy(
  ours: Bundle,
  without: Bundle,
  names: Readonly<Record<string, string>>,
): Added {
  const eager = ({ files }: Bundle) => files.filter(file => file.isEager);
  const known = new Set(without.files.map(signature));
  const theirs = new Set(without.files.flatMap(({ sources }) => sources));
  const parts = ours.imports.flatMap((chunks): Part[] => {
    const files = ours.files.filter(
      ({ chunk, isEager }) => !isEager && chunk && chunks.includes(chunk),
    );
    const own = files
      .flatMap(({ sources }) => sources)
      .filter(source => OURS.test(source));
    if (own.length === 0) {
      return [];
    }
    const end = Object.keys(names).find(it => own.some(s => s.endsWith(it)));
    const added = files.filter(file => !known.has(signature(file)));
    return [
      {
        name: end ? names[end] : shortestOf(own),
        files: added,
        regrouped: added.filter(
          ({ sources }) =>
            sources.length > 0 && sources.every(source => theirs.has(source)),
        ),
      },
    ];
  });
  return {
    eager: bytesOf(eager(ours)) - bytesOf(eager(without)),
    parts,
    whole: bytesOf(ours.files) - bytesOf(without.files),
  };
}

/** Equal for files of the same modules; their own names hold hashes of their content. */
function signature({ name, sources }: BundleFile): string {
  const modules = sources.filter(source => !source.includes('webpack/runtime'));
  return `${name.split('.').at(-1)} ${modules.join() || name}`;
}

function shortestOf(sources: readonly string[]): string {
  const [first] = [...sources].sort((a, b) => a.length - b.length);
  return first.replace(/^.*\/@golden-path\//, '');
}
