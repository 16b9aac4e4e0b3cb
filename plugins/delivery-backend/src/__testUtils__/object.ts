export type Fields = Record<string, unknown>;

export interface Options {
  metadata?: Fields;
  spec?: Fields;
  status?: Fields;
}

let uids = 0;

/** What every object has, with what this one has. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
  { metadata, spec, status }: Options,
) {
  uids += 1;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid: `00000000-0000-4000-8000-${String(uids).padStart(12, '0')}`,
      resourceVersion: '1',
      creationTimestamp: '2026-11-24T06:00:00Z',
      ...metadata,
    },
    spec: spec ?? {},
    status: status ?? {},
  };
}
