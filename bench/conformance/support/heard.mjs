// What a subscription was sent, to be waited for.
import { setTimeout as sleep } from 'node:timers/promises';

/** A sink that remembers; `at` most for `next`, `error` and `complete`. */
export function listener() {
  const heard = { events: [], errors: [], completed: false, waiting: [] };
  const wake = () => heard.waiting.splice(0).forEach((resolve) => resolve());
  return {
    heard,
    next: (event) => { heard.events.push(event); wake(); },
    error: (error) => { heard.errors.push(error); wake(); },
    complete: () => { heard.completed = true; wake(); },
    /** Waits until `is` says so of what was heard; an error that it does not look for fails it. */
    async until(is) {
      while (!is(heard)) {
        if (heard.errors.length > 0) throw named(heard.errors[0]);
        await Promise.race([new Promise((resolve) => heard.waiting.push(resolve)), sleep(100)]);
      }
      return heard;
    },
  };
}

/** Makes a change every half second until `done` settles: there is no word for "from now on I listen". */
export async function meanwhile(change, done) {
  let settled = false;
  const watched = done.finally(() => (settled = true));
  watched.catch(() => {});
  while (!settled) {
    await change();
    await Promise.race([watched.catch(() => {}), sleep(500)]);
  }
  return watched;
}

/** What went wrong, in words: a close and a list of GraphQL errors have none. */
export function named(problem) {
  if (Array.isArray(problem)) return new Error(problem.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join('; '));
  return problem;
}
