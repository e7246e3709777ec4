// GraphiQL as the server gives it to a browser: the page, what it loads, and the question about the schema that it begins
// with, asked as somebody signed in.
import assert from 'node:assert/strict';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { send } from './support/ask.mjs';
import { enter } from './support/people.mjs';
import { server } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const token = await enter('clerk');

await check('the page and all that it loads are there, and of this server', async () => {
  const page = await fetch(server, { headers: { accept: 'text/html,application/xhtml+xml' } });
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.ok(page.headers.get('content-security-policy'));
  const loads = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => new URL(to, server));
  assert.ok(loads.length >= 4, `${loads.length}`);
  for (const url of loads) {
    assert.equal(url.origin, new URL(server).origin);
    assert.equal((await fetch(url)).status, 200, url.pathname);
  }
});

for (const options of [{}, { inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true, oneOf: true }]) {
  await check(`its question about the schema is answered: ${Object.keys(options).join(', ') || 'as by default'}`, async () => {
    const { data, errors } = await send(server, await token(), { query: getIntrospectionQuery(options), operationName: 'IntrospectionQuery' });
    assert.equal(errors, undefined, JSON.stringify(errors)?.slice(0, 300));
    const schema = buildClientSchema(data);
    assert.ok(schema.getQueryType().getFields().bills);
    return `${Object.keys(schema.getTypeMap()).length} types`;
  });
}
end();
