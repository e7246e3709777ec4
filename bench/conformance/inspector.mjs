// graphql-inspector: what changed since the schema of OLD_SCHEMA, and whether the documents here still fit.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { CriticalityLevel, diff, validate } from '@graphql-inspector/core';
import { Source, buildSchema } from 'graphql';
import { operation, schemaFile } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const text = readFileSync(schemaFile, 'utf8');
const schema = buildSchema(text);
const old = buildSchema(readFileSync(process.env.OLD_SCHEMA ?? schemaFile, 'utf8'));
const isBreaking = ({ criticality }) => criticality.level === CriticalityLevel.Breaking;

await check('nothing that clients rely on is gone', async () => {
  const changes = await diff(old, schema);
  for (const { criticality, message } of changes) console.log(`         ${criticality.level}: ${message}`);
  const broken = changes.filter(isBreaking);
  const isTold = process.env.BREAKING_IS_TOLD === 'true';
  assert.ok(isTold || broken.length === 0, `${broken.length} breaking changes; say "breaking" in the changelog`);
  return `${changes.length} changes, ${broken.length} breaking`;
});

await check('a field that is taken away would be found', async () => {
  const less = buildSchema(text.replace(/^\t"""\n\tNumber on the document[^"]*"""\n\tnumber: String!\n/m, ''));
  const broken = (await diff(schema, less)).filter(isBreaking);
  assert.deepEqual(broken.map(({ path }) => path), ['Bill.number']);
});

await check('the documents here fit the schema', async () => {
  const names = readdirSync(new URL('./documents/', import.meta.url)).map((file) => file.replace(/\.graphql$/, ''));
  const invalid = validate(schema, names.map((name) => new Source(operation(name), name)), { strictDeprecated: true });
  const faults = invalid.flatMap(({ source, errors, deprecated }) => [...errors, ...deprecated].map(({ message }) => `${source.name}: ${message}`));
  assert.deepEqual(faults, []);
  return `${names.length} documents`;
});
end();
