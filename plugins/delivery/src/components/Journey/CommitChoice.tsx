import { INITIAL_IMAGE_TAG } from '@golden-path/plugin-delivery-common';
import type { Journey } from '@golden-path/plugin-delivery-common';
import { Avatar, Button } from '@backstage/ui';
import { memo } from 'react';
import { Age, shortened, useWords } from '../../language';
import type { Words } from '../../language';
import styles from './Journey.module.css';
import { JourneyStatus } from './JourneyStatus';

/** A commit as people call it: the first build has none. */
export function nameOf(
  journey: Pick<Journey, 'tag' | 'commit'>,
  t: Words['t'],
): string {
  if (journey.commit) {
    return shortened(journey.commit);
  }
  return journey.tag === INITIAL_IMAGE_TAG ? t('journey.initial') : journey.tag;
}

/** A commit on its way changes with each step of its run, of which nothing stands here. */
const SHOWN = ['tag', 'commit', 'about', 'startedAt', 'status'] as const;
type Shown = Pick<Journey, (typeof SHOWN)[number]>;

/** One commit of the list, to be chosen. */
export const CommitChoice = memo(
  (props: {
    journey: Shown;
    isChosen: boolean;
    onChoose: (tag: string) => void;
  }) => {
    const { journey, isChosen, onChoose } = props;
    const { about, startedAt, status } = journey;
    const { t } = useWords();
    return (
      <li>
        <Button
          variant="tertiary"
          className={styles.choice}
          aria-pressed={isChosen}
          onPress={() => onChoose(journey.tag)}
        >
          <span className={styles.commit}>
            <JourneyStatus status={status} />
            <span className={styles.what}>
              <span className={styles.about}>
                {about?.title ?? nameOf(journey, t)}
              </span>
              <span className={styles.quiet}>
                {about && <code>{nameOf(journey, t)}</code>}
                {about?.author && (
                  <span className={styles.author}>
                    <Avatar
                      src={about.avatarUrl ?? ''}
                      name={about.author}
                      size="x-small"
                      purpose="decoration"
                    />
                    {about.author}
                  </span>
                )}
                {startedAt && <Age since={startedAt} />}
              </span>
            </span>
          </span>
        </Button>
      </li>
    );
  },
  (a, b) =>
    a.isChosen === b.isChosen &&
    a.onChoose === b.onChoose &&
    SHOWN.every(key => a.journey[key] === b.journey[key]),
);
