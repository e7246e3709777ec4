// What a process holds in memory, as Linux tells it.
import { readFileSync, writeFileSync } from 'node:fs';

/** Kibibytes: what it holds now (`VmRSS`), the most it ever held (`VmHWM`). */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]);
  return { now: kib('VmRSS'), most: kib('VmHWM') };
}

/** Forgets the most it ever held. */
export function forget(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
