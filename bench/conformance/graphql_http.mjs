// The audit of the package `graphql-http`: what GraphQL over HTTP asks of a server. Asked as somebody signed in, for some of
// it reads the schema.
import { serverAudits } from 'graphql-http';
import { enter } from './support/people.mjs';
import { server } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const token = await enter('clerk');

async function fetchFn(url, { headers, ...request } = {}) {
  return fetch(url, { ...request, headers: { ...headers, authorization: `Bearer ${await token()}` } });
}

for (const audit of serverAudits({ url: server, fetchFn })) {
  await check(`${audit.id} ${audit.name}`, async () => {
    const { status, reason } = await audit.fn();
    if (status !== 'ok') throw new Error(`${status}: ${reason}`);
    return '';
  });
}
end();
