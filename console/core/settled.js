/** Values that wait: for the end of typing, and for the next answer. */

import { useEffect, useRef, useState } from './view.js';

/**
 * What was typed, once nothing more is typed for a moment.
 * @template T
 * @param {T} value
 * @param {number} [milliseconds]
 * @returns {T}
 */
export function useSettled(value, milliseconds = 180) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * The latest that was there, while the next is not: a list does not blink at every letter.
 * @template T
 * @param {T | undefined} value
 * @returns {T | undefined}
 */
export function useLast(value) {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}
