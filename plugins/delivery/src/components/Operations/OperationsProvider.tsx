import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  OperationName,
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { deliveryApiRef } from '../../api';
import { toFailure } from '../../follow/failure';
import { useWords } from '../../language';
import { ConfirmDialog } from './ConfirmDialog';
import { OperationsContext } from './OperationsContext';
import type { Operations } from './OperationsContext';
import { cautionOf, operationText } from './operationText';
import { OutcomeNote } from './OutcomeNote';
import { useAvailability } from './useAvailability';
import { usePendingOperations } from './usePendingOperations';

const DESTRUCTIVE = new Set<OperationName>([
  'stop-run',
  'terminate-run',
  'terminate-sync',
  'rollback',
]);

/** What is asked of the user now. */
type Question = {
  request: OperationRequest;
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

  const ask = useCallback(
    (request: OperationRequest) => setQuestion({ request }),
    [],
  );
  const { environments } = delivery;
  const textOf = useCallback(
    (request: OperationRequest) => operationText(request, { environments }, t),
    [environments, t],
  );
  const operations = useMemo<Operations>(
    () => ({ ask, availabilityOf, isPending, textOf }),
    [ask, availabilityOf, isPending, textOf],
  );

  const perform = async ({ request }: Question) => {
    const before = newest.current;
    setQuestion({ request, isBusy: true });
    setOutcome(undefined);
    try {
      const answer = await api.operate({ entityRef, request });
      add({ request, outcome: answer, before }, newest.current);
      if (answer.link) {
        setQuestion({ request, outcome: answer });
      } else {
        setOutcome(answer);
        setQuestion(undefined);
      }
    } catch (error) {
      const { message } = toFailure(error);
      // Whoever has cancelled meanwhile still has to know.
      setQuestion({ request, refusal: message });
    }
  };

  return (
    <OperationsContext.Provider value={operations}>
      {children}
      <OutcomeNote outcome={outcome} onDismiss={() => setOutcome(undefined)} />
      {question && (
        <ConfirmDialog
          text={textOf(question.request)}
          caution={cautionOf(question.request, delivery)}
          isDestructive={DESTRUCTIVE.has(question.request.operation)}
          isBusy={question.isBusy ?? false}
          refusal={question.refusal}
          outcome={question.outcome}
          onConfirm={() => perform(question)}
          onCancel={() => setQuestion(undefined)}
        />
      )}
    </OperationsContext.Provider>
  );
}
