import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type {
  OperationOutcome,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import { SystemLinks } from '../Section';
import { rootClass, StatusIcon } from '../status';
import type { OperationText } from './operationText';
import styles from './Operations.module.css';

/** Says what will happen and asks whether it should. */
export function ConfirmDialog(props: {
  text: OperationText;
  /** What speaks against it. */
  caution?: Stage;
  isDestructive: boolean;
  isBusy: boolean;
  /** Why it was not done, where it was refused. */
  refusal?: string;
  /** What came of it, where somebody has to go on from there. */
  outcome?: OperationOutcome;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const { text, caution, isDestructive, isBusy, refusal, outcome } = props;
  const { onConfirm, onCancel } = props;
  const { t, say } = useWords();
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => {
        if (!isOpen) onCancel();
      }}
      width="min(520px, 92vw)"
      className={styles.dialog}
    >
      <DialogHeader>{text.name}</DialogHeader>
      <DialogBody className={rootClass}>
        {!outcome && <p className={styles.effect}>{text.effect}</p>}
        {!outcome && caution && (
          <Alert
            status="warning"
            icon
            title={t('operation.promote.caution', {
              environment: caution.environment ?? '',
            })}
            description={say(caution.sentence)}
          />
        )}
        <div aria-live="polite" className={styles.words}>
          {outcome && (
            <>
              <StatusIcon status="succeeded" />
              <span>{say(outcome.sentence)}</span>
              {outcome.link && <SystemLinks links={[outcome.link]} />}
            </>
          )}
        </div>
        <div role="alert">
          {refusal && (
            <Alert
              status="danger"
              icon
              title={t('operation.refused')}
              description={refusal}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        {outcome ? (
          <Button
            key="close"
            variant="primary"
            onPress={onCancel}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- What had the focus is gone.
            autoFocus
          >
            {t('operation.close')}
          </Button>
        ) : (
          <>
            <Button variant="secondary" onPress={onCancel}>
              {t('operation.cancel')}
            </Button>
            <Button
              variant="primary"
              destructive={isDestructive}
              isPending={isBusy}
              onPress={onConfirm}
              // eslint-disable-next-line jsx-a11y/no-autofocus -- The dialog opens on request, and this is what it is about.
              autoFocus
            >
              {text.label}
            </Button>
          </>
        )}
      </DialogFooter>
    </Dialog>
  );
}
