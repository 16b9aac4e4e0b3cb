import type { StageStatus } from '@golden-path/plugin-delivery-common';

/** Argo CD's `status.sync.status`: Synced, OutOfSync, Unknown. */
export function statusOfSync(sync: string): StageStatus {
  const statuses: Record<string, StageStatus> = {
    Synced: 'succeeded',
    OutOfSync: 'suspended',
  };
  return statuses[sync] ?? 'unknown';
}

/**
 * Argo CD's `status.health.status`: Healthy, Progressing, Degraded, Suspended,
 * Missing, Unknown.
 */
export function statusOfHealth(health: string): StageStatus {
  const statuses: Record<string, StageStatus> = {
    Healthy: 'succeeded',
    Progressing: 'running',
    Degraded: 'failed',
    Suspended: 'suspended',
    Missing: 'missing',
  };
  return statuses[health] ?? 'unknown';
}
