import type { Facts } from './facts';

/** Common names by their place on the way; others stand between the known ones. */
const KNOWN_ORDER: readonly RegExp[] = [
  /^(dev|development)$/,
  /^(int|integration|test|testing)$/,
  /^(qa|uat|acceptance)$/,
  /^(stage|staging|preprod|pre-prod)$/,
  /^(prod|production|live)$/,
];
const BETWEEN = 2.5;

/** Of a pipeline that names none and has no Application yet. */
const USUAL = ['dev', 'prod'];

/**
 * Names of all environments in the order of promotion, those still to come included.
 *
 * @remarks
 * Where Kargo promotes, its Stages say what comes after what. A map in the pipeline's
 * specification says nothing: the API server returns its keys in the alphabet's order.
 */
export function inOrderOfPromotion(facts: Facts): string[] {
  const names = inUsualOrder([
    ...(facts.pipeline?.environments ?? USUAL),
    ...facts.applications.flatMap(({ environment }) => environment ?? []),
  ]);
  const upstream = new Map(
    names.map(name => [name, upstreamOf(name, names, facts)]),
  );
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]) => {
    // A circle has no first: the usual order decides.
    if (!ordered.includes(name) && !path.includes(name)) {
      upstream.get(name)?.forEach(each => visit(each, [...path, name]));
      ordered.push(name);
    }
  };
  names.forEach(name => visit(name, []));
  return ordered;
}

/** Names of environments by what they are usually for, each once. */
export function inUsualOrder(names: readonly string[]): string[] {
  return [...new Set(names)].sort(
    (a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b),
  );
}

function upstreamOf(
  name: string,
  names: readonly string[],
  { applications, kargoStages }: Facts,
): string[] {
  const stageOf = (environment: string) =>
    applications.find(each => each.environment === environment)?.kargoStage
      ?.name ?? environment;
  const stage = kargoStages.find(each => each.name === stageOf(name));
  return names.filter(each => stage?.upstream.includes(stageOf(each)));
}

function placeOf(name: string): number {
  const place = KNOWN_ORDER.findIndex(pattern => pattern.test(name));
  return place < 0 ? BETWEEN : place;
}
