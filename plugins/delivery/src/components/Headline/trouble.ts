import type {
  Delivery,
  Diagnosis,
  Stage,
} from '@golden-path/plugin-delivery-common';

/** A stage that needs somebody, and why. */
export type Trouble = Stage & { diagnosis: Diagnosis };

/**
 * The stages that need somebody: first the one that the backend calls decisive, then
 * what failed, then what only cannot be seen. In the order of the path otherwise,
 * because a cause comes before its effects.
 *
 * @param delivery - of an entity
 */
export function troublesOf(
  delivery: Pick<Delivery, 'stages' | 'summary'>,
): Trouble[] {
  const rank = (stage: Stage) => {
    if (stage.id === delivery.summary.stage) {
      return 0;
    }
    return stage.status === 'failed' ? 1 : 2;
  };
  return delivery.stages
    .filter(
      (stage): stage is Trouble =>
        // One that succeeds may still have a hint, such as an annotation to correct.
        stage.diagnosis !== undefined &&
        !stage.diagnosis.routine &&
        stage.status !== 'succeeded',
    )
    .sort((a, b) => rank(a) - rank(b));
}

/**
 * The stage that takes its usual course and whose next step somebody can do, such as a
 * promotion that is due, or that was asked for and waits for its pull request to be merged:
 * the one that the headline is about, or else the first. While
 * something moves the headline is about that alone: what could be done with an older commit
 * would be taken for its next step.
 *
 * @param delivery - of an entity
 */
export function nextOffer(
  delivery: Pick<Delivery, 'stages' | 'summary'>,
): Trouble | undefined {
  const offers = delivery.stages.filter(
    (stage): stage is Trouble =>
      stage.status !== 'succeeded' &&
      stage.diagnosis !== undefined &&
      (stage.diagnosis.operation !== undefined ||
        stage.sentence.code === 'promotion.asked'),
  );
  const { stage, status } = delivery.summary;
  return (
    offers.find(({ id }) => id === stage) ??
    (status === 'running' ? undefined : offers.at(0))
  );
}
