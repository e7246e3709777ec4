/** Asking the server, from the place on screen. */

import { Fault } from './fault.js';
import { headers, isSame } from './place.js';
import { place as here } from './route.js';
import { insist, post, session, token } from './session.js';

/** @typedef {import('../types/operations.js').Operations} Operations */

/** How often a change is sent again that may not have arrived. */
const TRIES = 6;

/** The longest a refusal "later" is waited for, in seconds. */
const PATIENCE = 10;

/** Keys of changes that are under way, by what they are: the same thing asked twice is done once. @type {Map<string, string>} */
const keys = new Map();

/** @param {number} milliseconds @returns {Promise<void>} */
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * What an operation of `console/operations/` answers. A token that ended is replaced, a person who has to is asked to sign in
 * or to confirm who it is, and a server that is busy is asked again; what is thrown after that is a `Fault`.
 * @template {keyof Operations} N
 * @param {N} name
 * @param {Operations[N]['variables']} [variables]
 * @param {{ signal?: AbortSignal }} [how]
 * @returns {Promise<Operations[N]['data']>}
 */
export async function ask(name, variables = /** @type {any} */ ({}), { signal } = {}) {
  const place = here();
  for (let round = 0; ; round += 1) {
    try {
      const by = { token: await token(place), headers: headers(place), ...(signal && { signal }) };
      // The place may have changed while a token was asked for: no request is about another one than that on screen.
      if (!isSame(place, here())) throw new DOMException('The place has changed.', 'AbortError');
      return await post(name, variables, by);
    } catch (fault) {
      if (!(fault instanceof Fault) || round >= 4) throw fault;
      await mend(fault);
    }
  }
}

/** Does what a fault asks for, so that the same can be asked again; throws the fault where nothing helps. @param {Fault} fault */
async function mend(fault) {
  switch (fault.code) {
    case 'UNAUTHENTICATED':
      // A token that was good a moment ago may have been ended; its successor tells.
      if (session.get() === null) return insist({ kind: 'sign-in' });
      return void (await token(here(), { isStale: true }).catch((cause) => {
        if (!(cause instanceof Fault) || cause.code !== 'UNAUTHENTICATED') throw cause;
        return insist({ kind: 'sign-in' });
      }));
    case 'INSUFFICIENT_USER_AUTHENTICATION':
      if (session.get()?.needsSecondFactor) throw fault;
      return insist({ kind: 'confirm', acr: fault.more.acr });
    case 'RATE_LIMITED':
      if (fault.more.retryAfter > PATIENCE) throw fault;
      return sleep(fault.more.retryAfter * 1000);
    default:
      throw fault;
  }
}

/**
 * Makes a change: the payload of the mutation's one field. A mutation that creates gets an idempotency key, the same one for
 * the same input until an answer came: neither a double click nor a server that is restarted makes two.
 * @param {keyof Operations} name
 * @param {object} input
 * @param {{ creates?: boolean }} [how]
 * @returns {Promise<any>}
 */
export async function change(name, input, { creates = false } = {}) {
  const what = JSON.stringify([name, here(), input]);
  const idempotencyKey = keys.get(what) ?? crypto.randomUUID();
  keys.set(what, idempotencyKey);
  const variables = /** @type {any} */ ({ input: creates ? { ...input, idempotencyKey } : input });
  for (let tries = 1; ; tries += 1) {
    try {
      const data = await ask(name, variables);
      keys.delete(what);
      return Object.values(data)[0];
    } catch (fault) {
      const isLost = fault instanceof Fault && (fault.isOffline || fault.code === 'DEADLINE_EXCEEDED');
      if (!creates || !isLost || tries >= TRIES) throw fault;
      await sleep(300 * 2 ** tries);
    }
  }
}
