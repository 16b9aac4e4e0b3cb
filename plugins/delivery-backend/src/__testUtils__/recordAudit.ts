import { DefaultAuditorService } from '@backstage/backend-defaults/auditor';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';

/** What the audit log was told of one request to the plugin. */
export interface AuditRecord {
  eventId: string;
  severityLevel?: string;
  meta?: object;
  url?: string;
  /** Who asked, as Backstage itself finds out: without a request it is the plugin. */
  actor?: string;
  outcome?: string;
}

/** Backstage's audit log, which writes into a list. */
export function recordAudit(audit: AuditRecord[]): BackendFeature {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: {
      auth: coreServices.auth,
      httpAuth: coreServices.httpAuth,
      plugin: coreServices.pluginMetadata,
    },
    factory: deps => ({
      async createEvent(options) {
        const { eventId, severityLevel, meta, request } = options;
        const record: AuditRecord = {
          eventId,
          severityLevel,
          meta,
          url: request?.originalUrl,
        };
        audit.push(record);
        const real = DefaultAuditorService.create(event => {
          record.actor = event.actor.actorId;
          if (event.status !== 'initiated') {
            record.outcome =
              event.status === 'failed'
                ? `failed: ${event.error.name}`
                : event.status;
          }
        }, deps);
        return real.createEvent(options);
      },
    }),
  });
}
