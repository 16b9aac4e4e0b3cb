import type { OperationRequest } from '@golden-path/plugin-delivery-common';
import { createContext, useContext } from 'react';
import type { Availability } from './useAvailability';
import type { OperationText } from './operationText';

/** What the buttons of the page need; does not change with each update of the delivery. */
export type Operations = {
  /** Asks the user to confirm it, then has it done. */
  ask: (request: OperationRequest) => void;
  availabilityOf: (request: OperationRequest) => Availability;
  /** Whether it was accepted and the stream has not shown yet what it led to. */
  isPending: (request: OperationRequest) => boolean;
  textOf: (request: OperationRequest) => OperationText;
};

export const OperationsContext = createContext<Operations | undefined>(
  undefined,
);

/** @throws outside of the provider, which is a mistake of ours */
export function useOperations(): Operations {
  const operations = useContext(OperationsContext);
  if (!operations) {
    throw new Error('There is no OperationsProvider around this');
  }
  return operations;
}
