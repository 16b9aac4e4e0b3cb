import { progressPrinter } from './progress.ts';
import type { SystemStatus } from './status.ts';

const building = (packages: number): SystemStatus => ({
  name: 'kubernetes',
  title: 'Kubernetes API server',
  state: 'building',
  since: '2026-11-24T06:00:00.000Z',
  expectedSeconds: 300,
  message: `Building kube-apiserver: ${packages} packages compiled`,
});

describe('progressPrinter', () => {
  it('prints what is new at once, and a mere count twice a minute', () => {
    const lines: string[] = [];
    let now = 0;
    const print = progressPrinter(
      line => lines.push(line),
      () => now,
    );
    print(building(25));
    now = 10_000;
    print(building(50));
    now = 40_000;
    print(building(75));
    print({ ...building(0), state: 'ready', message: undefined });
    expect(lines).toEqual([
      'Kubernetes API server: Building kube-apiserver: 25 packages compiled (usually 5 min)',
      'Kubernetes API server: Building kube-apiserver: 75 packages compiled (usually 5 min)',
      'Kubernetes API server: ready',
    ]);
  });

  it('shows the last lines of a process that ended', () => {
    const lines: string[] = [];
    progressPrinter(line => lines.push(line))({
      ...building(0),
      state: 'starting',
      expectedSeconds: undefined,
      message: 'etcd was killed by SIGKILL; starting it again',
      lastLines: ['{"level":"warn"}'],
    });
    expect(lines).toEqual([
      'Kubernetes API server: etcd was killed by SIGKILL; starting it again',
      '    {"level":"warn"}',
    ]);
  });
});
