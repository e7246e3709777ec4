/** Reading, as hooks of views. */

import { ask } from './api.js';
import { Fault } from './fault.js';
import { place as here } from './route.js';
import { useCallback, useEffect, useRef, useState } from './view.js';

/** @typedef {import('../types/operations.js').Operations} Operations */

/** Answers that are kept, so that going back shows at once what was there. */
const MOST_KEPT = 60;

/** @type {Map<string, any>} */
const kept = new Map();

/** Forgets all answers: somebody else looks, or from elsewhere. */
export function forgetAnswers() {
  kept.clear();
}

/** @param {string} key @param {any} data */
function keep(key, data) {
  kept.delete(key);
  kept.set(key, data);
  if (kept.size > MOST_KEPT) kept.delete(/** @type {string} */ (kept.keys().next().value));
}

/**
 * @template T
 * @typedef {object} Answer
 * @property {T | undefined} data the latest; it stays while it is read anew, unless it is gone
 * @property {Fault | null} fault why there is none, or none anew
 * @property {boolean} isLoading
 * @property {() => void} again reads anew
 */

/**
 * What an operation answers; null variables ask for nothing.
 * @template {keyof Operations} N
 * @param {N} name
 * @param {Operations[N]['variables'] | null} [variables]
 * @returns {Answer<Operations[N]['data']>}
 */
export function useQuery(name, variables = /** @type {any} */ ({})) {
  const key = variables && JSON.stringify([here(), name, variables]);
  const [state, setState] = useState(() => ({ key, data: key ? kept.get(key) : undefined, fault: /** @type {Fault | null} */ (null), isLoading: Boolean(key) }));
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((round) => round + 1), []);
  useEffect(() => {
    if (!key || !variables) return setState({ key, data: undefined, fault: null, isLoading: false });
    const ends = new AbortController();
    setState((old) => ({ key, data: old.key === key ? old.data : kept.get(key), fault: null, isLoading: true }));
    ask(name, variables, { signal: ends.signal }).then(
      (data) => {
        if (ends.signal.aborted) return;
        keep(key, data);
        setState({ key, data, fault: null, isLoading: false });
      },
      (fault) => {
        if (ends.signal.aborted || fault.name === 'AbortError') return;
        const told = fault instanceof Fault ? fault : new Fault('INTERNAL', String(fault));
        // What is not there any more, or not for them, is not shown any longer.
        const isGone = told.isDenied || told.code === 'NOT_FOUND';
        if (isGone) kept.delete(key);
        setState((old) => ({ ...old, data: isGone ? undefined : old.data, fault: told, isLoading: false }));
      },
    );
    return () => ends.abort();
  }, [key, round]);
  // Between a change of the key and its effect, what is there is of something else.
  const isOfThis = state.key === key;
  return {
    data: isOfThis ? state.data : undefined,
    fault: isOfThis ? state.fault : null,
    isLoading: isOfThis ? state.isLoading : Boolean(key),
    again,
  };
}

/**
 * The rows of a connection, page by page.
 * @param {keyof Operations} name an operation with `$first` and `$after`, whose one field is a connection of `nodes` and `pageInfo`
 * @param {object | null} variables
 * @param {number} [size] rows of a page
 */
export function usePages(name, variables, size = 25) {
  const [more, setMore] = useState(/** @type {{ key: string, rows: any[], pageInfo: any } | null} */ (null));
  const [isAdding, setAdding] = useState(false);
  const answer = useQuery(name, /** @type {any} */ (variables && { ...variables, first: size, after: null }));
  const first = answer.data && /** @type {any} */ (Object.values(answer.data)[0]);
  const key = JSON.stringify([here(), name, variables]);
  const latest = useRef(key);
  latest.current = key;
  const added = more && more.key === key && first ? more : null;
  useEffect(() => setMore(null), [first]);
  const pageInfo = added?.pageInfo ?? first?.pageInfo;
  const next = async () => {
    setAdding(true);
    try {
      const data = await ask(name, /** @type {any} */ ({ ...variables, first: size, after: pageInfo.endCursor }));
      const page = /** @type {any} */ (Object.values(data)[0]);
      if (latest.current === key) setMore({ key, rows: [...(added?.rows ?? []), ...page.nodes], pageInfo: page.pageInfo });
    } finally {
      setAdding(false);
    }
  };
  return {
    ...answer,
    connection: first,
    rows: first && [...first.nodes, ...(added?.rows ?? [])],
    hasMore: Boolean(pageInfo?.hasNextPage),
    isAdding,
    next,
  };
}
