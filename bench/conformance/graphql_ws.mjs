// The official client of GraphQL over WebSocket, with its own settings wherever nothing is said.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { openBills, pay } from './support/changes.mjs';
import { listener, meanwhile } from './support/heard.mjs';
import { enter } from './support/people.mjs';
import { operation, otherServer, pid, server, socketOf } from './support/place.mjs';
import { balancer } from './support/proxy.mjs';
import { check, end, skip } from './support/report.mjs';

// Signed in where the last check leaves a server.
const token = await enter('clerk', otherServer ?? server);
const [bill] = await openBills(server, await token());
// Whose change it is must not matter: on PostgreSQL another process makes it.
const elsewhere = process.env.CHANGES_ELSEWHERE === 'true' ? otherServer : server;
const change = async (url = elsewhere) => pay(url, await token(), bill);
const query = operation('bill_changed');
const isBill = ({ data }) => data?.billChanged?.bill?.id === bill.id;

// --- client
function client(url, more = {}) {
  return createClient({
    url: socketOf(url),
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    ...more,
  });
}
// --- end

await check('answers a query over the socket', async () => {
  const ws = client(server);
  const results = [];
  for await (const result of ws.iterate({ query: '{ viewer { email } }' })) results.push(result);
  assert.match(results[0].data.viewer.email, /^clerk@/);
  assert.equal(results.length, 1);
  await ws.dispose();
});

await check('an error of a field has its code', async () => {
  const ws = client(server);
  const { value } = await ws.iterate({ query: '{ node(id: "nothing") { id } }' }).next();
  assert.equal(value.errors[0].extensions.code, 'NOT_FOUND');
  await ws.dispose();
});

await check('an invalid document is refused by `error`, and the socket goes on', async () => {
  const ws = client(server);
  const sink = listener();
  ws.subscribe({ query: 'subscription { nothing }' }, sink);
  const { errors } = await sink.until(({ errors }) => errors.length > 0);
  assert.equal(errors[0][0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  const { value } = await ws.iterate({ query: '{ __typename }' }).next();
  assert.equal(value.data.__typename, 'Query');
  await ws.dispose();
});

await check('subscribes and hears of a change', async () => {
  const ws = client(server);
  const sink = listener();
  ws.subscribe({ query }, sink);
  await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
  await ws.dispose();
});

await check('completes: nothing comes after it, and the other subscription of the socket goes on', async () => {
  const ws = client(server);
  const [left, stayed] = [listener(), listener()];
  const leave = ws.subscribe({ query }, left);
  ws.subscribe({ query }, stayed);
  await meanwhile(change, Promise.all([left, stayed].map((sink) => sink.until(({ events }) => events.some(isBill)))));
  leave();
  await left.until(({ completed }) => completed);
  const [before, heard] = [left.heard.events.length, stayed.heard.events.length];
  await meanwhile(change, stayed.until(({ events }) => events.length > heard + 1));
  assert.equal(left.heard.events.length, before);
  await ws.dispose();
});

await check('connects again after the line is cut, and hears on', async () => {
  const line = await balancer(server);
  const ws = client(line.url);
  const sink = listener();
  ws.subscribe({ query }, sink);
  await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
  line.cut();
  const before = sink.heard.events.length;
  await meanwhile(change, sink.until(({ events }) => events.length > before));
  assert.equal(line.connections(), 2);
  await ws.dispose();
  line.close();
});

await check('a refused token closes with 4403, and a client that cannot give another asks once', async () => {
  const line = await balancer(server);
  const ws = client(line.url, {
    connectionParams: { authorization: 'Bearer nothing.of.ours' },
    shouldRetry: ({ code }) => code !== 4403,
  });
  const sink = listener();
  ws.subscribe({ query }, sink);
  const { errors } = await sink.until(({ errors }) => errors.length > 0);
  assert.equal(errors[0].code, 4403, `closed with ${errors[0].code} ${errors[0].reason}`);
  assert.equal(line.connections(), 1);
  await ws.dispose();
  line.close();
});

await check('a client that asks again with a refused token does it slowly, and gets in with a good one', async () => {
  const line = await balancer(server);
  const refused = ['nothing.of.ours', 'nothing.of.ours'];
  const connectionParams = async () => ({ authorization: `Bearer ${refused.shift() ?? (await token())}` });
  const ws = client(line.url, { connectionParams });
  const started = performance.now();
  const { value } = await ws.iterate({ query: '{ viewer { email } }' }).next();
  assert.match(value.data.viewer.email, /^clerk@/);
  assert.equal(line.connections(), 3);
  assert.ok(performance.now() - started > 2_000, 'it waits between attempts');
  await ws.dispose();
  line.close();
});

const expiry = Number(process.env.TOKEN_SECONDS);
if (expiry) {
  await check('the socket ends with its token, and goes on with the next', async () => {
    const line = await balancer(server);
    const closed = [];
    const ws = client(line.url, { on: { closed: ({ code }) => closed.push(code) } });
    const sink = listener();
    ws.subscribe({ query }, sink);
    const started = performance.now();
    await meanwhile(change, sink.until(() => closed.length > 0));
    assert.equal(closed[0], 4403);
    assert.ok(performance.now() - started < (expiry + 6) * 1000, 'within five seconds of its end');
    const before = sink.heard.events.length;
    await meanwhile(change, sink.until(({ events }) => events.length > before));
    await ws.dispose();
    line.close();
  }, expiry + 30);
} else {
  skip('the socket ends with its token, and goes on with the next', 'TOKEN_SECONDS is not set');
}

// Last: the server is gone then.
if (otherServer && pid) {
  await check('a server that stops says so, and the client goes on at another', async () => {
    const line = await balancer(server);
    const closed = [];
    const ws = client(line.url, { on: { closed: ({ code }) => closed.push(code) } });
    const sink = listener();
    ws.subscribe({ query }, sink);
    await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
    line.leadTo(otherServer);
    process.kill(pid, 'SIGTERM');
    await sink.until(() => closed.length > 0);
    assert.ok([1001, 1012].includes(closed[0]), `closed with ${closed[0]}`);
    const before = sink.heard.events.length;
    await meanwhile(() => change(otherServer), sink.until(({ events }) => events.length > before));
    await ws.dispose();
    line.close();
  }, 40);
} else {
  skip('a server that stops says so, and the client goes on at another', 'OTHER_SERVER and SERVER_PID are not set');
}
end();
