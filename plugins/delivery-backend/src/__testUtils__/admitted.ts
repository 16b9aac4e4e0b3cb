import fc from 'fast-check';

/** A schema as a CustomResourceDefinition or an API server's OpenAPI document writes it. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  enum?: unknown[];
  nullable?: boolean;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-validations'?: { rule: string }[];
}

/** How much of what may be left out is there; less the deeper it is, so that objects end. */
const PRESENT = [0.95, 0.6, 0.45, 0.35, 0.25, 0.15];
const DEEPEST = 6;

/** A rule by which one of two fields has to be there, as kro's definitions write it. */
const EITHER =
  /^\(has\(self\.(\w+)\) && !has\(self\.(\w+)\)\) \|\| \(!has\(self\.\1\) && has\(self\.\2\)\)$/;

/** Texts that programs trip over. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud83d',
  '🚀',
  '__proto__',
  'constructor',
  'a'.repeat(5_000),
  '1/0',
  '2/5',
  '-1',
  'True',
  'Failed',
  'Running',
  'Synced',
  'https://',
  '${schema.spec.name}',
  '{{workflow.name}}',
  'registry.example/a@sha256:',
  ':',
  '2026-02-30T25:61:00Z',
  '2026-11-24',
  '+010000-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-11-24T08:00:00.123456789Z',
  '2026-11-24T08:00:00+14:00',
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
  {
    weight: 1,
    arbitrary: fc.stringMatching(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
  },
);

/** As RFC 3339 allows them and API servers take them. */
const moment = fc.oneof(
  fc
    .date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    .map(date => date.toISOString()),
  fc.constantFrom(
    '2026-11-24T08:00:00Z',
    '2026-11-24T08:00:00.123456789Z',
    '2026-11-24T08:00:00+14:00',
    '2026-11-24T08:00:00-00:00',
    '0001-01-01T00:00:00Z',
  ),
);

/** Where nothing is said of the shape: anything that JSON can say. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  text,
  fc.constantFrom(null, {}, [], [null], 0, -1, 1e300, true),
);

/**
 * Objects that a schema admits, odd ones among them. What a schema says with `oneOf` and
 * the like is not read, nor CEL but for one kind of rule, so an API server may refuse some.
 *
 * @param root - of the object
 * @param definitions - what `$ref` names, by name
 * @param deepest - below this, only what must be there is
 */
export function admitted(
  root: Schema,
  definitions: Record<string, Schema> = {},
  deepest = DEEPEST,
): fc.Arbitrary<any> {
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    const inner = name ? definitions[name] : schema.allOf?.[0];
    return inner ? { ...resolve(inner), nullable: schema.nullable } : schema;
  };

  /** By schema and depth: making an arbitrary takes longer than making a value with it. */
  const made = new Map<Schema, Array<fc.Arbitrary<unknown>>>();

  function valueOf(given: Schema, depth: number): fc.Arbitrary<unknown> {
    const byDepth = made.get(given) ?? [];
    made.set(given, byDepth);
    byDepth[depth] ??= newValue(resolve(given), depth);
    return byDepth[depth];
  }

  function newValue(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const value = shapeOf(schema, depth);
    return schema.nullable ? fc.option(value, { nil: null, freq: 4 }) : value;
  }

  function shapeOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.enum) {
      return fc.constantFrom(...schema.enum);
    }
    if (schema['x-kubernetes-int-or-string']) {
      return fc.oneof(fc.integer(), text);
    }
    switch (schema.type) {
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return integerOf(schema);
      case 'number':
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case 'string':
        return textOf(schema);
      case 'array':
        return listOf(schema, depth);
      case 'object':
        return objectOf(schema, depth);
      default:
        return schema.properties ? objectOf(schema, depth) : anything;
    }
  }

  function listOf(schema: Schema, depth: number): fc.Arbitrary<unknown[]> {
    const { items = {}, minItems = 0 } = schema;
    const maxLength = Math.max(
      minItems,
      Math.min(schema.maxItems ?? 3, depth > deepest ? 0 : 3),
    );
    const keys = schema['x-kubernetes-list-map-keys'];
    const isSet = schema['x-kubernetes-list-type'] === 'set';
    return fc.uniqueArray(valueOf(items, depth + 1), {
      minLength: minItems,
      maxLength,
      // Plain lists may repeat themselves: no two items count as the same.
      comparator: (a, b) =>
        (keys || isSet) && identity(a, keys) === identity(b, keys),
    });
  }

  function objectOf(schema: Schema, depth: number): fc.Arbitrary<object> {
    const { properties = {}, required = [] } = schema;
    const either = eitherOf(schema);
    if (either) {
      return fc.oneof(...either.map(variant => objectOf(variant, depth)));
    }
    const known = Object.entries(properties).map(([name, property]) => {
      const needed = required.includes(name);
      if (depth > deepest && !needed) {
        return fc.constant([]);
      }
      const chance = needed ? 1 : PRESENT[depth] ?? 0.1;
      // Made when it is wanted first: schemas may go round in circles.
      const present = () =>
        valueOf(property, depth + 1).map(value => [[name, value]]);
      return fc
        .nat(99)
        .chain(dice =>
          dice < chance * 100 ? present() : fc.constant<unknown[][]>([]),
        );
    });
    const fields = fc
      .tuple(...known)
      .map(entries =>
        Object.fromEntries(entries.flat() as [string, unknown][]),
      );
    const more = othersOf(schema, depth);
    return fc.tuple(more, fields).map(([a, b]) => ({ ...a, ...b }));
  }

  function othersOf(schema: Schema, depth: number): fc.Arbitrary<object> {
    const { additionalProperties } = schema;
    if (typeof additionalProperties === 'object') {
      const value = valueOf(additionalProperties, depth + 1);
      return fc.dictionary(text, value, { maxKeys: 3 });
    }
    return isOpen(schema)
      ? fc.dictionary(text, anything, { maxKeys: 3 })
      : fc.constant({});
  }

  return valueOf(root, 0);
}

/** The schemas with one field and with the other, where a rule wants one of two. */
function eitherOf(schema: Schema): Schema[] | undefined {
  const { properties = {}, required = [] } = schema;
  const rules = schema['x-kubernetes-validations'] ?? [];
  const [names] = rules.flatMap(({ rule }) => {
    const [, ...found] = EITHER.exec(rule.replace(/\s+/g, ' ').trim()) ?? [];
    return found.length > 0 ? [found] : [];
  });
  return names?.map(name => ({
    ...schema,
    'x-kubernetes-validations': [],
    properties: Object.fromEntries(
      Object.entries(properties).filter(
        ([other]) => other === name || !names.includes(other),
      ),
    ),
    required: [...required, name],
  }));
}

function isOpen(schema: Schema): boolean {
  return (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true
  );
}

function identity(item: unknown, keys?: string[]): string {
  const fields = item as Record<string, unknown> | null;
  return JSON.stringify(keys ? keys.map(key => fields?.[key]) : item);
}

function integerOf({ format, minimum, maximum }: Schema) {
  const [least, most] =
    format === 'int64'
      ? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
      : [-(2 ** 31), 2 ** 31 - 1];
  return fc.integer({
    min: Math.max(minimum ?? least, least),
    max: Math.min(maximum ?? most, most),
  });
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') {
    return moment;
  }
  if (schema.format === 'byte') {
    return fc.base64String();
  }
  if (schema.pattern) {
    return fc.stringMatching(new RegExp(schema.pattern));
  }
  const { minLength = 0, maxLength = Infinity } = schema;
  return text.filter(
    ({ length }) => length >= minLength && length <= maxLength,
  );
}

/**
 * Copies of a real object with a few of its values replaced by something odd: where a
 * schema leaves the shape open, these come closer to what is read than chance does.
 */
export function disturbed(real: object): fc.Arbitrary<any> {
  const paths = pathsOf(real);
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), fc.option(anything)), {
      minLength: 1,
      maxLength: 5,
    })
    .map(changes => {
      const copy = structuredClone(real);
      // Copied: a later change may be within an earlier one, which others share.
      changes.forEach(([path, value]) =>
        replace(copy, path, structuredClone(value)),
      );
      return copy;
    });
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, key]),
  );
  return path.length ? [path, ...inner] : inner;
}

/** Replaces what is at a path, or removes it; earlier changes may have removed the way. */
function replace(object: any, path: string[], value: unknown): void {
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce(
      (at, key) => (at === null || at === undefined ? at : at[key]),
      object,
    );
  if (typeof holder !== 'object' || holder === null) {
    return;
  }
  if (value === null && !Array.isArray(holder)) {
    delete holder[last];
  } else {
    holder[last] = value;
  }
}
