// Code generation from the schema's text, and the TypeScript compiler over a program that uses it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import config from './codegen/codegen.mjs';
import { schemaFile } from './support/place.mjs';
import { check, end } from './support/report.mjs';

const here = new URL('.', import.meta.url).pathname;

await check('types and documents are generated', async () => {
  if (schemaFile !== `${here}schema.graphql`) copyFileSync(schemaFile, `${here}schema.graphql`);
  await generate({ ...config, cwd: here, silent: true, errorsOnly: true }, true);
  assert.ok(existsSync(`${here}codegen/generated.ts`));
}, 60);

await check('the compiler takes a program that uses them, and only what the schema has', async () => {
  const compiler = `${here}node_modules/typescript/bin/tsc`;
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
  try {
    execFileSync(process.execPath, [compiler, ...options, 'codegen/example.ts', 'codegen/schema.ts'], { cwd: here, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error.stdout + error.stderr);
  }
}, 60);
end();
