// urql: queries, mutations and pages over fetch, subscriptions over graphql-ws.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { openBills, pay } from './support/changes.mjs';
import { listener, meanwhile } from './support/heard.mjs';
import { enter } from './support/people.mjs';
import { operation, server, socketOf } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const token = await enter('clerk');

// --- client
const socket = createClient({
  url: socketOf(server),
  webSocketImpl: WebSocket, // in a browser: leave it out
  connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
});
const client = new Client({
  url: server,
  preferGetMethod: false,
  fetch: async (url, request) =>
    fetch(url, { ...request, headers: { ...request.headers, authorization: `Bearer ${await token()}` } }),
  exchanges: [
    cacheExchange,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
      }),
    }),
  ],
});
// --- end

await check('pages through bills', async () => {
  // --- pages
  const bills = [];
  let after = null;
  do {
    const { data, error } = await client.query(operation('bills'), { first: 20, after });
    if (error) throw error;
    bills.push(...data.bills.nodes);
    after = data.bills.pageInfo.hasNextPage ? data.bills.pageInfo.endCursor : null;
  } while (after && bills.length < 60);
  // --- end
  assert.ok(bills.length > 20, `${bills.length} bills`);
  assert.equal(new Set(bills.map(({ id }) => id)).size, bills.length, 'each once');
});

await check('changes, and is told what was refused', async () => {
  const [bill] = await openBills(server, await token());
  const take = (amountMinor) => {
    const input = { bill: bill.id, amountMinor, method: 'CASH', idempotencyKey: randomUUID() };
    return client.mutation(operation('take_payment'), { input });
  };
  const done = await take(1);
  assert.deepEqual(done.data?.takePayment.userErrors, [], done.error?.message);
  const refused = await take(10 ** 15);
  assert.equal(refused.data?.takePayment.payment, null);
  assert.ok(refused.data.takePayment.userErrors[0].code);
});

await check('branches on the code of an error', async () => {
  // --- errors
  const { error } = await client.query(operation('bill'), { id: 'unknown' });
  const code = error?.graphQLErrors[0]?.extensions.code;
  // --- end
  assert.equal(code, 'NOT_FOUND');
});

await check('subscribes', async () => {
  const [bill] = await openBills(server, await token());
  const sink = listener();
  // --- subscription
  const { unsubscribe } = client.subscription(operation('bill_changed'), {}).subscribe(({ data, error }) => {
    if (error) sink.error(error);
    if (data) sink.next(data.billChanged.bill);
  });
  // --- end
  const change = async () => pay(server, await token(), bill);
  await meanwhile(change, sink.until(({ events }) => events.some(({ id }) => id === bill.id)));
  unsubscribe();
});
end();
