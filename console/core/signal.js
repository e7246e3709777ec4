/** A value that views watch. */

import { useEffect, useState } from './view.js';

/**
 * @template T
 * @param {T} value
 */
export function signal(value) {
  /** @type {Set<() => void>} */
  const watchers = new Set();
  return {
    get: () => value,
    /** @param {T} next */
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const watcher of [...watchers]) watcher();
    },
    /** @param {() => void} watcher */
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

/**
 * The value of a signal; the view is drawn anew when it changes.
 * @template T
 * @param {{ get: () => T, watch: (watcher: () => void) => () => void }} source
 * @returns {T}
 */
export function useSignal(source) {
  const [, draw] = useState({});
  useEffect(() => source.watch(() => draw({})), [source]);
  return source.get();
}
