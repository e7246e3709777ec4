// Requests made to be dear. Each is refused within BAR_MS (50), or by the deadline where it is slow itself; the server
// answers on, and its memory stays as it was.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { ask } from './support/ask.mjs';
import { bodies, documents, oddities } from './support/attacks.mjs';
import { forget, memory } from './support/memory.mjs';
import { enter } from './support/people.mjs';
import { pid, server } from './support/place.mjs';
import { head, raw } from './support/raw.mjs';
import { check, end, skip } from './support/report.mjs';

const BAR = Number(process.env.BAR_MS ?? 50);
/** After how many seconds a request that never ends is over; settings of the server, and two. */
const DEADLINE = Number(process.env.DEADLINE_SECONDS ?? 12);
/** Mebibytes by which it may grow: pools, caches and buffers, not what was sent. */
const ROOM = Number(process.env.ROOM_MIB ?? 64);
const MIB = 1 << 20;

const token = await enter('clerk');
const askers = { nobody: {}, 'a clerk': { authorization: `Bearer ${await token()}` } };

async function alive() {
  const { viewer } = await ask(server, await token(), '{ viewer { email } }');
  assert.match(viewer.email, /^clerk@/);
}

/** The quickest of three answers, each refused if it must be. */
async function attack(body, headers, isRefused) {
  let best = Infinity;
  let told;
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const response = await fetch(server, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body,
      signal: AbortSignal.timeout(DEADLINE * 1000),
    });
    const text = await response.text();
    best = Math.min(best, performance.now() - started);
    assert.ok(response.status < 500, `${response.status} ${text.slice(0, 200)}`);
    const answer = text.startsWith('{') ? JSON.parse(text) : {};
    if (isRefused) {
      assert.ok(response.status >= 400, `${response.status} ${text.slice(0, 200)}`);
      assert.ok(!answer.data, 'it was executed');
    }
    told = `${response.status} ${answer.errors?.[0].extensions.code ?? ''}`;
    if (answer.errors?.[0].extensions.code === 'RATE_LIMITED') break;
    if (best < BAR) break;
  }
  await alive();
  assert.ok(best < BAR, `took ${Math.round(best)} ms (${told})`);
  return `${told} in ${best.toFixed(1)} ms`;
}

// ONLY: a part of the names of what is to be tried.
const only = ([name]) => name.includes(process.env.ONLY ?? '');

await alive();
if (pid) forget(pid);
const before = pid && memory(pid);

for (const [who, headers] of Object.entries(askers)) {
  for (const [name, query] of Object.entries(documents).filter(only)) {
    await check(`${name}, by ${who}`, () => attack(JSON.stringify({ query }), headers, true));
  }
  for (const [name, request] of Object.entries(oddities).filter(only)) {
    await check(`${name}, by ${who}`, () => attack(JSON.stringify(request), headers, false));
  }
  for (const [name, body] of Object.entries(bodies).filter(only)) {
    await check(`${name}, by ${who}`, () => attack(body, headers, true));
  }
}

await check('a body of 100 MB that says so', async () => {
  const megabyte = Buffer.alloc(MIB, 32);
  function* chunks() {
    yield head(server, `Content-Length: ${100 * MIB}`);
    for (let n = 0; n < 100; n += 1) yield megabyte;
  }
  const { status, took } = await raw(server, chunks());
  await alive();
  assert.equal(status, 413);
  assert.ok(took < BAR, `took ${Math.round(took)} ms`);
  return `413 in ${took.toFixed(1)} ms`;
});

await check('a body of 100 MB that does not say so', async () => {
  const size = MIB.toString(16);
  const megabyte = Buffer.concat([Buffer.from(`${size}\r\n`), Buffer.alloc(MIB, 32), Buffer.from('\r\n')]);
  function* chunks() {
    yield head(server, 'Transfer-Encoding: chunked');
    for (let n = 0; n < 100; n += 1) yield megabyte;
    yield '0\r\n\r\n';
  }
  const { status, took } = await raw(server, chunks());
  await alive();
  assert.equal(status, 413);
  assert.ok(took < BAR, `took ${Math.round(took)} ms`);
  return `413 in ${took.toFixed(1)} ms`;
});

await check('100 MB, packed into 100 kB', async () => {
  const packed = gzipSync(Buffer.alloc(100 * MIB, 32));
  const { status, took } = await raw(server, [head(server, `Content-Length: ${packed.length}`, 'Content-Encoding: gzip'), packed]);
  await alive();
  assert.ok(status >= 400 && status < 500, `${status}`);
  assert.ok(took < BAR, `took ${Math.round(took)} ms`);
  return `${status} in ${took.toFixed(1)} ms`;
});

await check('an address of 100,000 letters', async () => {
  const { status, took } = await raw(server, [`GET /graphql?query=${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`]);
  await alive();
  assert.ok(status >= 400 && status < 500, `${status}`);
  assert.ok(took < BAR, `took ${Math.round(took)} ms`);
  return `${status} in ${took.toFixed(1)} ms`;
});

// Fifty of each at once, for they cost nothing to whoever sends them.
const slowly = {
  'headers, a byte a second': () => [...head(server, 'Content-Length: 100').slice(0, -2), ...'X-More: '.padEnd(100, 'x')],
  'a body, a byte a second': () => [head(server, 'Content-Length: 1000'), ...JSON.stringify({ query: '{ __typename }' }).padEnd(1000)],
  'a body of which nothing comes': () => [head(server, 'Content-Length: 1000'), ...Array(60).fill('')],
};
await Promise.all(Object.entries(slowly).map(([name, chunks]) => check(name, async () => {
  const sent = Array.from({ length: 50 }, () => raw(server, chunks(), { pause: 1000, seconds: DEADLINE }));
  await alive();
  const answers = await Promise.all(sent);
  await alive();
  assert.ok(!answers.some(({ isOpen }) => isOpen), `still open after ${DEADLINE} s`);
  return `over after ${Math.round(Math.max(...answers.map(({ took }) => took)) / 1000)} s`;
}, DEADLINE + 20)));

if (pid) {
  await check('its memory is as it was', async () => {
    await alive();
    const after = memory(pid);
    const [grown, most] = [(after.now - before.now) / 1024, (after.most - before.now) / 1024].map(Math.round);
    assert.ok(most < ROOM, `${most} MiB more at most, ${grown} MiB more now`);
    return `${Math.round(before.now / 1024)} MiB, ${most} MiB more at most, ${grown} MiB more now`;
  });
} else {
  skip('its memory is as it was', 'SERVER_PID is not set');
}
end();
