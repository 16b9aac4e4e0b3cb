import { useLayoutEffect, useRef } from 'react';
import type { FocusEvent, RefObject } from 'react';
import { focusFirst } from '../focus';
import type { Press } from '../focus';

/** What takes the focus comes where what had it was: nobody has to be moved. */
const IN_PLACE: Press = { pointerType: 'mouse' };

/**
 * Leads the focus on when what has it goes, such as the button of a notice that has had
 * its answer: otherwise it would fall back to the beginning of the page.
 *
 * @param place - what takes it then
 * @returns for the element in which all of it stands
 */
export function useFocusKept(place: RefObject<Element>) {
  const hasFocus = useRef(false);

  useLayoutEffect(() => {
    // React tells of no blur while it takes elements away.
    if (hasFocus.current && document.activeElement === document.body) {
      hasFocus.current = false;
      focusFirst(IN_PLACE, [place.current]);
    }
  });

  return {
    onFocus: ({ currentTarget, target }: FocusEvent) => {
      // Events of a menu come here, too, which gives the focus back by itself.
      hasFocus.current = currentTarget.contains(target);
    },
    onBlur: () => {
      hasFocus.current = false;
    },
  };
}
