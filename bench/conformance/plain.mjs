// A program without a library: signs in and stays signed in, says where it acts, goes by codes, waits when it is told to,
// proves who it is once more, asks by hash and pages.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Refused, ask, send } from './support/ask.mjs';
import { code, enter } from './support/people.mjs';
import { operation, otherServer, server } from './support/place.mjs';
import { check, end, skip } from './support/report.mjs';

const calm = otherServer ?? server;
const clerk = await enter('clerk', calm);

await check('an access token that soon ends is replaced, once however many ask', async () => {
  const token = await enter('manager', calm);
  const real = Date.now;
  const first = await token();
  try {
    Date.now = () => real() + 24 * 3600 * 1000;
    const tokens = await Promise.all([token(), token(), token()]);
    assert.equal(new Set(tokens).size, 1);
    assert.notEqual(tokens[0], first);
    assert.equal((await ask(calm, tokens[0], '{ viewer { role } }')).viewer.role, 'BRANCH_MANAGER');
  } finally {
    Date.now = real;
  }
});

await check('headers narrow where it acts, and never widen', async () => {
  const dealer = await enter('dealer', calm);
  const query = '{ viewer { branch { code } } }';
  // --- place
  const headers = { 'x-forecourt-dealership': 'colombo-ev', 'x-forecourt-branch': 'BR01' };
  const { viewer } = await ask(calm, await dealer(), query, {}, headers);
  // --- end
  assert.equal(viewer.branch.code, 'BR01');
  const wider = ask(calm, await clerk(), query, {}, { 'x-forecourt-branch': 'BR02' });
  await assert.rejects(wider, { code: 'SCOPE_MISMATCH' });
});

await check('a refused token, a foreign id and a wrong document each have their code', async () => {
  await assert.rejects(ask(calm, 'nothing.of.ours', '{ viewer { name } }'), { code: 'UNAUTHENTICATED' });
  await assert.rejects(ask(calm, await clerk(), operation('bill'), { id: 'unknown' }), { code: 'NOT_FOUND' });
  await assert.rejects(ask(calm, await clerk(), '{ nothing }'), { code: 'GRAPHQL_VALIDATION_FAILED' });
  await assert.rejects(ask(calm, await clerk(), '{'), { code: 'GRAPHQL_PARSE_FAILED' });
});

await check('proves who it is once more where that is asked for', async () => {
  const token = await (await enter('service', calm))();
  const start = 'mutation { startSecondFactor { secret } }';
  const confirm = 'mutation($code: String!) { confirmSecondFactor(input: { code: $code }) { recoveryCodes } }';
  const { startSecondFactor } = await ask(calm, token, start);
  const { confirmSecondFactor } = await ask(calm, token, confirm, { code: code(startSecondFactor.secret) });
  // What a person would type; their app's next code is half a minute away.
  const askPerson = async () => confirmSecondFactor.recoveryCodes[0];
  const query = 'mutation { renewRecoveryCodes }';
  // --- proof
  async function askProving(url, token, query, variables) {
    try {
      return await ask(url, token, query, variables);
    } catch (error) {
      if (error.code !== 'INSUFFICIENT_USER_AUTHENTICATION') throw error;
      const { acr, maxAge } = error.more; // e.g. "mfa", given in the last 900 seconds
      const proof = acr === 'mfa' ? { code: await askPerson() } : { password: await askPerson() };
      const confirm = `mutation($input: ConfirmIdentityInput!) {
        confirmIdentity(input: $input) { accessToken }
      }`;
      const { confirmIdentity } = await ask(url, token, confirm, { input: proof });
      return ask(url, confirmIdentity.accessToken, query, variables);
    }
  }
  // --- end
  await assert.rejects(ask(calm, token, query), { code: 'INSUFFICIENT_USER_AUTHENTICATION' });
  const { renewRecoveryCodes } = await askProving(calm, token, query);
  assert.equal(renewRecoveryCodes.length, 10);
});

await check('asks by hash, and sends the text where it is not known', async () => {
  const texts = [];
  // --- hash
  async function askByHash(url, token, query, variables) {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const { data, errors } = await send(url, token, { variables, extensions });
    if (errors?.[0].extensions.code === 'PERSISTED_QUERY_NOT_FOUND') {
      texts.push(query);
      const { data, errors } = await send(url, token, { query, variables, extensions });
      if (errors) throw new Refused(errors);
      return data;
    }
    if (errors) throw new Refused(errors);
    return data;
  }
  // --- end
  const query = `query Known${Date.now()} { viewer { email } }`;
  for (let round = 0; round < 2; round += 1) {
    assert.match((await askByHash(calm, await clerk(), query)).viewer.email, /^clerk@/);
  }
  assert.equal(texts.length, 1);
});

await check('pages to the end, forwards', async () => {
  const token = clerk;
  // --- pages
  async function* bills(url, filter) {
    let after = null;
    do {
      const { bills } = await ask(url, await token(), operation('bills'), { first: 100, after, filter });
      yield* bills.nodes;
      after = bills.pageInfo.hasNextPage ? bills.pageInfo.endCursor : null;
    } while (after);
  }
  // --- end
  const filter = { saleType: 'LEASING' };
  const ids = [];
  for await (const { id } of bills(calm, filter)) ids.push(id);
  const { bills: all } = await ask(calm, await clerk(), 'query($filter: BillFilter) { bills(filter: $filter) { totalCount } }', { filter });
  assert.equal(ids.length, all.totalCount);
  assert.equal(new Set(ids).size, ids.length);
});

// SERVER gives little at a time then, and OTHER_SERVER as much as by default.
if (process.env.IS_STINGY === 'true') {
  await check('waits as long as it is told to, and is answered', async () => {
    const token = await clerk();
    const query = '{ bills(first: 100) { nodes { id } } }';
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(server, token, { query })));
    const limited = answers.filter(({ errors }) => errors?.[0].extensions.code === 'RATE_LIMITED');
    assert.ok(limited.length > 0 && limited.length < 8, `${limited.length} of 8 were held back`);
    assert.ok(limited.every(({ errors }) => errors[0].extensions.retryAfter >= 1));
    const asked = await Promise.all(Array.from({ length: 4 }, () => ask(server, token, query)));
    assert.ok(asked.every(({ bills }) => bills.nodes.length > 0));
  }, 60);
} else {
  skip('waits as long as it is told to, and is answered', 'IS_STINGY is not set');
}
end();
