/** The rows of a delivery while they are entered: what is typed, and what is plainly wrong with it. Pure functions. */

import { minor, t } from '../../core/text.js';
import { dayOf, sameName } from './sheet.js';

/** Most units of one delivery, as the schema says. */
export const MOST = 500;

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} chassisNumber
 * @property {string} motorNumber
 * @property {string} model id of a model; empty: none yet
 * @property {string} modelText how the model was called where it was pasted
 * @property {string} colour
 * @property {string} modelYear
 * @property {string} cost
 * @property {string} receivedOn
 * @property {string} notes
 */

let count = 0;

/** @returns {Row} */
export function emptyRow() {
  count += 1;
  return { key: `r${count}`, chassisNumber: '', motorNumber: '', model: '', modelText: '', colour: '', modelYear: '', cost: '', receivedOn: '', notes: '' };
}

/** Whether nothing was entered. @param {Row} row */
export const isEmpty = ({ key, ...typed }) => Object.values(typed).every((value) => !value.trim());

/**
 * A pasted row: its model found by name, its day as the server writes days.
 * @param {Record<string, string>} pasted
 * @param {any[]} models
 * @returns {Row}
 */
export function rowOf(pasted, models) {
  const { model: modelText = '', receivedOn = '', ...rest } = pasted;
  return { ...emptyRow(), ...rest, modelText, model: modelNamed(modelText, models), receivedOn: dayOf(receivedOn) ?? receivedOn };
}

/** @param {string} text @param {any[]} models */
const modelNamed = (text, models) => (text && models.find((model) => !model.retiredAt && sameName(model.name) === sameName(text))?.id) || '';

/**
 * What is plainly wrong, by row and field; the server finds the rest.
 * @param {Row[]} rows
 * @param {string} today
 * @returns {Record<string, string>} by `${key}.${field}`
 */
export function faultsOf(rows, today) {
  /** @type {Record<string, string>} */
  const faults = {};
  /** @type {Record<string, Map<string, number>>} */
  const seen = { chassisNumber: new Map(), motorNumber: new Map() };
  rows.forEach((row, at) => {
    const wrong = (/** @type {string} */ field, /** @type {string} */ text) => (faults[`${row.key}.${field}`] = text);
    for (const field of ['chassisNumber', 'motorNumber']) {
      const number = sameName(/** @type {any} */ (row)[field]);
      const earlier = seen[field]?.get(number);
      if (!number) wrong(field, t('receive.error.required'));
      else if (earlier !== undefined) wrong(field, t('receive.error.twice', { row: earlier + 1 }));
      else seen[field]?.set(number, at);
    }
    if (!row.model) wrong('model', row.modelText ? t('receive.error.model', { name: row.modelText }) : t('receive.error.required'));
    if (row.modelYear.trim() && !/^\s*20\d\d\s*$/.test(row.modelYear)) wrong('modelYear', t('receive.error.year'));
    if (row.cost.trim() && !minor(row.cost)) wrong('cost', t('receive.error.cost'));
    const day = dayOf(row.receivedOn);
    if (row.receivedOn.trim() && !day) wrong('receivedOn', t('receive.error.day'));
    else if (day && day > today) wrong('receivedOn', t('receive.error.future'));
  });
  return faults;
}

/** What the server is sent of a row without faults. @param {Row} row @param {boolean} withCost */
export function arrivalOf(row, withCost) {
  const cost = withCost && row.cost.trim() ? minor(row.cost) : null;
  return {
    chassisNumber: row.chassisNumber.trim(),
    motorNumber: row.motorNumber.trim(),
    model: row.model,
    ...(row.colour.trim() && { colour: row.colour.trim() }),
    ...(row.modelYear.trim() && { modelYear: Number(row.modelYear) }),
    ...(cost !== null && { landedCostMinor: cost }),
    ...(row.receivedOn.trim() && { receivedOn: dayOf(row.receivedOn) }),
    ...(row.notes.trim() && { notes: row.notes.trim() }),
  };
}

/** The paths at which the server names faults, under the names they have here. @param {Row[]} rows */
export function pathsOf(rows) {
  const fields = ['chassisNumber', 'motorNumber', 'model', 'colour', 'modelYear', 'receivedOn', 'notes'];
  return {
    units: '',
    ...Object.fromEntries(rows.flatMap((row, at) => [...fields.map((field) => [`units.${at}.${field}`, `${row.key}.${field}`]), [`units.${at}.landedCostMinor`, `${row.key}.cost`]])),
  };
}
