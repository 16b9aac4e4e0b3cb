import { readFileSync } from 'node:fs';
import path from 'node:path';

type ProcessName = 'etcd' | 'kube-apiserver';

/** The processes under the API server that `DELIVERY_PLATFORM_DIR` holds, to be hurt. */
export class ControlPlane {
  private constructor(private readonly folder: string) {}

  /** Refuses a platform that others may use. */
  static own(): ControlPlane {
    const plane = new ControlPlane(process.env.DELIVERY_PLATFORM_DIR ?? '');
    const { systems } = plane.#read('status.json');
    if (systems.length !== 1) {
      throw new Error(
        'these tests kill the API server: start one for them alone, with `npm test -- faults` or `npm run platform -- up --only kubernetes`',
      );
    }
    return plane;
  }

  /** Where to write down what a test measured. */
  get figures(): string {
    return path.join(this.folder, 'figures.jsonl');
  }

  /** Process id; another one after its supervisor has started it again. */
  pid(name: ProcessName): number {
    return this.#read('status.json').processes[name];
  }

  /** As `kill -9`. Its supervisor starts it again, a second later at the earliest. */
  kill(name: ProcessName): void {
    process.kill(this.pid(name), 'SIGKILL');
  }

  /** Makes etcd forget all that is no longer so. */
  async compact(): Promise<void> {
    const { header } = await this.#etcd('range', { key: btoa('none') });
    await this.#etcd('compaction', { revision: header.revision });
  }

  async #etcd(call: string, body: object): Promise<any> {
    const { ports } = this.#read('state.json');
    const url = `http://127.0.0.1:${ports.etcd}/v3/kv/${call}`;
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  }

  #read(name: string): any {
    return JSON.parse(readFileSync(path.join(this.folder, name), 'utf8'));
  }
}
