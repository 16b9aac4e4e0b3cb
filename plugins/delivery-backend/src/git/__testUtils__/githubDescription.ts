import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: object;
}

interface Content {
  schema: object;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
}

interface OperationObject {
  parameters?: Array<Parameter | { $ref: string }>;
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<
    string,
    { content?: Record<string, Content>; $ref?: string }
  >;
}

/** A request as a server sees it. */
export interface SeenRequest {
  method: string;
  /** Decoded part by part. */
  path: string;
  query: Record<string, string>;
  body?: unknown;
}

/** An operation of the description that a request is one of. */
export interface Described {
  /** For example `get /repos/{owner}/{repo}`. */
  id: string;
  operation: OperationObject;
}

const JSON_TYPE = 'application/json';

/** GitHub's published description of its API, to check requests and answers by. */
export class GithubDescription {
  readonly #document: any = jest.requireActual(
    '@octokit/openapi/generated/api.github.com.json',
  );
  readonly #ajv = new Ajv({
    strict: false,
    validateSchema: false,
    coerceTypes: true,
    logger: false,
  });

  constructor() {
    addFormats(this.#ajv);
    this.#ajv.addSchema(this.#document, 'github');
  }

  /** @throws when no operation is called so, or more than the description allows is said */
  check(request: SeenRequest): Described {
    const { method, path, query, body } = request;
    const found = this.#find(method.toLowerCase(), path);
    if (!found) {
      throw new Error(`GitHub describes no ${method} ${path}`);
    }
    const { described, values } = found;
    const parameters = (described.operation.parameters ?? []).map(each =>
      this.#resolve<Parameter>(each),
    );
    for (const name of Object.keys(query)) {
      if (!parameters.some(each => each.in === 'query' && each.name === name)) {
        throw new Error(`${described.id} has no query parameter "${name}"`);
      }
    }
    for (const { name, in: place, required, schema } of parameters) {
      const value = place === 'path' ? values[name] : query[name];
      if (value !== undefined) {
        this.#validate(`${described.id}: ${name}`, schema, value);
      } else if (required && place !== 'header') {
        throw new Error(`${described.id} is asked without "${name}"`);
      }
    }
    this.#checkBody(described, body);
    return described;
  }

  /**
   * Whether the operation may answer so. What else is in an answer cannot be checked by
   * its schema: the published examples lack properties that the schemas demand.
   */
  answersWith({ operation }: Described, status: number): boolean {
    return String(status) in operation.responses;
  }

  /** Every example of an answer, by name. */
  examples(
    id: string,
    status: number,
  ): Array<readonly [name: string, body: any]> {
    const [method, path] = id.split(' ');
    const operation: OperationObject = this.#document.paths[path][method];
    return Object.entries(
      operation.responses[status].content?.[JSON_TYPE].examples ?? {},
    ).map(([name, example]) => [name, this.#resolve<any>(example).value]);
  }

  /** The example of an answer that has this name. */
  example(id: string, status: number, name: string): any {
    return this.examples(id, status).find(([each]) => each === name)?.[1];
  }

  /** Whether a schema demands a property, for example of `commit.message` in `commit`. */
  demands(schemaName: string, property: string): boolean {
    let schema = this.#document.components.schemas[schemaName];
    return property.split('.').every(name => {
      const object = this.#resolve<any>(schema);
      const owner = this.#resolve<any>(
        object.type === 'array' ? object.items : object,
      );
      schema = owner.properties[name];
      return (owner.required ?? []).includes(name);
    });
  }

  #checkBody({ id, operation }: Described, body: unknown): void {
    const schema = operation.requestBody?.content[JSON_TYPE].schema as
      | { properties?: object }
      | undefined;
    if (body === undefined) {
      if (operation.requestBody?.required) {
        throw new Error(`${id} is asked without a body`);
      }
      return;
    }
    if (!schema) {
      throw new Error(`${id} takes no body`);
    }
    const known = Object.keys(schema.properties ?? {});
    const unknown = Object.keys(body as object).filter(
      name => !known.includes(name),
    );
    if (unknown.length > 0) {
      throw new Error(`${id} knows no ${unknown.join(', ')} in its body`);
    }
    this.#validate(`${id}: body`, schema, body);
  }

  #find(method: string, path: string) {
    const candidates = Object.entries<Record<string, OperationObject>>(
      this.#document.paths,
    ).flatMap(([template, operations]) => {
      const names = [...template.matchAll(/\{([^}]+)\}/g)].map(
        ([, name]) => name,
      );
      const pattern = template.replace(/\{([^}]+)\}/g, (_, name) =>
        // These may hold slashes, by what the description says of them.
        ['path', 'ref', 'branch', 'basehead'].includes(name)
          ? '(.+)'
          : '([^/]+)',
      );
      const match = new RegExp(`^${pattern}$`).exec(path);
      return match && operations[method]
        ? [
            {
              described: {
                id: `${method} ${template}`,
                operation: operations[method],
              },
              values: Object.fromEntries(
                names.map((name, index) => [name, match[index + 1]]),
              ) as Record<string, string>,
            },
          ]
        : [];
    });
    // The one with the fewest parameters is meant.
    return candidates.sort(
      (a, b) =>
        Object.keys(a.values).length - Object.keys(b.values).length ||
        b.described.id.length - a.described.id.length,
    )[0];
  }

  #resolve<T>(object: any): T {
    return object?.$ref
      ? this.#resolve(
          object.$ref
            .split('/')
            .slice(1)
            .reduce((at: any, name: string) => at[name], this.#document),
        )
      : object;
  }

  #validate(what: string, schema: object, value: unknown): void {
    const validate = this.#compiled(schema);
    if (!validate(structuredClone(value))) {
      throw new Error(
        `${what} is not as GitHub describes it: ${this.#ajv.errorsText(
          validate.errors,
        )}`,
      );
    }
  }

  #compiled(schema: object): ValidateFunction {
    const absolute = JSON.parse(JSON.stringify(schema), (key, value) =>
      key === '$ref' && typeof value === 'string'
        ? value.replace(/^#/, 'github#')
        : value,
    );
    return this.#ajv.compile(absolute);
  }
}
