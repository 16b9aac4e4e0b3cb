import type { OutboxEntry } from '../Outbox';

/** A notification of an entity of its own, or of a scope and due time that are given. */
export function entry(
  key: string,
  fields: Partial<Omit<OutboxEntry, 'payload'>> & { scope?: string } = {},
): OutboxEntry {
  const { scope = `build-failed ${key}`, ...others } = fields;
  return {
    key,
    kind: 'build-failed',
    entityRef: `component:default/${key}`,
    payload: {
      title: `${key}: the build failed`,
      link: `/catalog/default/component/${key}/delivery?run=${key}`,
      topic: 'build-failed',
      severity: 'high',
      scope,
    },
    recipients: { entityRef: ['group:default/payments'] },
    dueAt: Date.UTC(2026, 10, 24),
    ...others,
  };
}
