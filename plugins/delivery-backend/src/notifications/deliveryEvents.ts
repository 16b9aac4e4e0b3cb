import type { Run } from '@golden-path/plugin-delivery-common';

/** What owners may be told of. */
export const deliveryEventKinds = [
  'build-failed',
  'live',
  'promotion-waiting',
] as const;

export type DeliveryEventKind = (typeof deliveryEventKinds)[number];

interface OfEntity {
  /** The same in every process that sees the same. */
  key: string;
  entityRef: string;
  /** In milliseconds since 1970. */
  at: number;
  /** Not told before, in milliseconds since 1970. */
  dueAt: number;
}

/** The newest run ended and failed. */
export interface BuildFailedEvent extends OfEntity {
  kind: 'build-failed';
  run: Pick<Run, 'name' | 'purpose' | 'imageTag'>;
  /** Name of the step that it failed at. */
  step?: string;
}

/** What was deployed to the last environment is healthy there. */
export interface LiveEvent extends OfEntity {
  kind: 'live';
  environment: string;
  tag: string;
  pipeline: string;
  /** The deployment that brought it. */
  deployment: { cluster: string; applicationUid: string; id: string };
}

/** What is healthy in one environment is not in the next. */
export interface PromotionWaitingEvent extends OfEntity {
  kind: 'promotion-waiting';
  pipeline: string;
  from: string;
  to: string;
  tag: string;
  /** Tag that the next environment has. */
  held?: string;
}

/** Something that happened to an entity's delivery and that its owners may be told of. */
export type DeliveryEvent =
  | BuildFailedEvent
  | LiveEvent
  | PromotionWaitingEvent;
