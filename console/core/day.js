/** Reckoning with days, written `2026-09-15`; they have no zone and no hours. */

const DAY = 86_400_000;

/** The day so many days after another; before it, where the number is below zero. @param {string} day @param {number} days */
export const after = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** How many days lie between. @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
