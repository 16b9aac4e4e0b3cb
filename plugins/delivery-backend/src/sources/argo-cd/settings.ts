import { z } from 'zod';
import { DEFAULT_DETECTION } from '../../delivery/detection';
import type { DetectionFacts } from '../../delivery/facts';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';
import { part, text } from '../lenient';
import type { WatchedKind } from '../source';
import { pick } from '../trimmed';

const PERIOD = 'timeout.reconciliation';
const JITTER = 'timeout.reconciliation.jitter';
const NAMESPACES = 'application.namespaces';
const SELF_HEAL_PAUSE = 'controller.self.heal.backoff.cap.seconds';

/** Other settings, passwords of repositories and the like among them, are not kept. */
function trimSettings(object: KubernetesObject): KubernetesObject {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    data: pick(object.data, [PERIOD, JITTER, NAMESPACES, SELF_HEAL_PAUSE]),
  };
}

function settingsKind(name: string): WatchedKind {
  return {
    group: '',
    kind: 'ConfigMap',
    fieldSelector: `metadata.name=${name}`,
    trim: trimSettings,
    place: 'pipeline',
    feeds: [],
  };
}

/** How often it looks at Git is in one, where Applications may be and how it heals in the other. */
export const settingsKinds = [
  settingsKind('argocd-cm'),
  settingsKind('argocd-cmd-params-cm'),
] as const;

const settingsSchema = z.object({
  data: part({
    [PERIOD]: text,
    [JITTER]: text,
    [NAMESPACES]: text,
    [SELF_HEAL_PAUSE]: text,
  }),
});

/**
 * Reads how Argo CD is set up.
 *
 * @param namespace - of Argo CD
 */
export function readSettings(
  objects: ObjectReader,
  namespace: string,
): {
  detection?: DetectionFacts;
  /** Seconds. */
  selfHealPause?: number;
  isAllowed(namespace: string): boolean;
} {
  const [general, parameters] = ['argocd-cm', 'argocd-cmd-params-cm'].map(
    name => {
      const object = objects.get(
        { group: '', kind: 'ConfigMap' },
        name,
        namespace,
      );
      return object && settingsSchema.parse(object).data;
    },
  );
  const patterns = (parameters?.[NAMESPACES] ?? '')
    .split(',')
    .map(pattern => pattern.trim())
    .filter(Boolean);
  return {
    detection: general && {
      period: secondsOf(general[PERIOD]) ?? DEFAULT_DETECTION.period,
      jitter: secondsOf(general[JITTER]) ?? DEFAULT_DETECTION.jitter,
    },
    selfHealPause: secondsOf(
      parameters?.[SELF_HEAL_PAUSE] && `${parameters[SELF_HEAL_PAUSE]}s`,
    ),
    isAllowed: name => patterns.some(pattern => matches(pattern, name)),
  };
}

/** A duration as Go writes it, for example `3m` or `1h30m`. */
export function secondsOf(duration?: string): number | undefined {
  if (!duration || !/^(\d+(\.\d+)?(h|m|s|ms))+$|^0$/.test(duration)) {
    return undefined;
  }
  const seconds = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, amount, unit]) =>
      sum + Number(amount) * seconds[unit as keyof typeof seconds],
    0,
  );
}

/**
 * Shell patterns, or regular expressions between slashes.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/
 */
function matches(pattern: string, name: string): boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  if (expression !== undefined) {
    try {
      return new RegExp(expression).test(name);
    } catch {
      // Go knows expressions that JavaScript does not; such a namespace stays out.
      return false;
    }
  }
  const glob = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${glob}$`).test(name);
}
