/** What is told as it happens: one socket, for the place on screen. */

import { createClient } from '../vendor/graphql-ws.js';
import operations from '../operations.js';
import { isSame } from './place.js';
import { place as here } from './route.js';
import { token } from './session.js';
import { useEffect, useRef } from './view.js';

/** @type {{ place: import('./place.js').Place, client: any } | null} */
let open = null;

/** The socket of the present place; that of the place before is closed. */
function socket() {
  const place = here();
  if (open && isSame(open.place, place)) return open.client;
  open?.client.dispose();
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => ({ authorization: `Bearer ${await token(place)}` }),
    retryAttempts: Infinity,
    shouldRetry: () => true,
    keepAlive: 30_000,
  });
  open = { place, client };
  return client;
}

/**
 * Listens while the view is on screen. What happened while the socket was away is not told: `onGap` is called then.
 * @param {keyof import('../types/operations.js').Operations} name
 * @param {object} variables
 * @param {(data: any) => void} onTold
 * @param {() => void} [onGap]
 */
export function useLive(name, variables, onTold, onGap) {
  const handlers = useRef({ onTold, onGap });
  handlers.current = { onTold, onGap };
  const key = JSON.stringify([here(), name, variables]);
  useEffect(() => {
    const client = socket();
    let isFirst = true;
    const unwatch = client.on('connected', () => {
      if (!isFirst) handlers.current.onGap?.();
      isFirst = false;
    });
    const stop = client.subscribe(
      { query: '', variables, extensions: { persistedQuery: { version: 1, sha256Hash: operations[name] } } },
      {
        next: (/** @type {any} */ { data }) => data && handlers.current.onTold(data),
        // A subscription that fell behind or was refused: what is on screen is read anew at the next occasion.
        error: () => handlers.current.onGap?.(),
        complete: () => undefined,
      },
    );
    return () => {
      unwatch();
      stop();
    };
  }, [key]);
}
