// What a judge finds: a line for each check, and an exit code that says whether all of it was as it must be.

let passed = 0;
let failed = 0;

/** Runs a check, which throws where something is not as it must be; `seconds` is how long it may take. */
export async function check(name, body, seconds = 20) {
  const started = performance.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing happened for ${seconds} s`)), seconds * 1000);
  });
  try {
    const told = await Promise.race([body(), late]);
    passed += 1;
    line('ok', name, told ?? `${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    failed += 1;
    line('FAILS', name, said(error));
  } finally {
    clearTimeout(timer);
  }
}

/** A check that cannot be made here. */
export function skip(name, reason) {
  line('skipped', name, reason);
}

/** Prints the sum and ends, with 1 where a check failed or none was made. */
export function end() {
  console.log(`${passed} ok, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

function line(outcome, name, told) {
  console.log(`${outcome.padEnd(7)}  ${name.padEnd(72)}  ${told}`);
}

function said(error) {
  // What a WebSocket fails with is an event, and a socket's end has a code.
  const text = error?.message ?? (error?.code ? `closed with ${error.code} ${error.reason}` : JSON.stringify(error));
  return text.replaceAll(/\s+/g, ' ').slice(0, 400);
}
