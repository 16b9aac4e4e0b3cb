import { PassThrough, Readable } from 'node:stream';
import { KubeError, statusError } from '../../kubernetes/KubeError';
import type { LogCluster } from '../StepLogs';

/** A cluster with one Workflow, one pod of it, and a log that a test writes. */
export class FakeLogCluster implements LogCluster {
  /** What was asked for, with its query. */
  readonly asked: string[] = [];
  readonly discovery = {
    resolve: async () => ({
      apiVersion: 'argoproj.io/v1alpha1',
      version: 'v1alpha1',
      plural: 'workflows',
      namespaced: true,
    }),
  };
  readonly transport = this;
  readonly patient = this;
  /** Answered in place of a log. */
  failure?: KubeError;
  workflow?: object;
  pod?: object & { metadata: { name: string } };
  /** Text of the log, or where it comes from while it is followed. */
  log: string | Readable = '';

  /** Puts a pod of a run whose containers have run. */
  putPod(name: string, run: string, status: object = {}): void {
    this.pod = {
      metadata: { name, labels: { 'workflows.argoproj.io/workflow': run } },
      spec: {
        containers: [{ name: 'wait' }, { name: 'main' }],
        initContainers: [{ name: 'init' }],
      },
      status: { phase: 'Running', ...status },
    } as FakeLogCluster['pod'];
  }

  async get(path: string): Promise<unknown> {
    this.asked.push(path);
    const found = path.includes('/workflows/')
      ? this.workflow
      : path.endsWith(`/pods/${this.pod?.metadata.name}`) && this.pod;
    if (!found) {
      throw statusError(404, { message: `"${path}" not found` });
    }
    return found;
  }

  async stream(
    path: string,
    { signal }: { signal: AbortSignal },
  ): Promise<Readable> {
    this.asked.push(path);
    if (this.failure) {
      throw this.failure;
    }
    if (typeof this.log !== 'string') {
      const { log } = this;
      signal.addEventListener('abort', () => log.destroy());
      return log;
    }
    return Readable.from([this.log]);
  }

  /** A log that goes on. */
  followed(): PassThrough {
    const stream = new PassThrough({ encoding: 'utf8' });
    this.log = stream;
    return stream;
  }
}
