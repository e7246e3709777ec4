/** The frame around everything somebody does: where they act, the ways to go, and the view itself. */

import { forgetAnswers, useQuery } from '../core/query.js';
import { address, isSame, parse } from '../core/place.js';
import { go, useRoute } from '../core/route.js';
import { adopt, session } from '../core/session.js';
import { html, useEffect, useErrorBoundary, useState } from '../core/view.js';
import { t } from '../core/text.js';
import { Page } from '../ui/page.js';
import { Failed, Loading } from '../ui/state.js';
import { Bar } from './frame/bar.js';
import { Nav } from './frame/nav.js';
import { Switcher } from './frame/switcher.js';
import { useKeys } from './frame/keys.js';
import { Denied } from './place.js';
import { brand } from './theme.js';
import { isOpen, VIEWS, waysOf } from './views.js';

/** The colour of the frame while somebody acts in several dealerships: nobody's. */
const OWN = '#1f2937';

export function Workplace() {
  const { place } = useRoute();
  // Another place is another workplace: nothing of the one before stays on screen.
  return html`<${Frame} key=${`${place.dealership}/${place.branch}`} place=${place} />`;
}

/** The frame while it is not known yet who works in it. @param {{ place: import('../core/place.js').Place }} props */
export function Waiting({ place }) {
  const { view } = useRoute();
  useEffect(() => {
    // It comes while the server says who it is; a view that cannot be had is told of when it is shown.
    VIEWS[view[0] ?? 'dashboard']?.load().catch(() => undefined);
  }, []);
  return html`
    <${Bar} place=${place} viewer=${undefined} onSwitch=${() => undefined} />
    <div class="body">
      <${Nav} viewer=${undefined} current=${undefined} />
      <main id="content"><div class="page"><${Loading} /></div></main>
    </div>`;
}

/** @param {{ place: import('../core/place.js').Place }} props */
function Frame({ place }) {
  const answer = useQuery('Viewer', { isSomewhere: place.dealership !== null });
  const { view, query } = useRoute();
  const [isSwitching, setSwitching] = useState(false);
  const viewer = answer.data;
  useEffect(() => forgetAnswers, []);
  useEffect(() => {
    if (!viewer) return;
    brand(viewer.branding?.primaryColor ?? OWN);
    tell(viewer.viewer, place);
  }, [viewer]);
  useEffect(() => {
    const open = () => setSwitching(true);
    addEventListener('forecourt:switch', open);
    return () => removeEventListener('forecourt:switch', open);
  }, []);
  useKeys(viewer);
  const name = view[0] ?? (viewer ? waysOf(viewer)[0]?.view : undefined);
  return html`
    <a class="skip" href="#content">${t('frame.skip')}</a>
    <${Bar} place=${place} viewer=${viewer} onSwitch=${() => setSwitching(true)} />
    <div class="body">
      <${Nav} viewer=${viewer} current=${name} />
      <main id="content" tabindex="-1">
        ${viewer
          ? html`<${Shown} key=${name} name=${name} rest=${view.slice(1)} query=${query} viewer=${viewer} />`
          : answer.fault
            ? html`<${Failed} fault=${answer.fault} again=${answer.again} />`
            : html`<div class="page"><${Loading} /></div>`}
      </main>
    </div>
    ${isSwitching && html`<${Switcher} onClose=${() => setSwitching(false)} />`}
  `;
}

/**
 * Has the address say where somebody acts for whom "all mine" is one dealership or one branch.
 * @param {any} person
 * @param {import('../core/place.js').Place} place
 */
function tell(person, place) {
  const told = { dealership: person?.dealership?.code ?? null, branch: person?.branch?.code ?? null };
  const held = session.get();
  if (!held || isSame(told, place)) return;
  adopt(held, told);
  go(address(told, parse(location.pathname)?.view.map(encodeURIComponent).join('/')) + location.search, { replaces: true });
}

/** @param {{ name: string | undefined, rest: string[], query: URLSearchParams, viewer: any }} props */
function Shown({ name, rest, query, viewer }) {
  const [View, setView] = useState(/** @type {((props: any) => any) | null} */ (null));
  const [isGone, setGone] = useState(false);
  const [error, reset] = useErrorBoundary();
  const entry = name ? VIEWS[name] : undefined;
  const load = entry && isOpen(viewer, entry) ? entry.load : undefined;
  const bring = () => {
    setGone(false);
    load?.().then((module) => setView(() => module.View), () => setGone(true));
  };
  useEffect(bring, [load]);
  if (error) {
    console.error(error);
    return html`<${Page} title=${t('state.failed.title')}><p><button type="button" class="link" onClick=${reset}>${t('action.again')}</button></p></${Page}>`;
  }
  if (!entry) return html`<${Page} title=${t('state.missing.title')} lead=${t('state.missing.text')} />`;
  if (!load) return html`<${Denied} title=${t(entry.title)} />`;
  if (isGone) return html`<${Page} title=${t('state.offline.title')} lead=${t('state.offline.text')}><p><button type="button" class="link" onClick=${bring}>${t('action.again')}</button></p></${Page}>`;
  if (!View) return html`<div class="page"><${Loading} /></div>`;
  return html`<${View} viewer=${viewer} rest=${rest} query=${query} />`;
}
