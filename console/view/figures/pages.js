/** Rows of a connection that stands deeper in an answer, page by page. */

import { ask } from '../../core/api.js';
import { Fault } from '../../core/fault.js';
import { place as here } from '../../core/route.js';
import { useQuery } from '../../core/query.js';
import { useEffect, useRef, useState } from '../../core/view.js';

/** Rows of a page: as many as an operation may cost. */
const SIZE = 25;

/** Shown at most: more is what a list of bills is for. */
const MOST = 1500;

/**
 * @template {'FigureFacts' | 'FigureOpen'} N
 * @param {N} name
 * @param {any} variables those of the operation, without `first` and `after`
 * @param {(data: any) => any} connectionOf where its connection is
 */
export function useRows(name, variables, connectionOf) {
  const answer = useQuery(name, { ...variables, first: SIZE, after: null });
  const [more, setMore] = useState(/** @type {{ of: any, rows: any[], pageInfo: any } | null} */ (null));
  const [isAdding, setAdding] = useState(false);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const key = JSON.stringify([here(), name, variables]);
  const latest = useRef(key);
  latest.current = key;
  // A view that was left asks for no more pages.
  useEffect(() => () => void (latest.current = ''), []);
  const first = answer.data && connectionOf(answer.data);
  const added = more && more.of === first ? more : null;
  /** @type {any[] | undefined} */
  const rows = first && [...first.nodes, ...(added?.rows ?? [])];
  const pageInfo = added?.pageInfo ?? first?.pageInfo;

  /** @param {boolean} isAll */
  const bring = async (isAll) => {
    setAdding(true);
    setFault(null);
    let [all, info] = [added?.rows ?? [], pageInfo];
    try {
      do {
        const page = connectionOf(await ask(name, { ...variables, first: SIZE, after: info.endCursor }));
        if (latest.current !== key || !page) return;
        [all, info] = [[...all, ...page.nodes], page.pageInfo];
        setMore({ of: first, rows: all, pageInfo: info });
      } while (isAll && info.hasNextPage && all.length < MOST);
    } catch (cause) {
      if (cause instanceof Fault) setFault(cause);
      else if (!(cause instanceof DOMException)) throw cause;
    } finally {
      setAdding(false);
    }
  };
  return { ...answer, data: /** @type {any} */ (answer.data), fault: answer.fault ?? fault, connection: first, rows, hasMore: Boolean(pageInfo?.hasNextPage), isAdding, next: () => bring(false), all: () => bring(true) };
}
