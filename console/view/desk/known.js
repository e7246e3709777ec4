/** Whether somebody is a customer already: by NIC and by phone. */

import { can } from '../../core/may.js';
import { useQuery } from '../../core/query.js';

/** A NIC that is typed to its end: nine digits with V or X, or twelve digits. */
const NIC = /^(\d{9}[VX]|\d{12})$/i;

/** A phone number that is typed to its end. */
const PHONE = /^(\+?94|0)\d{9}$/;

/** @param {string} text */
const plain = (text) => text.replace(/[\s().-]/g, '');

/** The NIC in a text; null where it is none. @param {string} text @returns {string | null} */
export const nicOf = (text) => (NIC.test(plain(text)) ? plain(text).toUpperCase() : null);

/** The phone number in a text; null where it is none. @param {string} text @returns {string | null} */
export const phoneOf = (text) => (PHONE.test(plain(text)) ? plain(text) : null);

/**
 * Customers with this NIC or this phone number.
 * @param {any} viewer
 * @param {{ nic?: string, phone?: string }} of as typed
 */
export function useKnown(viewer, { nic = '', phone = '' }) {
  const mayLook = can(viewer, 'READ_IDENTITY') && viewer.viewer.dealership;
  const number = nicOf(nic);
  const called = phoneOf(phone);
  const byNic = useQuery('CustomersByNic', mayLook && number ? { nic: number } : null);
  const byPhone = useQuery('CustomersByPhone', mayLook && called ? { phone: called } : null);
  const found = [...(byNic.data?.customersByNic ?? []), ...(byPhone.data?.customersByPhone ?? [])];
  const customers = found.filter((one, n) => found.findIndex((other) => other.id === one.id) === n);
  return { customers, isLoading: byNic.isLoading || byPhone.isLoading, fault: byNic.fault ?? byPhone.fault };
}
