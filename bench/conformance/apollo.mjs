// Apollo Client: fetch and graphql-ws behind one split, automatic persisted queries, Relay's pages in its cache.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { SetContextLink } from '@apollo/client/link/context';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { filter, firstValueFrom } from 'rxjs';
import WebSocket from 'ws';
import { openBills, pay } from './support/changes.mjs';
import { listener, meanwhile } from './support/heard.mjs';
import { enter } from './support/people.mjs';
import { operation, server, socketOf } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const token = await enter('clerk');
/** What was sent by HTTP. */
const sent = [];
async function watchedFetch(url, request) {
  sent.push(JSON.parse(request.body));
  return fetch(url, request);
}

globalThis.WebSocket ??= WebSocket; // Browsers have one, and Node.js from 22 on.

// --- client
const signedIn = new SetContextLink(async ({ headers }) => ({
  headers: { ...headers, authorization: `Bearer ${await token()}` },
}));
const persisted = new PersistedQueryLink({
  sha256: (text) => createHash('sha256').update(text).digest('hex'), // in a browser: crypto-hash
});
const http = ApolloLink.from([signedIn, persisted, new HttpLink({ uri: server, fetch: watchedFetch })]);
const socket = new GraphQLWsLink(
  createClient({
    url: socketOf(server),
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
  }),
);
const client = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, socket, http),
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { bills: relayStylePagination(['filter', 'orderBy']) } } },
  }),
});
// --- end

const bills = gql`query Bills($first: Int!, $after: String) {
  bills(first: $first, after: $after) { edges { cursor node { id number } } pageInfo { hasNextPage endCursor } }
}`;

await check('asks by hash first, and sends the text of a query that is not known yet', async () => {
  const text = gql(`query Fresh${Date.now()} { viewer { email } }`);
  for (const round of [1, 2]) {
    sent.length = 0;
    const { data } = await client.query({ query: text, fetchPolicy: 'network-only' });
    assert.match(data.viewer.email, /^clerk@/);
    assert.deepEqual(sent.map(({ query }) => query !== undefined), round === 1 ? [false, true] : [false]);
  }
});

await check('a text under another hash is refused', async () => {
  const response = await fetch(server, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
    body: JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }),
  });
  const { data, errors } = await response.json();
  assert.ok(!data && errors[0].extensions.code, JSON.stringify({ data, errors }));
});

await check('pages through bills into its cache', async () => {
  // --- pages
  const list = client.watchQuery({ query: bills, variables: { first: 10 } });
  const { data: page } = await firstValueFrom(list.pipe(filter(({ loading }) => !loading)));
  await list.fetchMore({ variables: { after: page.bills.pageInfo.endCursor } });
  const { data } = list.getCurrentResult();
  // --- end
  const ids = data.bills.edges.map(({ node }) => node.id);
  assert.equal(ids.length, 20);
  assert.equal(new Set(ids).size, 20);
});

await check('branches on the code of an error', async () => {
  let code;
  // --- errors
  try {
    await client.query({ query: gql(operation('bill')), variables: { id: 'unknown' } });
  } catch (error) {
    if (!CombinedGraphQLErrors.is(error)) throw error; // no answer at all
    code = error.errors[0].extensions.code;
  }
  // --- end
  assert.equal(code, 'NOT_FOUND');
});

await check('subscribes, and the change is in its cache', async () => {
  const [bill] = await openBills(server, await token());
  const sink = listener();
  // --- subscription
  const subscription = client.subscribe({ query: gql(operation('bill_changed')) }).subscribe({
    next: ({ data, error }) => (error ? sink.error(error) : sink.next(data.billChanged.bill)),
  });
  // --- end
  const change = async () => pay(server, await token(), bill);
  await meanwhile(change, sink.until(({ events }) => events.some(({ id }) => id === bill.id)));
  subscription.unsubscribe();
  assert.equal(client.cache.extract()[`Bill:${bill.id}`].number, bill.number);
});
end();
