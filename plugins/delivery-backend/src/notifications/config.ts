import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';
import { deliveryEventKinds, type DeliveryEventKind } from './deliveryEvents';

/** What owners are told of. */
export interface NotificationsConfig {
  kinds: readonly DeliveryEventKind[];
  /** How long a promotion may wait before it is told of, in milliseconds. */
  promotionWaitingAfterMs: number;
  /** Where the Delivery tab is below the page of an entity, without slashes around it. */
  tabPath: string;
}

const KEY = 'delivery.notifications';
const AFTER = `${KEY}.promotionWaitingAfter`;
const MINUTE_MS = 60_000;

const TAB_PATH =
  'must be a path below the page of an entity, for example "delivery"';
const kinds = deliveryEventKinds.join(', ');
const schema = z.object(
  {
    enabled: z.boolean('must be true or false').default(true),
    kinds: z
      .array(
        z.enum(deliveryEventKinds, `may hold these only: ${kinds}`),
        `must be a list of these: ${kinds}`,
      )
      .default([...deliveryEventKinds]),
    tabPath: z
      .string(TAB_PATH)
      .transform(path => path.replace(/^\/+|\/+$/g, ''))
      .pipe(z.string().regex(/^[\w.~-]+(\/[\w.~-]+)*$/, TAB_PATH))
      .default('delivery'),
    // Read below, in each of the forms that Backstage has for durations.
    promotionWaitingAfter: z.unknown().optional(),
  },
  'must be an object, for example { enabled: true }',
);

/**
 * Reads what owners are told of.
 *
 * @returns `undefined` where they are told of nothing
 * @throws InputError that names the key, the value and what to do
 */
export function readNotificationsConfig(
  config: Config,
): NotificationsConfig | undefined {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return undefined;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const value = path.reduce<any>((at, part) => at?.[part], given);
    throw new InputError(
      `${keyOf(path)} is ${JSON.stringify(value)}: it ${message}.`,
    );
  }
  return parsed.data.enabled
    ? {
        kinds: parsed.data.kinds,
        promotionWaitingAfterMs: promotionWaitingAfter(config),
        tabPath: parsed.data.tabPath,
      }
    : undefined;
}

function keyOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    KEY,
  );
}

function promotionWaitingAfter(config: Config): number {
  if (!config.has(AFTER)) {
    return 24 * 60 * MINUTE_MS;
  }
  const after = durationAt(config);
  if (!(after >= MINUTE_MS)) {
    throw new InputError(
      `${AFTER} is ${JSON.stringify(
        config.get(AFTER),
      )}: it must be a duration of a minute or more, for example { hours: 24 }.`,
    );
  }
  return after;
}

function durationAt(config: Config): number {
  try {
    return durationToMilliseconds(
      readDurationFromConfig(config, { key: AFTER }),
    );
  } catch {
    return NaN;
  }
}
