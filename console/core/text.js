/** Texts in the language of whoever looks, and how numbers, amounts and days are written. */

import english from '../text/en.js';
import { signal } from './signal.js';

/** @typedef {'en' | 'si' | 'ta'} Language */

const KEY = 'forecourt.language';

/** @type {Record<Language, string>} */
export const LANGUAGES = { en: 'English', si: 'සිංහල', ta: 'தமிழ்' };

/** @type {ReturnType<typeof signal<Language>>} */
export const language = signal(/** @type {Language} */ ('en'));

/** @type {Record<string, string>} */
let catalogue = english;

/** Takes up the language that was chosen here before, else that of the browser. */
export async function speak(/** @type {Language} */ wanted = preferred()) {
  // What is not translated is shown in English.
  const other = wanted === 'en' ? {} : (await import(`../text/${wanted}.js`)).default;
  catalogue = { ...english, ...other };
  localStorage.setItem(KEY, wanted);
  document.documentElement.lang = wanted;
  language.set(wanted);
}

/** @returns {Language} */
function preferred() {
  const known = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return /** @type {Language} */ (known.find((tag) => tag && tag in LANGUAGES) ?? 'en');
}

/**
 * A text: `{name}` stands for what is given as `name`.
 * @param {string} key
 * @param {Record<string, string | number>} [given]
 */
export function t(key, given = {}) {
  const text = catalogue[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(given[name] ?? whole));
}

/** A word of the schema in words: `t('status.PENDING')`, or the word itself made readable. @param {string} area @param {string | null | undefined} word */
export function word(area, word) {
  if (!word) return '';
  const text = t(`${area}.${word}`);
  return text === `${area}.${word}` ? sentence(word) : text;
}

/** @param {string} word */
const sentence = (word) => word.charAt(0) + word.slice(1).toLowerCase().replaceAll('_', ' ');

const numbers = new Intl.NumberFormat('en-LK');

/** @param {number | null | undefined} value */
export const number = (value) => (value === null || value === undefined ? '–' : numbers.format(value));

/** A share of one, e.g. 0.123 as `12.3 %`. @param {number | null | undefined} value */
export const percent = (value) => (value === null || value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);

/**
 * An amount as people write it.
 * @param {{ formatted: string } | null | undefined} money
 */
export const money = (money) => money?.formatted ?? '–';

/** Minor units as they are typed: `1,234,567.00`. @param {number | null | undefined} minor */
export function typed(minor) {
  if (minor === null || minor === undefined) return '';
  const text = String(Math.abs(minor)).padStart(3, '0');
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '-' : ''}${whole}.${text.slice(-2)}`;
}

/** Minor units of what was typed; null where it is no amount. @param {string} text @returns {number | null} */
export function minor(text) {
  const [, sign, whole, cents = ''] = /^\s*(-?)\s*(?:Rs\.?|LKR)?\s*([\d,\s]+)(?:\.(\d{0,2}))?\s*$/i.exec(text) ?? [];
  const digits = whole?.replace(/\D/g, '');
  if (!digits) return null;
  const value = Number(`${sign}${digits}${cents.padEnd(2, '0')}`);
  return Number.isSafeInteger(value) ? value : null;
}

/** A day, e.g. `15 Sep 2026`. @param {string | null | undefined} day `2026-09-15` */
export function day(day) {
  if (!day) return '–';
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A month, e.g. `Sep 2026`. @param {string | null | undefined} day its first day */
export function month(day) {
  if (!day) return '–';
  return new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A point in time in the dealership's zone. @param {string | null | undefined} at @param {string} [timeZone] */
export function time(at, timeZone = 'Asia/Colombo') {
  if (!at) return '–';
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
}

/** Today where the dealership is. @param {string} [timeZone] @returns {string} `2026-09-15` */
export const today = (timeZone = 'Asia/Colombo') => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
