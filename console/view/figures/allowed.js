/** A view of figures, for those who may read them; others are told so at once. */

import { can } from '../../core/may.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Page } from '../../ui/page.js';
import { Empty } from '../../ui/state.js';

/** @param {string} title key of a text @param {(props: any) => any} Own */
export const forReaders = (title, Own) => (/** @type {any} */ props) =>
  can(props.viewer, 'READ_KPIS')
    ? html`<${Own} ...${props} />`
    : html`<${Page} title=${t(title)}><${Empty} title=${t('state.denied.title')} text=${t('state.denied.text')} /></${Page}>`;
