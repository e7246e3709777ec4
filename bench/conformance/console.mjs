// The console: the types of its operations are those of the schema, and its modules keep to them.
// CONSOLE=…/console node console.mjs; with WRITE=1 the types are written instead of compared.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import { schemaFile } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const here = new URL('.', import.meta.url).pathname;
const folder = process.env.CONSOLE;
const file = `${folder}/types/operations.d.ts`;

await check('the types of the operations are those of the schema', async () => {
  const config = {
    enumsAsTypes: true,
    strictScalars: true,
    skipTypename: true,
    onlyOperationTypes: true,
    avoidOptionals: { field: true },
    scalars: { ID: 'string', BigInt: 'number', Date: 'string', DateTime: 'string', KpiNumber: 'number' },
  };
  const [{ content }] = await generate(
    {
      schema: schemaFile,
      documents: `${folder}/operations/*.graphql`,
      generates: { 'operations.ts': { plugins: ['typescript-operations'], config } },
      cwd: here,
      silent: true,
      errorsOnly: true,
    },
    false,
  );
  const text = `${content.trimEnd()}\n\n${listed()}`;
  if (process.env.WRITE) writeFileSync(file, text);
  else assert.equal(readFileSync(file, 'utf8'), text, 'Run `bench/conformance/console` and commit the difference.');
}, 60);

/** Every operation by its name. */
function listed() {
  const line = (name) => {
    const [, kind] = /^(query|mutation|subscription)\b/m.exec(readFileSync(`${folder}/operations/${name}.graphql`, 'utf8'));
    const type = `${name}${kind[0].toUpperCase()}${kind.slice(1)}`;
    return `  ${name}: { data: ${type}; variables: ${type}Variables };\n`;
  };
  const names = readdirSync(`${folder}/operations`).map((one) => one.replace('.graphql', '')).sort();
  return `/** What each operation of the console answers, and what it is given. */\nexport interface Operations {\n${names.map(line).join('')}}\n`;
}

await check('the modules of the console keep to them', async () => {
  try {
    execFileSync(process.execPath, [`${here}node_modules/typescript/bin/tsc`, '-p', folder], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error.stdout + error.stderr);
  }
}, 120);
end();
