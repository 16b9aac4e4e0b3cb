import type { OperationRequest } from '@golden-path/plugin-delivery-common';
import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';
import { memo, useCallback } from 'react';
import type { ComponentProps } from 'react';
import { isSame } from './isSame';
import { useOperations } from './OperationsContext';
import styles from './Operations.module.css';

type OperationButtonProps = {
  request: OperationRequest;
  variant?: ComponentProps<typeof Button>['variant'];
  /** Says on the button what it is about, where nothing beside it does. */
  isNamed?: boolean;
};

/** Requests are made on the way. What can be done, and its words, come by the context. */
const isSameButton = (a: OperationButtonProps, b: OperationButtonProps) =>
  a.variant === b.variant &&
  a.isNamed === b.isNamed &&
  isSame(a.request, b.request);

/**
 * Has something done, after the user has confirmed it. One that cannot be had stays
 * reachable by keyboard, so that its reason can be read.
 */
export const OperationButton = memo((props: OperationButtonProps) => {
  const { request, variant = 'secondary', isNamed } = props;
  const { ask, availabilityOf, isPending, textOf } = useOperations();
  const availability = availabilityOf(request);
  const { label, name } = textOf(request);
  const isUnavailable = availability.state === 'unavailable';
  // The component does not pass on `aria-disabled`, and its own `isDisabled` takes
  // the button out of reach.
  const mark = useCallback(
    (button: HTMLButtonElement | null) => {
      if (isUnavailable) {
        button?.setAttribute('aria-disabled', 'true');
      } else {
        button?.removeAttribute('aria-disabled');
      }
    },
    [isUnavailable],
  );
  const button = (
    <Button
      ref={mark}
      size="small"
      variant={isUnavailable ? 'secondary' : variant}
      className={`${styles.button} ${isUnavailable ? styles.unavailable : ''}`}
      isDisabled={availability.state === 'asking'}
      isPending={isPending(request)}
      aria-label={isNamed || label === name ? undefined : name}
      onPress={() => {
        if (!isUnavailable) ask(request);
      }}
    >
      {isNamed ? name : label}
    </Button>
  );
  return isUnavailable ? (
    <TooltipTrigger delay={200}>
      {button}
      <Tooltip className={styles.reason}>{availability.reason}</Tooltip>
    </TooltipTrigger>
  ) : (
    button
  );
}, isSameButton);

/** Why something cannot be done, where it cannot, for all to see. */
export function UnavailableReason(props: { request: OperationRequest }) {
  const availability = useOperations().availabilityOf(props.request);
  return availability.state === 'unavailable' ? (
    <p className={styles.why}>{availability.reason}</p>
  ) : null;
}
