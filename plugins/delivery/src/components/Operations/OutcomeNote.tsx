import type { OperationOutcome } from '@golden-path/plugin-delivery-common';
import { ButtonIcon } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useWords } from '../../language';
import type { Press } from '../focus';
import { SystemLinks } from '../Section';
import { StatusIcon } from '../status';
import styles from './Operations.module.css';

/** What came of an operation; of one that was refused its name, and why. */
export type Note =
  | { outcome: OperationOutcome }
  | { refused: string; refusal: string };

/**
 * What came of the last operation, and of those that were cancelled too late. It lies over
 * the page, so that nothing moves, and stays until it is dismissed or something else is asked.
 */
export function OutcomeNote(props: {
  notes: Note[];
  onDismiss: (press: Press) => void;
}) {
  const { notes, onDismiss } = props;
  const { t } = useWords();
  const isShown = notes.length > 0;
  return (
    <div
      className={styles.outcome}
      data-shown={isShown || undefined}
      data-still
    >
      {/* Always there: a live region that comes with its text is not read. React Aria
          leaves it audible beside a dialog that has been opened since. */}
      <div aria-live="polite" data-live-announcer>
        {notes.map((note, i) => (
          <div key={i} className={styles.words}>
            <Words note={note} />
          </div>
        ))}
      </div>
      {isShown && (
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('operation.dismiss')}
          onPress={onDismiss}
        />
      )}
    </div>
  );
}

function Words({ note }: { note: Note }) {
  const { t, say } = useWords();
  if ('refused' in note) {
    return (
      <>
        <StatusIcon status="failed" />
        <span>
          <b>{note.refused}:</b> {t('operation.refused')} {note.refusal}
        </span>
      </>
    );
  }
  const { outcome, sentence, link } = note.outcome;
  return (
    <>
      <StatusIcon status={outcome === 'accepted' ? 'succeeded' : 'waiting'} />
      <span>{say(sentence)}</span>
      {link && <SystemLinks links={[link]} />}
    </>
  );
}
