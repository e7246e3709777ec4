/** The ways to go, as far as the role may go them. */

import { to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useEffect } from '../../core/view.js';
import { waysOf } from '../views.js';

/** @param {{ viewer: any, current: string | undefined }} props */
export function Nav({ viewer, current }) {
  // On a phone the ways are wider than the screen: the present one is brought into sight.
  useEffect(() => document.querySelector('.ways [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [viewer, current]);
  return html`
    <nav class="ways" aria-label=${t('frame.main')}>
      <ul>${viewer && waysOf(viewer).map(({ view, title }) => html`<li key=${view}><a href=${to(view)} aria-current=${view === current ? 'page' : undefined}>${t(title)}</a></li>`)}</ul>
    </nav>
  `;
}
