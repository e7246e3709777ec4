// Who may sign in: SIGN_INS names the file that `forecourt demo --sign-ins FILE` writes.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { server } from './place.mjs';
import { signIn } from './session.mjs';

/** A persona of the demo group: `clerk`, `dealer`, `hq-all`. */
export function person(name) {
  const people = JSON.parse(readFileSync(process.env.SIGN_INS ?? 'sign-ins.json', 'utf8'));
  const found = people.find(({ persona }) => persona === name);
  if (!found) throw new Error(`SIGN_INS has no ${name}`);
  return found;
}

/** Signs a persona in anew; gives a function that gives an access token that holds. */
export async function enter(name, url = server) {
  const { email, password, secondFactor } = person(name);
  return signIn(url, { email, password, code: secondFactor && code(secondFactor) });
}

/** What an authenticator app shows now (RFC 6238), of a secret in base32. */
export function code(secret, now = Date.now()) {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
