/** How the values of figures are written: counts, shares, days and amounts in minor units. */

import { number, percent, t, typed } from '../../core/text.js';

/** An amount as the server writes it. @param {number} minor @param {string} currency */
export const amount = (minor, currency) => `${minor < 0 ? '-' : ''}${currency === 'LKR' ? 'Rs.' : currency} ${typed(Math.abs(minor))}`;

/** Short enough for an axis: `54.9 m`. @param {number} value @param {string} unit */
export function short(value, unit) {
  if (unit === 'SHARE') return `${Math.round(value * 100)} %`;
  const whole = unit === 'MONEY' ? value / 100 : value;
  return new Intl.NumberFormat('en-LK', { notation: 'compact', maximumFractionDigits: 1 }).format(whole);
}

/**
 * @param {number | null | undefined} value
 * @param {string} unit of KpiUnit
 * @param {string} currency
 */
export function written(value, unit, currency) {
  if (value === null || value === undefined) return '–';
  // A mean of amounts has parts of a cent.
  if (unit === 'MONEY') return amount(Math.round(value), currency);
  if (unit === 'SHARE') return percent(value);
  return number(unit === 'DAYS' ? Math.round(value * 10) / 10 : value);
}

/**
 * What a figure's change is called: its sign, its words, and whether it is for the better.
 * @param {any} figure with `value`, `previous`, `change`, `changeShare`
 * @param {string} currency
 * @returns {{ sign: -1 | 0 | 1, text: string } | null} null where there is nothing to compare with
 */
export function changeOf(figure, currency) {
  const { change, changeShare, unit } = figure;
  if (change === null || change === undefined) return null;
  if (change === 0) return { sign: 0, text: t('figures.same') };
  // The difference of two shares is in points, not per cent of the one before.
  const by = unit === 'SHARE'
    ? t('figures.points', { by: Math.abs(change * 100).toFixed(1) })
    : written(Math.abs(change), unit, currency);
  const words = t(change > 0 ? 'figures.more' : 'figures.less', { by });
  if (unit === 'SHARE' || changeShare === null || changeShare === undefined) return { sign: change > 0 ? 1 : -1, text: words };
  const share = `${changeShare > 0 ? '+' : '−'}${Math.abs(changeShare * 100).toFixed(1)} %`;
  return { sign: change > 0 ? 1 : -1, text: t('figures.change.share', { share, words }) };
}

/** A figure of a row by its measure. @param {{ figures: any[] } | undefined} row @param {string} measure */
export const figureOf = (row, measure) => row?.figures.find((/** @type {any} */ one) => one.measure === measure);
