/** What a figure is: its definition, and everything that it was made from. */

import { number, t, time } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Facts } from '../../ui/page.js';
import { written } from './amount.js';
import { days } from './period.js';

/**
 * @typedef {object} Defined
 * @property {string} title
 * @property {string} formula
 * @property {string} value as people write it
 * @property {any} made what says `asOf`, `scope`, `definitionVersion`, `sourceRows`, `timeZones`, and of a period `from`, `to`, `comparedFrom`, `comparedTo`
 * @property {any} [figure]
 * @property {string} [currency]
 * @property {string} [href] its rows
 */

/** @param {Defined & { onClose: () => void }} props */
export function Definition({ title, formula, value, made, figure, currency = 'LKR', href, onClose }) {
  const isCompared = made.comparedFrom && figure && figure.previous !== undefined;
  return html`
    <${Dialog} title=${t('figures.definition', { title })} onClose=${onClose}>
      <p>${formula}</p>
      <${Facts} items=${[
        [t('figures.definition.value'), value],
        made.from && [t('figures.definition.period'), days(made.from, made.to)],
        isCompared && [t('figures.definition.previous'), written(figure.previous, figure.unit, currency)],
        isCompared && [t('figures.definition.compared'), days(made.comparedFrom, made.comparedTo)],
        [t('figures.definition.scope'), made.scope],
        [t('figures.definition.zone'), made.timeZones.join(', ')],
        [t('figures.definition.as_of'), time(made.asOf, made.timeZones[0])],
        [t('figures.definition.rows'), number(Number(made.sourceRows))],
        [t('figures.definition.version'), String(made.definitionVersion)],
      ]} />
      ${href && html`<div class="form-end"><${Button} href=${href}>${t('figures.definition.open_rows')}</${Button}></div>`}
    </${Dialog}>
  `;
}
