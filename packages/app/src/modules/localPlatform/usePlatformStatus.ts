import { useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import { platformStatusSchema, type PlatformSystem } from './platformStatus';

const PERIOD_MS = 2000;

/** Reads the state of the local platform every two seconds while the page is visible. */
export function usePlatformStatus(): {
  systems: PlatformSystem[];
  error?: string;
  now: number;
} {
  const { fetch } = useApi(fetchApiRef);
  const [status, setStatus] = useState<{
    systems: PlatformSystem[];
    error?: string;
    now: number;
  }>({ systems: [], now: Date.now() });

  useEffect(() => {
    const abort = new AbortController();
    const read = async () => {
      if (document.visibilityState !== 'visible') {
        return;
      }
      try {
        const response = await fetch('plugin://local-platform/status', {
          signal: abort.signal,
        });
        const body = await response.json();
        if (!response.ok) {
          throw new Error(body?.error?.message ?? response.statusText);
        }
        setStatus({ ...platformStatusSchema.parse(body), now: Date.now() });
      } catch (error) {
        if (!abort.signal.aborted) {
          setStatus(previous => ({
            ...previous,
            error: error instanceof Error ? error.message : String(error),
          }));
        }
      }
    };
    read();
    const timer = setInterval(read, PERIOD_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [fetch]);

  return status;
}
