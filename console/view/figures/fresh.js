/** Figures that are read anew, and those that stay while they are. */

import { useLive } from '../../core/live.js';
import { useEffect, useRef } from '../../core/view.js';

/** Figures are read anew at most so often, in milliseconds. */
const PATIENCE = 5000;

/** What was there stays on screen until what is asked for instead is there: nothing jumps. @param {import('../../core/query.js').Answer<any>} answer */
export function useKept(answer) {
  const kept = useRef(/** @type {any} */ (undefined));
  if (answer.data) kept.current = answer.data;
  // A fault about something else is not covered by old figures.
  else if (answer.fault) kept.current = undefined;
  return kept.current;
}

/** Reads anew when figures of the place changed, not more often than people can look. @param {() => void} again */
export function useFresh(again) {
  const timer = useRef(/** @type {any} */ (null));
  const last = useRef(Date.now());
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      last.current = Date.now();
      again();
    }, Math.max(300, last.current + PATIENCE - Date.now()));
  };
  useLive('KpiChanged', { branch: null }, soon, soon);
  useEffect(() => () => clearTimeout(timer.current), []);
}
