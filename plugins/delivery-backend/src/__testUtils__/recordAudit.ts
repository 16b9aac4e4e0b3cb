import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';

/** What the audit log was told of one request to the plugin. */
export interface AuditRecord {
  eventId: string;
  severityLevel?: string;
  meta?: object;
  url?: string;
  outcome?: string;
}

/** An audit log that writes into a list. */
export function recordAudit(audit: AuditRecord[]): BackendFeature {
  return mockServices.auditor.mock({
    async createEvent({ eventId, severityLevel, meta, request }) {
      const record: AuditRecord = {
        eventId,
        severityLevel,
        meta,
        url: request?.originalUrl,
      };
      audit.push(record);
      return {
        async success() {
          record.outcome = 'succeeded';
        },
        async fail({ error }) {
          record.outcome = `failed: ${error.name}`;
        },
      };
    },
  }).factory;
}
