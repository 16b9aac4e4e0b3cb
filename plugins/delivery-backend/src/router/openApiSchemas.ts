import * as common from '@golden-path/plugin-delivery-common';
import { z } from 'zod';

const PREFIX = '#/components/schemas/';

/** Refers to a schema of delivery-common by its name: `Delivery` is `deliverySchema`. */
export function refTo(name: string): { $ref: string } {
  return { $ref: `${PREFIX}${name}` };
}

/**
 * The schemas of delivery-common that these refer to, each once; wherever one holds
 * another, it refers to it.
 */
export function schemasBehind(document: unknown): Record<string, object> {
  const all = allSchemas();
  const found: Record<string, object> = {};
  const collect = (value: unknown) => {
    for (const name of refsIn(value)) {
      if (!(name in found)) {
        found[name] = all[name];
        collect(all[name]);
      }
    }
  };
  collect(document);
  return Object.fromEntries(
    Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Path or query parameters as a schema of an object has them. */
export function parametersOf(schema: z.ZodObject, where: 'path' | 'query') {
  const { properties, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string };
    return {
      name,
      in: where,
      required: required.includes(name),
      description,
      schema: rest,
    };
  });
}

function allSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [name, value] of Object.entries(common)) {
    if (name.endsWith('Schema') && value instanceof z.ZodType) {
      const id = name.slice(0, -'Schema'.length);
      registry.add(value, { id: id[0].toUpperCase() + id.slice(1) });
    }
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: id => `${PREFIX}${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(
      ([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema],
    ),
  );
}

/** Names of the schemas that a document refers to. */
function refsIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) =>
        key === '$ref' && typeof each === 'string'
          ? [each.slice(PREFIX.length)]
          : refsIn(each),
      )
    : [];
}
