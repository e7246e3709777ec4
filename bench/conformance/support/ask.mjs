// One operation by fetch, and what a client does about an answer that asks it to wait.
import { setTimeout as sleep } from 'node:timers/promises';

/** The data of an operation. */
// --- ask
export async function ask(url, token, query, variables, headers) {
  const { data, errors } = await send(url, token, { query, variables }, headers);
  const limited = errors?.find(({ extensions }) => extensions.code === 'RATE_LIMITED');
  if (limited) {
    await sleep(limited.extensions.retryAfter * 1000);
    return ask(url, token, query, variables, headers);
  }
  if (errors) throw new Refused(errors);
  return data;
}

/** The whole answer to a request. */
export async function send(url, token, request, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** Why there is no answer: `code` is what a program goes by, never the message. */
export class Refused extends Error {
  constructor([{ message, extensions }]) {
    super(`${extensions.code}: ${message}`);
    ({ code: this.code, ...this.more } = extensions);
  }
}
// --- end
