/** A line as small as a word: how something went, month by month. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { written } from './amount.js';

const WIDTH = 100;
const HEIGHT = 28;

/** @param {{ values: Array<number | null>, unit: string, currency: string }} props oldest first */
export function Spark({ values, unit, currency }) {
  const known = /** @type {number[]} */ (values.filter((value) => value !== null && value !== undefined));
  if (known.length < 2) return html`<span class="spark" aria-hidden="true"></span>`;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (/** @type {number} */ at) => ((at / (values.length - 1)) * WIDTH).toFixed(1);
  const y = (/** @type {number} */ value) => (HEIGHT - 2 - ((value - least) / (most - least || 1)) * (HEIGHT - 4)).toFixed(1);
  let isOn = false;
  const path = values.map((value, at) => {
    if (value === null || value === undefined) {
      isOn = false;
      return '';
    }
    const step = `${isOn ? 'L' : 'M'}${x(at)} ${y(value)}`;
    isOn = true;
    return step;
  }).join('');
  const say = (/** @type {number | null | undefined} */ value) => written(value, unit, currency);
  const label = t('figures.spark', { least: say(least), most: say(most), last: say(values[values.length - 1]) });
  return html`<svg class="spark" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${label}><path d=${path} /></svg>`;
}
