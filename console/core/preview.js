/** What the server would make of what is typed, before it is sent: worked out there and nowhere else. */

import { useQuery } from './query.js';
import { useLast, useSettled } from './settled.js';

/** @typedef {{ seen: any, problems: any[], isFresh: boolean }} Foreseen */

/**
 * @param {'PreviewBill' | 'PreviewClosing' | 'AdminPreviewLetter'} operation
 * @param {object | null} input null while too little is known
 * @returns {Foreseen | null} null where there is none
 */
export function usePreview(operation, input) {
  const text = input ? JSON.stringify(input) : '';
  // By its text: an equal input is no other one.
  const settled = useSettled(text, 300);
  const answer = useQuery(operation, settled ? { input: JSON.parse(settled) } : null);
  const last = useLast(answer.data);
  if (!text || !last) return null;
  const { preview, userErrors } = /** @type {any} */ (Object.values(last)[0]);
  return { seen: preview, problems: userErrors ?? [], isFresh: Boolean(answer.data) && settled === text };
}
