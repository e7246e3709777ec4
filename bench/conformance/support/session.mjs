// How a program signs in and stays signed in: no library but fetch.
import { operation } from './place.mjs';

/** Signs in; gives a function that gives an access token that holds. */
// --- session
export async function signIn(url, credentials) {
  let session = await change(url, operation('sign_in'), credentials);
  let refreshing;
  return async function token() {
    if (Date.parse(session.expiresAt) - Date.now() < 2_000) {
      // One refresh at a time: each refresh token is good once.
      refreshing ??= change(url, operation('refresh_session'), { refreshToken: session.refreshToken });
      session = await refreshing.finally(() => (refreshing = undefined));
    }
    return session.accessToken;
  };
}

async function change(url, query, input) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].extensions.code);
  return data.session;
}
// --- end
