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
  const [outcome, setOutcome] = useState<OperationOutcome>();
  const newest = useRef(delivery);
  newest.current = delivery;
  /** From the button that asked, which may be gone once it is done. */
  const wayBack = useRef<Element[]>([]);

  const ask = useCallback(
    (request: OperationRequest) => {
      wayBack.current = wayToFocus();
      setQuestion({
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

  const perform = async (asked: Question) => {
    const { request, sent } = asked;
    const before = newest.current;
    setQuestion({ ...asked, refusal: undefined, isBusy: true });
    setOutcome(undefined);
    try {
      const answer = await api.operate({ entityRef, request: sent });
      add({ request, outcome: answer, before }, newest.current);
      if (answer.link) {
        setQuestion({ ...asked, outcome: answer });
      } else {
        setOutcome(answer);
        close();
      }
    } catch (error) {
      const { message } = toFailure(error);
      // Whoever has cancelled meanwhile still has to know.
      setQuestion({ ...asked, refusal: message });
    }
  };

  const dismiss = (press: Press) => {
    focusFirst(press, wayBack.current);
    setOutcome(undefined);
  };

  return (
    <OperationsContext.Provider value={operations}>
      {children}
      <OutcomeNote outcome={outcome} onDismiss={dismiss} />
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
