import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** What the audit log says of a request: never a query, which may quote anything. */
export interface Audited extends JsonObject {
  queryType: 'document' | 'stream' | 'list' | 'health' | 'history' | 'log';
}

/** Who asks where no request says so: without one, the auditor names the plugin itself. */
export interface AuditedCaller extends JsonObject {
  /** Reference of the entity of the user. */
  user?: string;
  service?: string;
}

/**
 * Notes in the audit log that somebody asks, and whether it was granted.
 *
 * @param request - absent where nobody asks over HTTP; then `meta` says who asks
 * @param grant - throws where it is not
 */
export async function admit<T>(
  request: Request | undefined,
  meta: Audited,
  auditor: AuditorService,
  grant: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: 'fetch',
    request,
    severityLevel: 'low',
    meta,
  });
  try {
    const granted = await grant();
    await event.success();
    return granted;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
