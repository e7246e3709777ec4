// HTTP by hand, for requests that no client sends.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Sends what `chunks` gives until the server answers or closes; gives what it said and after how many milliseconds. */
export async function raw(url, chunks, { pause = 0, seconds = 30 } = {}) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const started = performance.now();
  let said = '';
  let ended = false;
  const over = new Promise((resolve) => {
    const end = () => { ended = true; resolve(); };
    socket.on('data', (data) => { said += data.toString('latin1'); if (said.includes('\r\n\r\n')) end(); });
    socket.on('error', end);
    socket.on('close', end);
    setTimeout(end, seconds * 1000).unref();
  });
  for (const chunk of chunks) {
    if (ended) break;
    const taken = socket.write(chunk);
    if (pause) await Promise.race([sleep(pause), over]);
    else if (!taken) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), over]);
  }
  await over;
  const took = performance.now() - started;
  const isOpen = !socket.destroyed && !said;
  socket.destroy();
  return { status: Number(said.match(/^HTTP\/1\.1 (\d{3})/)?.[1]), took, isOpen };
}

/** The head of a POST to GraphQL, with further lines. */
export function head(url, ...lines) {
  const { pathname, host } = new URL(url);
  return [`POST ${pathname} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
}
