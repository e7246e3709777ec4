/** How old what is open is: a bar of its parts, and the parts in words. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { openOf } from './ways.js';

/** @param {any} bucket of `KpiOpen.buckets` */
export function nameOf({ fromAge, toAge }) {
  if (fromAge === null) return t('figures.bucket.not_due');
  if (toAge === null) return t('figures.bucket.over', { from: fromAge - 1 });
  return t('figures.bucket', { from: fromAge, to: toAge });
}

/** @param {{ buckets: any[], sayOf?: (bucket: any) => string }} props */
export function AgeBar({ buckets, sayOf = (bucket) => String(bucket.count) }) {
  const shown = buckets.map((bucket, at) => ({ bucket, at })).filter(({ bucket }) => bucket.share > 0);
  const label = shown.map(({ bucket }) => t('figures.bucket.text', { bucket: nameOf(bucket), count: sayOf(bucket) })).join('; ');
  if (!shown.length) return html`<span class="ages" aria-hidden="true"></span>`;
  return html`<span class="ages" role="img" aria-label=${label}>${shown.map(({ bucket, at }) => html`<i key=${at} class=${`age is-${at}`} style=${{ flexGrow: bucket.share }} title=${`${nameOf(bucket)}: ${sayOf(bucket)}`}></i>`)}</span>`;
}

/** The parts in words, each leading to its rows. @param {{ kind: string, buckets: any[], currency?: string | null }} props */
export const AgeParts = ({ kind, buckets, currency }) => html`<span class="age-parts">
  ${buckets.map((bucket, at) => bucket.count > 0 && html`<span key=${at}><i class=${`age is-${at}`} aria-hidden="true"></i><a href=${openOf(kind, { from: bucket.fromAge, to: bucket.toAge, currency })}>${nameOf(bucket)}</a> ${bucket.count}</span>`)}
</span>`;
