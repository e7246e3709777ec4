/** A step of a registration that was done. */

import { useForm } from '../../core/form.js';
import { t, today, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Act } from './act.js';

/** @param {{ registration: any, next: string, timeZone: string, onDone: () => void, onClose: () => void }} props */
export function Step({ registration, next, timeZone, onDone, onClose }) {
  const form = useForm({ on: today(timeZone), registrationNumber: '' });
  const hasNumber = next === 'NUMBER_ISSUED';
  const { on, registrationNumber } = form.values;
  const send = () => form.send('AdvanceRegistration', { registration: registration.id, to: next, ...(on && { on }), ...(hasNumber && { registrationNumber: registrationNumber.trim() }) });
  const { bill } = registration;
  return html`
    <${Act} title=${t(`desk.rmv.to.${next}`)} lead=${`${bill.number} · ${bill.buyer.name} · ${bill.modelName}`} form=${form} fields=${['on', 'registrationNumber']} submit=${t('action.confirm')} onSend=${send} done=${t('desk.rmv.moved', { step: word('status', next) })} onDone=${onDone} onClose=${onClose}>
      ${hasNumber && html`<${Field} ...${form.field('registrationNumber')} label=${t('desk.rmv.number')} hint=${t('desk.rmv.number.hint')} required autofocus autocomplete="off" spellcheck=${false} />`}
      <${Field} ...${form.field('on')} label=${t('desk.rmv.on')} type="date" max=${today(timeZone)} required autofocus=${!hasNumber} />
    </${Act}>
  `;
}
