import {
  say,
  type Diagnosis,
  type Sentence,
  type Stage,
} from '@golden-path/plugin-delivery-common';
import { entryOf } from '../entryOf';
import { setupRun } from '../runs';
import type { StageContext } from '../stages/draft';
import { NEXT_STEPS } from './nextSteps';
import { operationFor } from './operationFor';

/**
 * A stage with its diagnosis, if it is not succeeding: what is the matter, what comes
 * next, and the operation that does it where there is one.
 */
export function diagnosed(stage: Stage, context: StageContext): Stage {
  const diagnosis = stage.diagnosis ?? usual(stage, context);
  return diagnosis
    ? {
        ...stage,
        diagnosis: {
          ...diagnosis,
          operation: operationFor(stage, diagnosis, context),
        },
      }
    : stage;
}

/** That of a stage which has nothing particular to say. */
function usual(stage: Stage, { facts }: StageContext): Diagnosis | undefined {
  if (stage.status === 'succeeded') {
    return undefined;
  }
  const { sentence } = stage;
  const step = entryOf(NEXT_STEPS, sentence.code);
  // Sentences are said by our own stages only, and these are in the table.
  const next = step?.next ?? 'diagnosis.wait.next';
  const diagnosis = { cause: sentence, nextStep: nextStep(next, sentence) };
  if (sentence.code === 'pipeline.settingUp' && stage.status === 'suspended') {
    return { ...diagnosis, nextStep: say('pipeline.settingUpHeld.next') };
  }
  if (stage.status === 'missing' && stage.kind === 'image') {
    return { ...diagnosis, nextStep: say('image.noRepository.next') };
  }
  // The first build is on its way: kro starts it.
  const isSetUp = setupRun(facts)?.status !== 'failed';
  if (sentence.code === 'source.noPushSeen' && facts.pipeline && isSetUp) {
    diagnosis.nextStep = say('source.noPushSeen.first.next');
  }
  return step?.urgent ? diagnosis : { ...diagnosis, routine: true };
}

function nextStep(
  code: Parameters<typeof say>[0],
  { values }: Sentence,
): Sentence {
  return say(code, values);
}
