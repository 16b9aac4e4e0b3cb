import { until } from '../__testing__/until';
import { everywhere, Subject } from './Subject';
import { Send } from './Writer';

/** Where the definitions of all kinds are that a cluster was not built with. */
export const DEFINITIONS =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A version of a kind, as its definition lists it. */
export function version(
  name: string,
  options: { served: boolean; storage: boolean },
) {
  return {
    name,
    ...options,
    schema: {
      openAPIV3Schema: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
      },
    },
  };
}

/** A kind of the test's own, `Widget`, that it may install, change and remove. */
export class CustomKind {
  readonly subject: Subject;
  readonly #name: string;

  constructor(private readonly send: Send, private readonly namespace: string) {
    const group = `${namespace}.example.com`;
    this.#name = `widgets.${group}`;
    this.subject = {
      kind: { group, kind: 'Widget' },
      plural: 'widgets',
      apiVersion: `${group}/v1alpha1`,
      written: {
        collection: '',
        fields: turn => ({
          apiVersion: this.subject.apiVersion,
          kind: 'Widget',
          spec: { turn },
        }),
      },
    };
    this.speak('v1alpha1');
  }

  get #definition(): string {
    return `${DEFINITIONS}/${this.#name}`;
  }

  /** The version in which objects are written and expected from now on. */
  speak(name: string): void {
    const { kind, plural, written } = this.subject;
    this.subject.apiVersion = `${kind.group}/${name}`;
    written.collection = `/apis/${this.subject.apiVersion}/namespaces/${this.namespace}/${plural}`;
  }

  /** Resolves when the API server serves it. */
  async install(): Promise<void> {
    const { kind, plural } = this.subject;
    await this.send('POST', DEFINITIONS, {
      metadata: { name: this.#name },
      spec: {
        group: kind.group,
        scope: 'Namespaced',
        names: { kind: kind.kind, plural },
        versions: [version('v1alpha1', { served: true, storage: true })],
      },
    });
    await this.untilServed();
  }

  async change(versions: ReturnType<typeof version>[]): Promise<void> {
    await this.send('PATCH', this.#definition, { spec: { versions } });
  }

  /** Resolves when definition and objects are gone, if there were any. */
  async remove(): Promise<void> {
    const target = this.#definition;
    await this.send('DELETE', target).catch(error => {
      if (!isMissing(error)) {
        throw error;
      }
    });
    await until('the definition is gone', () =>
      this.send('GET', target).then(() => false, isMissing),
    );
  }

  async untilServed(): Promise<void> {
    await until('the kind is served', () =>
      this.send('GET', everywhere(this.subject)).then(
        () => true,
        () => false,
      ),
    );
  }
}

function isMissing(error: Error): boolean {
  return / 404 /.test(error.message);
}
