import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of scripts or styles that a portal was built to. */
export interface BundleFile {
  name: string;
  /** Bytes as sent by a web server that compresses by gzip at its usual level. */
  gzip: number;
  /** Every page of the portal loads it. */
  isEager: boolean;
  /** Of a part that is loaded when it is needed. */
  chunk?: string;
  /** The modules in it, by its source map; nothing for styles. */
  sources: string[];
}

/** A portal as it was built. */
export interface Bundle {
  files: BundleFile[];
  /** Chunks that one `import()` loads together; each once. */
  imports: string[][];
}

const IS_BUNDLED = /\.(js|css)$/;
/** `3563.1300d9902570.chunk.js` and `3563.3563.1645ec836c54.css` */
const CHUNK = /^([^.]+)\.(?:[^.]+\.chunk\.js|[^.]+\.[^.]+\.css)$/;
/** What the bundler makes of an `import()`: `n.e("1").then` or `Promise.all([n.e("1"),…])` */
const IMPORT =
  /Promise\.all\(\[((?:[\w$]+\.e\("?[\w-]+"?\),?)+)\]\)|[\w$]+\.e\("?([\w-]+)"?\)\.then/g;
const LOADED = /\.e\("?([\w-]+)"?\)/g;

/** Reads what `backstage-cli package build` has written. */
export function readBundle(dist: string): Bundle {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const folder = join(dist, 'static');
  const imports = new Map<string, string[]>();
  const files = readdirSync(folder)
    .filter(name => IS_BUNDLED.test(name))
    .map((name): BundleFile => {
      const text = readFileSync(join(folder, name), 'utf8');
      importsIn(text).forEach(each => imports.set(each.join(), each));
      return {
        name,
        gzip: gzipSync(text).length,
        isEager: page.includes(`/${name}`),
        chunk: CHUNK.exec(name)?.[1],
        sources: sourcesOf(join(folder, `${name}.map`)),
      };
    });
  return { files, imports: [...imports.values()] };
}

export function importsIn(text: string): string[][] {
  return [...text.matchAll(IMPORT)].map(([, all, one]) =>
    one ? [one] : [...all.matchAll(LOADED)].map(([, chunk]) => chunk),
  );
}

/** Some files are made by no module, such as those that only name others. */
function sourcesOf(map: string): string[] {
  if (!existsSync(map)) {
    return [];
  }
  return (JSON.parse(readFileSync(map, 'utf8')).sources as string[]).sort();
}
