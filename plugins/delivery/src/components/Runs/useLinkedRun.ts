import { useEffect, useRef } from 'react';
import {
  NavigationType,
  useLocation,
  useNavigationType,
} from 'react-router-dom';
import { scrollToRun } from './scrollToRun';

/**
 * Brings a run into view when somebody follows a link to it, such as that of a
 * notification: one that leads to this page, or from this page to another run on it.
 *
 * @param linked - name of the first run that the address names
 */
export function useLinkedRun(linked: string | undefined): void {
  const { key } = useLocation();
  const how = useNavigationType();
  const isHere = useRef(false);

  useEffect(() => {
    // What is opened on the page takes the place of its address, and Back leads to where
    // the page was: only a link adds an address.
    if (linked && (!isHere.current || how === NavigationType.Push)) {
      scrollToRun(linked, { block: 'start' });
    }
    isHere.current = true;
    // `key` is another with each navigation, also with one to the same run.
  }, [key, linked, how]);
}
