/** What narrows a list, kept in the address. */

import { setQuery } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useEffect, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';

/** How long a pause ends a word, in milliseconds. */
export const PAUSE = 350;

/**
 * Filters one beside the other.
 * @param {{ label: string, names: string[], query: URLSearchParams, children?: any }} props `names`: what "show all" takes away
 */
export function Filters({ label, names, query, children }) {
  const isNarrowed = names.some((name) => query.get(name));
  const clear = () => setQuery(Object.fromEntries(names.map((name) => [name, null])));
  return html`
    <form class="stock-filters" role="search" aria-label=${label} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${children}
      ${isNarrowed && html`<${Button} kind="quiet" icon="close" onClick=${clear}>${t('stock.filter.clear')}</${Button}>`}
    </form>
  `;
}

/**
 * A filter that is chosen, or a day.
 * @param {{ name: string, label: string, query: URLSearchParams } & Record<string, any>} props
 */
export const Choice = ({ name, query, ...rest }) => html`
  <${Field} ...${rest} name=${name} value=${query.get(name) ?? ''} onValue=${(/** @type {string} */ value) => setQuery({ [name]: value })} />
`;

/**
 * A filter that is typed: it counts after a pause.
 * @param {{ name: string, label: string, query: URLSearchParams } & Record<string, any>} props
 */
export function Typed({ name, query, ...rest }) {
  const there = query.get(name) ?? '';
  const [text, setText] = useState(there);
  const sent = useRef(there);
  useEffect(() => {
    // Changed from elsewhere: by "show all", by a link.
    if (there !== sent.current) {
      sent.current = there;
      setText(there);
    }
  }, [there]);
  useEffect(() => {
    const value = text.trim();
    if (value === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = value;
      setQuery({ [name]: value });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<${Field} ...${rest} type="search" name=${name} value=${text} onValue=${setText} autocomplete="off" spellcheck=${false} />`;
}

/** Days as a filter takes them; null where neither is given. @param {URLSearchParams} query */
export function rangeOf(query) {
  const [from, to] = [query.get('from'), query.get('to')];
  return from || to ? { from: from || null, to: to || null } : null;
}

/** An object without what is null, empty or undefined: absent parts of a filter do not narrow. @param {Record<string, any>} given */
export const given = (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value !== ''));
