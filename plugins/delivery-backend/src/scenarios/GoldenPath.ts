import type {
  Delivery,
  Environment,
  OperationOutcome,
  OperationRequest,
  Run,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { gitea, mergePullRequest } from '../git/__testUtils__/gitea';
import { DeliveryStream } from './DeliveryStream';
import type { Portal } from './openPortal';

/** What a controller may take until it begins with what it is told, on a busy machine. */
const EFFECT_SECONDS = 60;
/** Argo CD asks Git each minute, and up to one more by chance, where it misses a push. */
const PATIENCE_SECONDS = 150;

export const stageOf = (delivery: Delivery, id: string): Stage | undefined =>
  delivery.stages.find(stage => stage.id === id);

export const environmentOf = (
  delivery: Delivery,
  name: string,
): Environment | undefined =>
  delivery.environments.find(environment => environment.name === name);

/** Whether an image is healthy in an environment. */
export const runs = (environment: string, tag: string) => (it: Delivery) =>
  environmentOf(it, environment)?.image?.tag === tag &&
  stageOf(it, `deploy:${environment}`)?.status === 'succeeded' &&
  stageOf(it, `run:${environment}`)?.status === 'succeeded';

/** An application on the golden path, as a viewer of its tab and its developers meet it. */
export class GoldenPath {
  private constructor(
    private readonly portal: Portal,
    readonly name: string,
    readonly namespace: string,
    readonly stream: DeliveryStream,
  ) {}

  static async follow(portal: Portal, name: string, namespace: string) {
    const stream = await DeliveryStream.open(
      `${portal.url}/v1/entities/component/default/${name}/delivery/stream`,
    );
    return new GoldenPath(portal, name, namespace, stream);
  }

  get repository(): string {
    return `/repos/golden-path/${this.name}`;
  }

  get now(): Delivery {
    const { last } = this.stream;
    if (!last) {
      throw new Error(`nothing was told of ${this.name} yet`);
    }
    return last;
  }

  /** Waits until the stream tells it. */
  async until(
    what: string,
    isSo: (delivery: Delivery) => unknown,
    seconds = PATIENCE_SECONDS,
  ): Promise<Delivery> {
    const { delivery } = await this.stream.until(what, isSo, seconds);
    return delivery;
  }

  /** Waits until a run is so. */
  async untilRun(
    what: string,
    isSo: (run: Run) => unknown,
    seconds = PATIENCE_SECONDS,
  ): Promise<Run> {
    const delivery = await this.until(what, it => it.runs.some(isSo), seconds);
    return delivery.runs.find(isSo)!;
  }

  /** @returns the commit */
  async push(
    file: string,
    content: string,
    author = 'Ada Lovelace',
  ): Promise<string> {
    const target = `${this.repository}/contents/${file}`;
    const old = await gitea('GET', target).catch(() => undefined);
    const { commit } = await gitea(old ? 'PUT' : 'POST', target, {
      ...(old && { sha: old.sha }),
      content: Buffer.from(content).toString('base64'),
      branch: 'main',
      message: `Change ${file}`,
      author: { name: author, email: 'ada@example.com' },
    });
    return commit.sha;
  }

  async remove(file: string): Promise<void> {
    const target = `${this.repository}/contents/${file}`;
    const { sha } = await gitea('GET', target);
    const message = `Remove ${file}`;
    await gitea('DELETE', target, { sha, branch: 'main', message });
  }

  async file(file: string): Promise<string> {
    const { content } = await gitea(
      'GET',
      `${this.repository}/contents/${file}`,
    );
    return Buffer.from(content, 'base64').toString('utf8');
  }

  /** Asks a route of the entity, for example `/history`. */
  async get(route: string): Promise<any> {
    const response = await fetch(`${this.#address}${route}`, {
      headers: { accept: 'application/json, text/plain' },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${route}: ${response.status} ${text}`);
    }
    return /json/.test(response.headers.get('content-type') ?? '')
      ? JSON.parse(text)
      : text;
  }

  /** Asks for an operation as the user of the portal. */
  async ask(
    request: OperationRequest,
  ): Promise<{ status: number; body: OperationOutcome & { error?: Error } }> {
    const response = await fetch(`${this.#address}/delivery/operations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return { status: response.status, body: (await response.json()) as never };
  }

  /**
   * Does an operation as the route promises it: refused to whoever may not, accepted,
   * in the audit log, and its effect on the stream.
   *
   * @param effect - what the stream tells then, in a document that comes after the
   * request; without it the operation changes nothing that the stream tells
   */
  async operate(
    request: OperationRequest,
    effect?: (delivery: Delivery, outcome: OperationOutcome) => unknown,
  ): Promise<OperationOutcome> {
    const { operation } = request;
    const { audit, denied } = this.portal;
    const permission =
      operation === 'promote' ? 'delivery.promote' : 'delivery.operate';
    denied.add(permission);
    const refused = await this.ask(request);
    denied.delete(permission);
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining(permission) } },
    });

    const from = this.stream.seen.length;
    const asked = performance.now();
    const { status, body } = await this.ask(request);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      outcome: 'accepted',
      sentence: { code: expect.stringContaining('operation.') },
    });
    if (effect) {
      const { at } = await this.stream.until(
        `the effect of ${JSON.stringify(request)}`,
        document => effect(document, body),
        EFFECT_SECONDS,
        from,
      );
      this.portal.measured(operation, at - asked);
    }
    expect(
      audit.filter(({ eventId }) => eventId === 'operate').slice(-2),
    ).toMatchObject(
      ['failed: NotAllowedError', 'succeeded'].map(outcome => ({
        meta: { ...request, entityRef: `component:default/${this.name}` },
        outcome,
      })),
    );
    return body;
  }

  /** Asks for what is so already. */
  async expectUnchanged(request: OperationRequest): Promise<OperationOutcome> {
    const { status, body } = await this.ask(request);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      outcome: 'unchanged',
    });
    return body;
  }

  /** Merges a pull request as a reviewer does. */
  async merge({ link }: OperationOutcome): Promise<void> {
    const number = link?.url.split('/').pop();
    await mergePullRequest(`${this.repository}/pulls/${number}`);
  }

  get #address(): string {
    return `${this.portal.url}/v1/entities/component/default/${this.name}`;
  }

  /** Path of an Argo CD Application of this golden path. */
  argoCd(environment: string): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${this.name}-${environment}-cd`;
  }
}
