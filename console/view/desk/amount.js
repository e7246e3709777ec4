/** A field for an amount: typed as people type, written out when it is left. */

import { minor, t, typed } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';

/** @param {{ label: string, name: string, value: string, onValue: (text: string) => void, error?: string, hint?: any, required?: boolean, autofocus?: boolean }} props */
export function Amount({ value, onValue, ...rest }) {
  const leave = () => {
    const amount = minor(value);
    if (amount !== null) onValue(typed(amount));
  };
  return html`<${Field} ...${rest} inputmode="decimal" autocomplete="off" class="is-amount" value=${value} onValue=${onValue} onBlur=${leave} />`;
}

/**
 * Minor units of the amounts that were typed, or what is wrong with them by field.
 * @param {Record<string, string>} texts
 * @returns {{ amounts: Record<string, number>, errors: Record<string, string> }}
 */
export function amountsOf(texts) {
  const read = Object.entries(texts).map(([name, text]) => /** @type {const} */ ([name, minor(text)]));
  return {
    amounts: Object.fromEntries(read.flatMap(([name, amount]) => (amount === null ? [] : [[name, amount]]))),
    errors: Object.fromEntries(read.flatMap(([name, amount]) => (amount === null ? [[name, t('desk.amount.bad')]] : []))),
  };
}
