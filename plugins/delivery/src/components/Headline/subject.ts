import type { Delivery, Journey } from '@golden-path/plugin-delivery-common';
import type { Trouble } from './trouble';

/**
 * The way of the commit that the headline is about: the one whose run or image it names,
 * else the one that runs where the trouble is.
 *
 * @param delivery - of an entity
 * @param trouble - what the headline is about, unless that is the summary
 * @returns undefined where it is about no commit, or about one that is no longer known
 */
export function subjectOf(
  delivery: Pick<Delivery, 'summary' | 'journeys' | 'environments'>,
  trouble?: Pick<Trouble, 'environment' | 'sentence' | 'diagnosis'>,
): Journey | undefined {
  const sentences = trouble
    ? [trouble.diagnosis.cause, trouble.sentence]
    : [delivery.summary.sentence];
  const named = sentences.flatMap(({ values = {} }) =>
    [values.commit, values.tag, values.run].filter(
      (value): value is string => typeof value === 'string' && value !== '',
    ),
  );
  const here = delivery.environments.find(
    ({ name }) => name === trouble?.environment,
  );
  const tag = here?.image?.tag;
  const names = tag ? [...named, tag] : named;
  for (const name of names) {
    const journey = delivery.journeys?.find(
      // Sentences shorten commits.
      ({ tag: built, run }) => built.startsWith(name) || run === name,
    );
    if (journey) {
      return journey;
    }
  }
  return undefined;
}
