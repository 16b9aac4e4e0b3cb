import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { openApi } from './openApi';

/** Every `$ref` of a document. */
function refsIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) =>
        key === '$ref' ? [String(each)] : refsIn(each),
      )
    : [];
}

describe('openApi', () => {
  it('is what openapi.yaml says; if not, run `yarn openapi`', () => {
    const file = path.resolve(__dirname, '../../openapi.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(openApi())),
    );
  });

  it('has the routes that docs/reference.md lists, and no other', () => {
    const file = path.resolve(__dirname, '../../../../docs/reference.md');
    const listed = readFileSync(file, 'utf8').matchAll(
      /^\| `([A-Z]+) \/api\/delivery(\/v1\/[^`?]+)/gm,
    );
    const routes = Object.entries(openApi().paths).flatMap(([route, methods]) =>
      Object.keys(methods).map(
        method =>
          `${method.toUpperCase()} ${route.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    expect(
      [...listed].map(([, method, route]) => `${method} ${route}`).sort(),
    ).toEqual(routes.sort());
  });

  it('refers only to schemas that it has, each written once', () => {
    const { schemas } = openApi().components;
    const refs = [...new Set(refsIn(openApi()))].sort();
    expect(refs).toEqual(
      expect.arrayContaining(
        ['Delivery', 'Stage', 'Run', 'Step', 'Sentence'].map(
          name => `#/components/schemas/${name}`,
        ),
      ),
    );
    for (const ref of refs) {
      expect(Object.keys(schemas)).toContain(
        ref.replace('#/components/schemas/', ''),
      );
    }
  });
});
