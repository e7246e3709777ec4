/** Which page it is: somebody's workplace, or one of those for people who are not signed in. */

import { Fault } from '../core/fault.js';
import { address } from '../core/place.js';
import { forgetAnswers } from '../core/query.js';
import { go, place as here, useRoute } from '../core/route.js';
import { prompt, refresh, session } from '../core/session.js';
import { useSignal } from '../core/signal.js';
import { language } from '../core/text.js';
import { html, useEffect, useState } from '../core/view.js';
import { Messages } from '../ui/dialog.js';
import { Failed, Loading } from '../ui/state.js';
import { Prompted } from './prompt.js';
import { Enrol } from './sign/enrol.js';
import { Password } from './sign/password.js';
import { SetUp } from './sign/set_up.js';
import { SignIn } from './sign/sign_in.js';
import { Waiting, Workplace } from './workplace.js';

export function Root() {
  useSignal(language);
  return html`<${Shown} /><${Asked} /><${Messages} />`;
}

/** What a request waits for. */
function Asked() {
  const asked = useSignal(prompt);
  return asked && html`<${Prompted} prompt=${asked} />`;
}

function Shown() {
  const { path } = useRoute();
  if (path === '/password') return html`<${Password} />`;
  if (path === '/set-up') return html`<${SetUp} />`;
  return html`<${SignedIn} />`;
}

function SignedIn() {
  const { place, isWorkplace } = useRoute();
  const held = useSignal(session);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const begin = () => {
    setFault(null);
    refresh(here()).catch((cause) => {
      // Somebody went elsewhere meanwhile.
      if (!(cause instanceof Fault)) return begin();
      // Nobody is signed in, or not in this place: what is there is shown then.
      if (cause.isOffline) setFault(cause);
      else session.set(null);
    });
  };
  useEffect(() => {
    if (session.get() === undefined) begin();
  }, []);
  useEffect(() => {
    if (held === null) forgetAnswers();
  }, [held]);
  useEffect(() => {
    if (held && !held.needsSecondFactor && !isWorkplace) go(address(place), { replaces: true });
  }, [held, isWorkplace]);
  if (fault) return html`<main class="alone"><${Failed} fault=${fault} again=${begin} /></main>`;
  // Whoever has an address within is mostly signed in: nothing moves then.
  if (held === undefined) return isWorkplace ? html`<${Waiting} place=${place} />` : html`<main class="alone"><${Loading} rows=${3} /></main>`;
  // While a prompt asks for it, what is on screen stays.
  if (held === null && !prompt.get()) return html`<${SignIn} />`;
  if (held?.needsSecondFactor) return html`<${Enrol} />`;
  return html`<${Workplace} />`;
}
