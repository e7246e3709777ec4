/**
 * Who is signed in. The access token is in this module's memory; the refresh token is in a cookie that no script reads. A
 * token is good for one place: in another one another is asked for.
 */

import operations from '../operations.js';
import { Fault } from './fault.js';
import { isSame } from './place.js';
import { place as here } from './route.js';
import { signal } from './signal.js';

/** @typedef {import('./place.js').Place} Place */
/**
 * @typedef {object} Session
 * @property {string} accessToken
 * @property {string} expiresAt
 * @property {string} sessionEndsAt
 * @property {boolean} needsSecondFactor
 * @property {string | null} role
 * @property {'MFA' | 'PWD'} acr
 */

/** A token is replaced when it has so long to go. */
const EARLY = 30_000;

/** Whoever signed in; null: nobody is, undefined: it is not known yet. @type {ReturnType<typeof signal<Session | null | undefined>>} */
export const session = signal(/** @type {Session | null | undefined} */ (undefined));

/** What asks people for something before a request can go on; drawn by the frame. @type {ReturnType<typeof signal<Prompt | null>>} */
export const prompt = signal(/** @type {Prompt | null} */ (null));

/** @typedef {{ kind: 'sign-in' | 'confirm', acr?: string, done: () => void, cancel: () => void }} Prompt */

/** @type {Place | null} */
let tokenPlace = null;
/** @type {Promise<Session> | null} */
let refreshing = null;
/** @type {Promise<void> | null} */
let asking = null;

/**
 * Posts an operation as whoever the token is of.
 * @param {string} name
 * @param {object} variables
 * @param {{ token?: string, headers?: Record<string, string>, signal?: AbortSignal }} [by]
 * @returns {Promise<any>} its data
 */
export async function post(name, variables, { token, headers = {}, signal: ends } = {}) {
  const sha256Hash = operations[name];
  if (!sha256Hash) throw new Error(`there is no operation ${name}`);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    signal: ends ?? null,
  }).catch((cause) => {
    throw ends?.aborted ? cause : Fault.offline();
  });
  // A proxy before the server, or the server in the middle of its end, answers something else.
  const answer = await response.json().catch(() => null);
  if (!answer || (!answer.data && !answer.errors)) throw Fault.offline();
  if (answer.errors) throw Fault.of(answer.errors[0]);
  return answer.data;
}

/** @param {Session} given @param {Place} where */
function keep(given, where) {
  tokenPlace = where;
  session.set(given);
  return given;
}

/**
 * A token for a place, fresh enough.
 * @param {Place} place
 * @param {{ isStale?: boolean }} [how] `isStale`: the one at hand was refused
 * @returns {Promise<string>}
 */
export async function token(place, { isStale = false } = {}) {
  const held = session.get();
  const isFit = held && !isStale && tokenPlace && isSame(tokenPlace, place);
  if (isFit && Date.parse(held.expiresAt) - Date.now() > EARLY) return held.accessToken;
  return (await refresh(place)).accessToken;
}

/**
 * Another token, by the cookie. Tabs take turns, so that none sends a refresh token that another has just replaced.
 * @param {Place} place
 * @returns {Promise<Session>}
 */
export function refresh(place) {
  const input = { ...(place.dealership && { dealership: place.dealership }), ...(place.branch && { branch: place.branch }) };
  const once = async () => {
    // Its turn may come when somebody has gone elsewhere: no request is about another place than that on screen.
    if (!isSame(place, here())) throw new DOMException('The place has changed.', 'AbortError');
    return (await post('RefreshSession', { input })).refreshSession;
  };
  refreshing ??= navigator.locks
    .request('forecourt-refresh', once)
    .then(async (given) => keep(await given, place))
    .finally(() => (refreshing = null));
  // One that is under way may be for another place.
  const mine = refreshing;
  return mine.then(
    (given) => (tokenPlace && isSame(tokenPlace, place) ? given : refresh(place)),
    (cause) => {
      if (cause instanceof Fault || !isSame(place, here())) throw cause;
      return refresh(place);
    },
  );
}

/**
 * Signs in.
 * @param {{ email: string, password: string, code?: string }} credentials
 * @param {Place} place
 */
export async function signIn(credentials, place) {
  const { signIn: given } = await post('SignIn', { input: { ...credentials, keep: 'COOKIE' } });
  // Where it acts is chosen by the address: a sign-in itself does not fail for it.
  keep(given, { dealership: null, branch: null });
  return given.needsSecondFactor ? given : refresh(place).catch(() => given);
}

/** Proves who it is once more. @param {{ code?: string, password?: string }} proof @param {Place} place */
export async function confirm(proof, place) {
  const held = session.get();
  const by = held ? { token: held.accessToken } : {};
  const { confirmIdentity } = await post('ConfirmIdentity', { input: proof }, by);
  keep(confirmIdentity, place);
}

/** Takes over a session that an answer brought. @param {Session} given @param {Place} place */
export const adopt = (given, place) => keep(given, place);

/** Signs this device out. */
export async function signOut() {
  const held = session.get();
  if (held) await post('SignOut', {}, { token: held.accessToken }).catch(() => undefined);
  forget();
}

/** Forgets who was signed in. */
export function forget() {
  tokenPlace = null;
  session.set(null);
}

/**
 * Asks the person for something, over what is on screen, so that nothing that was typed is lost. Requests that wait for the
 * same thing wait together.
 * @param {{ kind: 'sign-in' | 'confirm', acr?: string }} what
 * @returns {Promise<void>} rejected where the person will not
 */
export function insist(what) {
  if (asking) return asking;
  /** @type {Promise<void>} */
  const answered = new Promise((resolve, reject) => {
    prompt.set({ ...what, done: resolve, cancel: () => reject(new Fault('CANCELLED', 'Not done.')) });
  });
  asking = answered.finally(() => {
    asking = null;
    prompt.set(null);
  });
  return asking;
}
