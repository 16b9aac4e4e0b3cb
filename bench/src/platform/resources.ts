/** An object of the cluster, as far as benchmarks look at it. */
export interface WrittenObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
  };
  status?: Record<string, unknown>;
}

/** A collection that the delivery backend watches, as it asks for it. */
export interface WatchedResource {
  apiVersion: string;
  plural: string;
  /** Whatever narrows it. */
  selectors: Record<string, string>;
}

const COLLECTION = /^\/apis?\/((?:[^/?]+\/)?v[^/?]+)\/([^/?]+)\?(.*)$/;
const SELECTORS = ['labelSelector', 'fieldSelector'];
/** Watched for its own sake, not for an entity. */
const DEFINITIONS = 'customresourcedefinitions';

/** Path of the collection that a request was for, without what pages or watches it. */
export function listPathOf(path: string): string | undefined {
  const [resource] = watchedResources([path]);
  return resource && listPath(resource);
}

/** Whether a collection may be that of a kind: `repositories` is, of `Repository`. */
export function isPluralOf(plural: string, kind: string): boolean {
  return plural.startsWith(kind.toLowerCase().slice(0, -1));
}

/** Which collections some requests were for, each once. */
export function watchedResources(paths: readonly string[]): WatchedResource[] {
  const found = new Map<string, WatchedResource>();
  for (const path of paths) {
    const [, apiVersion, plural, query] = COLLECTION.exec(path) ?? [];
    if (plural && plural !== DEFINITIONS) {
      const selectors = Object.fromEntries(
        [...new URLSearchParams(query)].filter(([name]) =>
          SELECTORS.includes(name),
        ),
      );
      const resource = { apiVersion, plural, selectors };
      found.set(listPath(resource), resource);
    }
  }
  return [...found.values()];
}

const LIST =
  /^\/apis?\/((?:[^/?]+\/)?v[^/?]+)\/(?:namespaces\/[^/?]+\/)?([^/?]+)(?:\?(.*))?$/;

/** Which collection a request listed, as {@link resourceName} says it; a watch lists none. */
export function listedResource(path: string): string | undefined {
  const [, apiVersion, plural, query] = LIST.exec(path) ?? [];
  return plural && !new URLSearchParams(query).has('watch')
    ? resourceName({ apiVersion, plural })
    : undefined;
}

/** What the API server calls a collection in its metrics, for example `sensors.argoproj.io`. */
export function resourceName({
  apiVersion,
  plural,
}: Pick<WatchedResource, 'apiVersion' | 'plural'>): string {
  const [group, version] = apiVersion.split('/');
  return version ? `${plural}.${group}` : plural;
}

/** Plurals that are not the kind in lower case with an `s`. */
const PLURALS: Record<string, string> = {
  EventBus: 'eventbus',
  Ingress: 'ingresses',
  Policy: 'policies',
  Repository: 'repositories',
};

export function groupPath(apiVersion: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}

/** Path of an object's collection. */
export function resourcePath({
  apiVersion,
  kind,
  metadata: { namespace },
}: WrittenObject): string {
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  return `${groupPath(apiVersion)}/namespaces/${namespace}/${plural}`;
}

/** Path of a watched collection. */
export function listPath(
  { apiVersion, plural, selectors }: WatchedResource,
  query: Record<string, string> = {},
): string {
  const parameters = new URLSearchParams({ ...selectors, ...query });
  return `${groupPath(apiVersion)}/${plural}?${parameters}`;
}
