import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  OperationName,
  OperationOutcome,
  OperationRequest,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { deliveryApiRef } from '../../api';
import { toFailure } from '../../follow/failure';
import { useWords } from '../../language';
import { focusFirst, wayToFocus } from '../focus';
import type { Press } from '../focus';
import { ConfirmDialog } from './ConfirmDialog';
import { OperationsContext } from './OperationsContext';
import type { Operations } from './OperationsContext';
import { asShown, cautionOf, operationText } from './operationText';
import type { OperationText } from './operationText';
import { OutcomeNote } from './OutcomeNote';
import type { Note } from './OutcomeNote';
import { useAvailability } from './useAvailability';
import { usePendingOperations } from './usePendingOperations';

const DESTRUCTIVE = new Set<OperationName>([
  'stop-run',
  'terminate-run',
  'terminate-sync',
  'rollback',
]);

/** What is asked of the user now, as it stood then: what is confirmed is what was read. */
type Question = {
  /** Tells it from those before and after it. */
  id: symbol;
  request: OperationRequest;
  sent: OperationRequest;
  text: OperationText;
  caution?: Stage;
  isBusy?: boolean;
  refusal?: string;
  outcome?: OperationOutcome;
};

/** Lets everything inside operate the golden path, with one dialog for all of it. */
export function OperationsProvider(props: {
  delivery: Delivery;
  children: ReactNode;
}) {
  const { delivery, children } = props;
  const { entityRef } = delivery;
  const api = useApi(deliveryApiRef);
  const { t } = useWords();
  const availabilityOf = useAvailability(entityRef, delivery);
  const { add, isPending } = usePendingOperations(delivery);
  const [question, setQuestion] = useState<Question>();
  const [notes, setNotes] = useState<Note[]>([]);
  /** `id` of the question whose dialog is open. */
  const open = useRef<symbol>();
  const newest = useRef(delivery);
  newest.current = delivery;
  /** From the button that asked, which may be gone once it is done. */
  const wayBack = useRef<Element[]>([]);

  const ask = useCallback(
    (request: OperationRequest) => {
      wayBack.current = wayToFocus();
      open.current = Symbol(request.operation);
      setNotes([]);
      setQuestion({
        id: open.current,
        request,
        sent: asShown(request, newest.current),
        text: operationText(request, newest.current, t),
        caution: cautionOf(request, newest.current),
      });
    },
    [t],
  );
  const { environments } = delivery;
  const textOf = useCallback(
    (request: OperationRequest) =>
      // Stages change with each update, and what buttons say does not depend on them.
      operationText(request, { environments, stages: [] }, t),
    [environments, t],
  );
  const operations = useMemo<Operations>(
    () => ({ ask, availabilityOf, isPending, textOf }),
    [ask, availabilityOf, isPending, textOf],
  );

  const close = () => {
    open.current = undefined;
    setQuestion(undefined);
    // The dialog gives the focus back, unless what asked has gone meanwhile.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) {
          focusFirst({ pointerType: 'keyboard' }, wayBack.current);
        }
      }),
    );
  };

  const perform = async ({ id, request, sent, text }: Question) => {
    const before = newest.current;
    const change = (to: Pick<Question, 'isBusy' | 'refusal' | 'outcome'>) =>
      setQuestion(
        shown =>
          shown && { ...shown, isBusy: false, refusal: undefined, ...to },
      );
    // Whoever has cancelled meanwhile, and may be asked something else, still has to know.
    const isOpen = () => open.current === id;
    const tell = (note: Note) => setNotes(told => [...told, note]);
    change({ isBusy: true });
    try {
      const outcome = await api.operate({ entityRef, request: sent });
      add({ request, outcome, before }, newest.current);
      if (outcome.link && isOpen()) {
        change({ outcome });
      } else {
        tell({ outcome });
        if (isOpen()) close();
      }
    } catch (error) {
      const { message } = toFailure(error);
      if (isOpen()) {
        change({ refusal: message });
      } else {
        tell({ refused: text.name, refusal: message });
      }
    }
  };

  const dismiss = (press: Press) => {
    focusFirst(press, wayBack.current);
    setNotes([]);
  };

  return (
    <OperationsContext.Provider value={operations}>
      {children}
      <OutcomeNote notes={notes} onDismiss={dismiss} />
      {question && (
        <ConfirmDialog
          text={question.text}
          caution={question.caution}
          isDestructive={DESTRUCTIVE.has(question.request.operation)}
          isBusy={question.isBusy ?? false}
          refusal={question.refusal}
          outcome={question.outcome}
          onConfirm={() => perform(question)}
          onCancel={close}
        />
      )}
    </OperationsContext.Provider>
  );
}
