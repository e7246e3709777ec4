// A load balancer of one line: a port that leads to a server, can be led to another and can cut what it carries.
import { connect, createServer } from 'node:net';

export async function balancer(url) {
  let target = new URL(url);
  const carried = new Set();
  let count = 0;
  const listener = createServer((near) => {
    count += 1;
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      carried.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => { carried.delete(one); other.destroy(); });
    }
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${listener.address().port}${target.pathname}`,
    /** How often somebody connected. */
    connections: () => count,
    leadTo: (url) => (target = new URL(url)),
    cut: () => carried.forEach((socket) => socket.destroy()),
    close: () => { listener.close(); carried.forEach((socket) => socket.destroy()); },
  };
}
