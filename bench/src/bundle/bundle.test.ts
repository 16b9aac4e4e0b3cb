import { importsIn, type Bundle, type BundleFile } from './files.ts';
import { addedBy, bytesOf } from './parts.ts';

function file(name: string, gzip: number, ...sources: string[]): BundleFile {
  const isEager = name.startsWith('main');
  return {
    name,
    gzip,
    isEager,
    chunk: isEager ? undefined : name.split('.')[0],
    sources,
  };
}

const UI = '/node_modules/@backstage/ui/dist/Card.esm.js';
const CHARTS = '/node_modules/charts/index.js';
const TAB = '/node_modules/@golden-path/plugin-delivery/dist/Tab.esm.js';
const HISTORY =
  '/node_modules/@golden-path/plugin-delivery/dist/History.esm.js';

const without: Bundle = {
  files: [file('main.1.js', 1000, 'app'), file('8.1.chunk.js', 40, UI)],
  imports: [['8']],
};
const ours: Bundle = {
  files: [
    file(
      'main.2.js',
      1010,
      'app',
      '/node_modules/@golden-path/plugin-delivery/dist/plugin.esm.js',
    ),
    file('7.2.chunk.js', 41, UI),
    file('1.2.chunk.js', 30, TAB),
    file(
      '1.1.2.css',
      5,
      '/node_modules/@golden-path/plugin-delivery/dist/Tab.module.css.esm.js',
    ),
    file('3.2.chunk.js', 60, CHARTS),
    file('2.2.chunk.js', 3, HISTORY),
  ],
  imports: [['7'], ['7', '1'], ['3', '2']],
};

describe('addedBy', () => {
  const { eager, parts, whole } = addedBy(ours, without, {
    'Tab.esm.js': 'tab',
  });

  it('counts what each import loads, with its styles and what we alone bring', () => {
    expect(parts.map(({ name, files }) => [name, bytesOf(files)])).toEqual([
      ['tab', 35],
      ['plugin-delivery/dist/History.esm.js', 63],
    ]);
  });

  it('says what is only grouped otherwise', () => {
    const grouped = {
      ...without,
      files: [file('8.1.chunk.js', 70, UI, CHARTS)],
    };
    const [, charts] = addedBy(ours, grouped, {}).parts;
    expect(bytesOf(charts.files)).toBe(63);
    expect(charts.regrouped.map(({ name }) => name)).toEqual(['3.2.chunk.js']);
  });

  it('counts what every page loads, and everything', () => {
    expect(eager).toBe(10);
    expect(whole).toBe(10 + 1 + 35 + 63);
  });
});

describe('importsIn', () => {
  it('reads what the bundler makes of an import', () => {
    expect(
      importsIn(
        '()=>Promise.all([a.e("8924"),a.e("3563")]).then(a.bind(a,75382)),()=>$.e(97).then($.bind($,5))',
      ),
    ).toEqual([['8924', '3563'], ['97']]);
    expect(importsIn('Promise.all([read.error,t.end("1")])')).toEqual([]);
  });
});
