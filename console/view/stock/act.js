/** Something that is done by one button: it is asked, it is busy, it is done or it says why not. */

import { useForm } from '../../core/form.js';
import { html, useState } from '../../core/view.js';
import { FormFault } from '../../ui/field.js';
import { say } from '../../ui/dialog.js';

/** @param {() => void} onDone called after anything was done */
export function useAct(onDone) {
  const form = useForm({});
  const [running, setRunning] = useState('');
  /**
   * @param {keyof import('../../types/operations.js').Operations} operation
   * @param {object} input
   * @param {string} said what is told when it is done
   * @param {{ creates?: boolean }} [how]
   * @returns {Promise<any>} the payload, null where it was refused
   */
  const act = async (operation, input, said, how) => {
    setRunning(JSON.stringify([operation, input]));
    const payload = await form.send(operation, input, how);
    setRunning('');
    if (payload) {
      say(said);
      onDone();
    }
    return payload;
  };
  return { act, fault: form.fault, errors: form.errors, isBusy: (/** @type {string} */ operation, /** @type {object} */ input) => form.isBusy && running === JSON.stringify([operation, input]) };
}

/** Brings whoever submitted to the first field that is wrong, once it is marked. @param {EventTarget | null} form */
export function focusFault(form) {
  setTimeout(() => form instanceof HTMLElement && /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid="true"]'))?.focus());
}

/** Why it was not done. @param {{ of: { fault: import('../../core/fault.js').Fault | null, errors: Record<string, string> } }} props */
export function Refused({ of }) {
  const said = Object.values(of.errors).join(' ');
  return html`<${FormFault} fault=${of.fault} errors=${said ? { '': said } : {}} />`;
}
