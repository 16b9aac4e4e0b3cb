import {
  say,
  sentences,
  stageStatusSchema,
  type SentenceCode,
  type Stage,
  type StageKind,
} from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../../__testUtils__/deliveryFor';
import { annotationsOf, recorded } from '../../__testUtils__/recorded';
import { noFacts } from '../facts';
import { linksOf } from '../links';
import type { StageContext } from '../stages/draft';
import { diagnosed } from './diagnosed';
import { NEXT_STEPS } from './nextSteps';

/** What the next step says beyond the sentence itself is known to the stage only. */
const OF_THEIR_OWN: SentenceCode[] = [
  'pipeline.resourceGraphMissing',
  'pipeline.activeUnmanaged',
  'pipeline.unknownResourceGroup',
  'pipeline.unknownCluster',
  'pipeline.suspended',
  'pipeline.suspendedChanged',
  'pipeline.kindNotInstalled',
];

const codes = Object.keys(NEXT_STEPS) as Array<keyof typeof NEXT_STEPS>;

const context: StageContext = {
  facts: noFacts(),
  environments: [],
  links: linksOf({}),
  location: {} as StageContext['location'],
};

/** A stage that says only this. */
function saying(code: SentenceCode, status: Stage['status']): Stage {
  const names = sentences[code].match(/(?<=\{\{)\w+(?=[^{]*\}\})/g) ?? [];
  const [kind] = code.split('.') as [StageKind];
  return {
    id: kind,
    kind,
    status,
    sentence: say(
      code,
      Object.fromEntries(names.map(name => [name, `the-${name}`])),
    ),
    links: [],
  };
}

describe('every stage in every status', () => {
  it.each(stageStatusSchema.options)(
    'has a diagnosis while it is %s, but when it succeeded',
    status => {
      for (const code of codes) {
        const { diagnosis } = diagnosed(saying(code, status), context);
        expect([code, diagnosis?.cause.code]).toEqual([
          code,
          status === 'succeeded' ? undefined : code,
        ]);
      }
    },
  );

  it('says the next step in full', () => {
    const incomplete = codes.filter(code =>
      diagnosed(
        saying(code, 'waiting'),
        context,
      ).diagnosis?.nextStep.text.includes('{{'),
    );
    expect(incomplete.filter(code => !OF_THEIR_OWN.includes(code))).toEqual([]);
  });

  it('leaves out no sentence of a stage but its end', () => {
    const kinds =
      /^(source|pipeline|trigger|build|image|deploy|run|promotion|stage)\./;
    const missing = Object.keys(sentences).filter(
      code =>
        kinds.test(code) &&
        !code.endsWith('.next') &&
        !Object.hasOwn(NEXT_STEPS, code),
    );
    expect(missing).toEqual([
      'source.firstBuild',
      'source.pushed',
      'pipeline.active',
      'trigger.listening',
      'build.succeeded',
      'build.forgotten',
      'image.newest',
      'deploy.synced',
      'run.healthy',
      'promotion.done',
    ]);
  });
});

it.each([
  'setup-failed',
  'first-build-failed',
  'healthy',
  'building',
  'build-failed',
  'rollout-failed',
])('no stage of the local platform is without its diagnosis: %s', name => {
  const objects = recorded(name);
  const { stages } = deliveryFor(objects, {
    annotations: annotationsOf(objects),
  });
  const unsettled = stages.filter(({ status }) => status !== 'succeeded');
  expect(unsettled.length).toBeGreaterThan(0);
  expect(unsettled.filter(({ diagnosis }) => !diagnosis)).toEqual([]);
  expect(JSON.stringify(stages)).not.toContain('{{');
});
