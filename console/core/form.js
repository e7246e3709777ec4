/** What people type, until it is sent and understood. */

import { change } from './api.js';
import { Fault } from './fault.js';
import { useRef, useState } from './view.js';

/**
 * A form over one mutation. Errors of the server stand at the field they are about, by its path in the input.
 * @template {Record<string, any>} V
 * @param {V} initial
 */
export function useForm(initial) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [refusals, setRefusals] = useState(/** @type {any[]} */ ([]));
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const busy = useRef(false);

  /** @param {Partial<V>} changes */
  const set = (changes) => {
    setValues((old) => ({ ...old, ...changes }));
    setErrors((old) => Object.fromEntries(Object.entries(old).filter(([path]) => !Object.keys(changes).includes(path.split('.')[0] ?? ''))));
  };

  /**
   * Sends the input; gives the payload, or null where it was refused: the errors are shown then.
   * @param {keyof import('../types/operations.js').Operations} operation
   * @param {object} input
   * @param {{ creates?: boolean, fields?: Record<string, string> }} [how] `fields`: paths of the input under other names here
   * @returns {Promise<any>}
   */
  const send = async (operation, input, { creates = false, fields = {} } = {}) => {
    if (busy.current) return null;
    busy.current = true;
    setBusy(true);
    setFault(null);
    try {
      const payload = await change(operation, input, { creates });
      const refused = payload?.userErrors ?? [];
      setRefusals(refused);
      setErrors(Object.fromEntries(refused.map((/** @type {any} */ error) => {
        const path = error.field.slice(1).join('.');
        return [fields[path] ?? path, error.message];
      })));
      return refused.length ? null : payload;
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (cause.code !== 'CANCELLED') setFault(cause);
      return null;
    } finally {
      busy.current = false;
      setBusy(false);
    }
  };

  /** What a field needs: `html\`<${Field} ...${form.field('name')} label=… />\`` @param {keyof V & string} name */
  const field = (name) => ({ name, value: values[name], error: errors[name], onValue: (/** @type {any} */ value) => set(/** @type {any} */ ({ [name]: value })) });

  return { values, set, errors, setErrors, refusals, fault, setFault, isBusy, send, field };
}
