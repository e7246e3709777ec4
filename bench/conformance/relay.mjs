// Relay: its compiler takes the schema and refetchable fragments, its runtime loads pages and reads a node again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import relay from 'relay-runtime';
import { openBills, pay } from './support/changes.mjs';
import { enter } from './support/people.mjs';
import { schemaFile, server } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery } = relay;
const { getPaginationMetadata, getPaginationVariables, getRefetchMetadata, getSelector } = relay;
const token = await enter('clerk');
const folder = new URL('./relay/', import.meta.url);

await check('the compiler takes the schema, a refetchable page and a refetchable node', async () => {
  copyFileSync(schemaFile, new URL('schema.graphql', folder));
  mkdirSync(new URL('__generated__', folder), { recursive: true });
  const compiler = new URL('./node_modules/relay-compiler/cli.js', import.meta.url);
  try {
    execFileSync(process.execPath, [compiler.pathname, 'relay.config.json'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error.stdout + error.stderr);
  }
}, 60);

// --- environment
const environment = new Environment({
  network: Network.create(async ({ text, name }, variables) => {
    const response = await fetch(server, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return response.json();
  }),
  store: new Store(new RecordSource()),
});
// --- end

const artifact = async (name) => (await import(new URL(`__generated__/${name}.graphql.js`, folder))).default;
let nodes;

await check('the runtime loads a page, then the next, into one connection', async () => {
  const [page, list] = [await artifact('billsPageQuery'), await artifact('billsList')];
  await fetchQuery(environment, page, {}).toPromise();
  const operation = createOperationDescriptor(page, {});
  const owner = environment.lookup(operation.fragment).data;
  const read = () => environment.lookup(getSelector(list, owner)).data.bills;
  const first = read();
  assert.equal(first.edges.length, 5);
  // What usePaginationFragment does for loadNext.
  const { paginationRequest, paginationMetadata } = { ...getRefetchMetadata(list, 'loadNext'), ...getPaginationMetadata(list, 'loadNext') };
  const variables = getPaginationVariables('forward', 5, first.pageInfo.endCursor, {}, {}, paginationMetadata);
  await fetchQuery(environment, paginationRequest, variables).toPromise();
  const both = read();
  assert.equal(both.edges.length, 10);
  nodes = both.edges.map(({ node }) => node);
  assert.equal(new Set(nodes.map(({ id }) => id)).size, 10);
});

await check('the runtime reads a node again by its id', async () => {
  const line = await artifact('billsLine');
  const [bill] = await openBills(server, await token());
  const { refetchableRequest, identifierInfo } = getRefetchMetadata(line, 'refetch');
  assert.equal(identifierInfo.identifierField, 'id');
  const again = async () => {
    await fetchQuery(environment, refetchableRequest, { id: bill.id }, { networkCacheConfig: { force: true } }).toPromise();
    const { node } = environment.lookup(createOperationDescriptor(refetchableRequest, { id: bill.id }).fragment).data;
    return environment.lookup(getSelector(line, node)).data.balance.amountMinor;
  };
  const before = await again();
  await pay(server, await token(), bill);
  assert.equal(await again(), before - 1);
});
end();
