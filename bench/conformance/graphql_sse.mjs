// The official client of GraphQL over SSE, in its mode of distinct connections, with its own settings wherever nothing is
// said.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { openBills, pay } from './support/changes.mjs';
import { listener, meanwhile } from './support/heard.mjs';
import { enter } from './support/people.mjs';
import { operation, otherServer, pid, server } from './support/place.mjs';
import { balancer } from './support/proxy.mjs';
import { check, end, skip } from './support/report.mjs';

// Signed in where the last check leaves a server.
const token = await enter('clerk', otherServer ?? server);
const [bill] = await openBills(server, await token());
const elsewhere = process.env.CHANGES_ELSEWHERE === 'true' ? otherServer : server;
const change = async (url = elsewhere) => pay(url, await token(), bill);
const query = operation('bill_changed');
const isBill = ({ data }) => data?.billChanged?.bill?.id === bill.id;

// --- client
function client(url, more = {}) {
  return createClient({
    url,
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
    ...more,
  });
}
// --- end

await check('answers a query', async () => {
  const sse = client(server);
  const results = [];
  for await (const result of sse.iterate({ query: '{ viewer { email } }' })) results.push(result);
  assert.match(results[0].data.viewer.email, /^clerk@/);
  assert.equal(results.length, 1);
});

await check('an invalid document is answered with its code', async () => {
  const response = await fetch(server, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
    body: JSON.stringify({ query: 'subscription { nothing }' }),
  });
  assert.match(await response.text(), /GRAPHQL_VALIDATION_FAILED/);
});

await check('subscribes by POST and hears of a change', async () => {
  const sse = client(server);
  const sink = listener();
  sse.subscribe({ query }, sink);
  await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
  sse.dispose();
});

await check('subscribes by GET and hears of a change', async () => {
  const stop = new AbortController();
  const response = await fetch(`${server}?${new URLSearchParams({ query })}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${await token()}` },
    signal: stop.signal,
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const read = async () => { while (!heard.includes(bill.id)) heard += (await text.read()).value; };
  await meanwhile(change, read());
  assert.match(heard, /event: next\ndata: \{/);
  stop.abort();
});

await check('leaves: the connection is closed, and another subscription goes on', async () => {
  const sse = client(server);
  const [left, stayed] = [listener(), listener()];
  const leave = sse.subscribe({ query }, left);
  sse.subscribe({ query }, stayed);
  await meanwhile(change, Promise.all([left, stayed].map((sink) => sink.until(({ events }) => events.some(isBill)))));
  leave();
  await left.until(({ completed }) => completed);
  const [before, heard] = [left.heard.events.length, stayed.heard.events.length];
  await meanwhile(change, stayed.until(({ events }) => events.length > heard + 1));
  assert.equal(left.heard.events.length, before);
  sse.dispose();
});

await check('connects again after the line is cut, and hears on', async () => {
  const line = await balancer(server);
  const sse = client(line.url);
  const sink = listener();
  sse.subscribe({ query }, sink);
  await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
  line.cut();
  const before = sink.heard.events.length;
  await meanwhile(change, sink.until(({ events }) => events.length > before));
  sse.dispose();
  line.close();
});

await check('a refused token is answered with 401, and a client that cannot give another asks once', async () => {
  const sse = client(server, { headers: { authorization: 'Bearer nothing.of.ours' }, retryAttempts: 0 });
  const sink = listener();
  sse.subscribe({ query }, sink);
  const { errors } = await sink.until(({ errors }) => errors.length > 0);
  assert.equal(errors[0].response?.status, 401, errors[0].message);
});

const expiry = Number(process.env.TOKEN_SECONDS);
if (expiry) {
  await check('the stream ends with its token, and goes on with the next', async () => {
    let connected = 0;
    const sse = client(server, { on: { connected: () => (connected += 1) } });
    const sink = listener();
    sse.subscribe({ query }, sink);
    const started = performance.now();
    await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
    await meanwhile(change, sink.until(() => connected > 1));
    assert.ok(performance.now() - started < (expiry + 12) * 1000, 'within five seconds of its end, and the client waits');
    const before = sink.heard.events.length;
    await meanwhile(change, sink.until(({ events }) => events.length > before));
    sse.dispose();
  }, expiry + 30);
} else {
  skip('the stream ends with its token, and goes on with the next', 'TOKEN_SECONDS is not set');
}

// Last: the server is gone then.
if (otherServer && pid) {
  await check('a server that stops lets the client go on at another', async () => {
    const line = await balancer(server);
    const sse = client(line.url);
    const sink = listener();
    sse.subscribe({ query }, sink);
    await meanwhile(change, sink.until(({ events }) => events.some(isBill)));
    line.leadTo(otherServer);
    process.kill(pid, 'SIGTERM');
    const before = sink.heard.events.length;
    await meanwhile(() => change(otherServer), sink.until(({ events }) => events.length > before + 1));
    sse.dispose();
    line.close();
  }, 40);
} else {
  skip('a server that stops lets the client go on at another', 'OTHER_SERVER and SERVER_PID are not set');
}
end();
