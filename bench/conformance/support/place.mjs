// Where things are, from the environment: SERVER is the GraphQL address, OTHER_SERVER that of another process on the same
// rows, SERVER_PID the process id of the first, SCHEMA the SDL.
import { readFileSync } from 'node:fs';

export const server = process.env.SERVER ?? 'http://127.0.0.1:8080/graphql';
export const otherServer = process.env.OTHER_SERVER;
export const pid = process.env.SERVER_PID && Number(process.env.SERVER_PID);
export const schemaFile = process.env.SCHEMA ?? new URL('../schema.graphql', import.meta.url).pathname;

/** The address of a server's WebSocket. */
export const socketOf = (url) => url.replace(/^http/, 'ws');

/** An operation of `documents/`, by the name of its file. */
export const operation = (name) => readFileSync(new URL(`../documents/${name}.graphql`, import.meta.url), 'utf8');
