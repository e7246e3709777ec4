/** Entering a customer, and correcting one. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Act } from './act.js';
import { PersonFields } from './person.js';
import { BranchField, isBranchAsked } from '../place.js';

/**
 * @param {{ viewer: any, customer?: any, onDone: (payload: any) => void, onClose: () => void }} props
 * `customer`: the one to correct; without it somebody new is entered
 */
export function CustomerForm({ viewer, customer, onDone, onClose }) {
  const form = useForm({ branch: '', name: customer?.name ?? '', nic: customer?.nic ?? '', phone: customer?.phone ?? '', address: customer?.address ?? '' });
  const isAsked = isBranchAsked(viewer);
  const { name, nic, phone, address, branch } = form.values;
  const person = Object.fromEntries(Object.entries({ name, nic, phone, address }).filter(([, text]) => text.trim()).map(([key, text]) => [key, text.trim()]));
  const send = () =>
    customer
      ? form.send('UpdateCustomer', { customer: customer.id, ...person })
      : form.send('CreateCustomer', { ...(isAsked && branch && { branch }), ...person }, { creates: true });
  const words = customer ? 'desk.customer.correct' : 'desk.customer.enter';
  return html`
    <${Act} title=${t(words)} lead=${customer && t('desk.customer.correct.lead')} form=${form} fields=${['branch', 'name', 'nic', 'phone', 'address']} submit=${t('action.save')} onSend=${send} done=${t('desk.customer.saved')} onDone=${onDone} onClose=${onClose}>
      ${!customer && html`<${BranchField} viewer=${viewer} value=${branch} onValue=${(/** @type {string} */ id) => form.set({ branch: id })} error=${form.errors.branch} />`}
      <${PersonFields} viewer=${viewer} form=${form} except=${customer?.id} />
    </${Act}>
  `;
}

/** What the server found odd about a customer that it kept, in words. @param {any[]} warnings */
export const oddities = (warnings) => warnings.map(({ code, other }) => t(`desk.warning.${code}`, { name: other?.name ?? '' }));
