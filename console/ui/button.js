/** Buttons, and links that look like them. */

import { html } from '../core/view.js';
import { Icon } from './icon.js';

/**
 * @param {{ children?: any, kind?: 'primary' | 'plain' | 'danger' | 'quiet', icon?: string, isBusy?: boolean, href?: string, disabled?: boolean } & Record<string, any>} props
 */
export function Button({ children, kind = 'plain', icon, isBusy = false, href, disabled, ...rest }) {
  const shared = { ...rest, class: `button is-${kind} ${rest.class ?? ''}` };
  const inside = html`${icon && html`<${Icon} name=${icon} />`}${children}`;
  if (href) return html`<a ...${shared} href=${href}>${inside}</a>`;
  // Busy, it is not disabled: it would lose the focus.
  return html`<button type="button" ...${shared} disabled=${disabled} aria-busy=${isBusy} aria-disabled=${isBusy}>${inside}</button>`;
}
