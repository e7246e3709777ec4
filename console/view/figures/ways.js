/** Addresses of the rows behind figures. */

import { can } from '../../core/may.js';
import { to } from '../../core/route.js';

/** Of a figure of a period. @param {string} measure @param {Record<string, any>} link of `periodOf` @param {Record<string, any>} [more] */
export const rowsOf = (measure, link, more = {}) => to('figure', { measure, ...link, ...more });

/**
 * Of what is open: of some ages in days, both ends included.
 * @param {string} kind
 * @param {{ from?: number | null, to?: number | null, currency?: string | null }} [ages]
 */
export const openOf = (kind, { from, to: until, currency } = {}) => to('figure', { open: kind, older: from, younger: until, currency });

/** The role may see cost and margin. @param {any} viewer */
export const maySeeMargin = (viewer) => can(viewer, 'READ_MARGIN');
