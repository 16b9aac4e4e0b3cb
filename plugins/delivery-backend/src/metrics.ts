import type {
  MetricAttributes,
  MetricsService,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import {
  sourceHealthSchema,
  type WatchedKindHealth,
} from '@golden-path/plugin-delivery-common';
import type { OpenStreams } from './router/OpenStreams';
import type { DeliveryService } from './service/DeliveryService';

/*
 * Names, units and instruments follow OpenTelemetry:
 * https://opentelemetry.io/docs/specs/semconv/general/metrics/
 * Nothing here names an entity or an object.
 */

/** Figures of one kind in one cluster that are one number each. */
const OF_KINDS = [
  {
    name: 'delivery.watch.objects',
    instrument: 'createObservableUpDownCounter',
    unit: '{object}',
    description: 'Objects held in memory',
    value: kind => kind.objects,
  },
  {
    name: 'delivery.watch.events',
    instrument: 'createObservableCounter',
    unit: '{event}',
    description: 'Objects that watches told of',
    value: kind => kind.events,
  },
  {
    name: 'delivery.watch.relists',
    instrument: 'createObservableCounter',
    unit: '{list}',
    description: 'Complete lists after the first one',
    value: kind => kind.relists,
  },
  {
    name: 'delivery.watch.reconnects',
    instrument: 'createObservableCounter',
    unit: '{connection}',
    description: 'Watches opened after the first one',
    value: kind => kind.reconnects,
  },
  {
    name: 'delivery.watch.age',
    instrument: 'createObservableGauge',
    unit: 's',
    description: 'Time since the last sign of life or change of state',
    value: kind => kind.ageSeconds,
  },
] as const satisfies Array<{
  name: string;
  instrument:
    | 'createObservableCounter'
    | 'createObservableGauge'
    | 'createObservableUpDownCounter';
  unit: string;
  description: string;
  value: (kind: WatchedKindHealth) => number;
}>;

type Observe = (result: MetricsServiceObservableResult) => void;

/**
 * Shows what the watches hold and cost as metrics, read when somebody collects them.
 *
 * @returns a function that ends it
 */
export function observeDelivery(
  metrics: MetricsService,
  delivery: Pick<DeliveryService, 'statistics'>,
  streams: OpenStreams,
): () => void {
  const kinds = () =>
    delivery
      .statistics()
      .clusters.flatMap(({ name, kinds: all }) =>
        all.map(kind => ({ kind, attributes: attributesOf(name, kind) })),
      );
  const observed = [
    ...OF_KINDS.map(({ name, instrument, unit, description, value }) =>
      observe(metrics[instrument](name, { unit, description }), result => {
        for (const { kind, attributes } of kinds()) {
          result.observe(value(kind), attributes);
        }
      }),
    ),
    observe(
      metrics.createObservableUpDownCounter('delivery.watch.state', {
        unit: '1',
        description: '1 for the state that a kind is in, 0 for the others',
      }),
      result => {
        for (const { kind, attributes } of kinds()) {
          for (const state of sourceHealthSchema.shape.state.options) {
            result.observe(Number(kind.state === state), {
              ...attributes,
              'delivery.watch.state': state,
            });
          }
        }
      },
    ),
    observe(
      metrics.createObservableUpDownCounter('delivery.active_streams', {
        unit: '{stream}',
        description: 'Event streams open now',
      }),
      result => result.observe(streams.count),
    ),
    observe(
      metrics.createObservableUpDownCounter('delivery.entries', {
        unit: '{entry}',
        description: 'Entities whose delivery is held in memory',
      }),
      result => result.observe(delivery.statistics().entries),
    ),
    observe(
      metrics.createObservableCounter('delivery.computations', {
        unit: '{computation}',
        description: 'Deliveries computed',
      }),
      result => result.observe(delivery.statistics().computations),
    ),
  ];
  return () => observed.forEach(end => end());
}

function observe(
  metric: ReturnType<MetricsService['createObservableGauge']>,
  callback: Observe,
): () => void {
  metric.addCallback(callback);
  return () => metric.removeCallback(callback);
}

function attributesOf(
  cluster: string,
  { group, kind }: WatchedKindHealth,
): MetricAttributes {
  return {
    'k8s.cluster.name': cluster,
    'delivery.watch.group': group,
    'delivery.watch.kind': kind,
  };
}
