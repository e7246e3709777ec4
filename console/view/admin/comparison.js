/** The figures by which the branches of a dealership are compared with each other. */

import { change } from '../../core/api.js';
import { Fault } from '../../core/fault.js';
import { useQuery } from '../../core/query.js';
import { t, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { say } from '../../ui/dialog.js';
import { Check, FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';

/** Those that say something about a branch beside others. */
const MEASURES = [
  'UNITS', 'VEHICLE_REVENUE', 'AVERAGE_SELLING_PRICE', 'CASH_COLLECTED', 'GROSS_PROFIT', 'GROSS_MARGIN', 'GROSS_PER_UNIT', 'LEASING_MIX', 'LOAN_TO_VALUE',
  'DAYS_TO_SELL', 'UNITS_RECEIVED', 'ADVANCES_TAKEN', 'ADVANCE_CONVERSION', 'ADVANCE_CANCELLATION', 'DAYS_TO_CONVERT', 'OFFER_CONVERSION', 'QUOTATION_CONVERSION',
];

export function Comparison() {
  const answer = useQuery('AdminPeerMeasures');
  return html`
    <${Panel} title=${t('admin.tab.comparison')}>
      <p class="hint">${t('admin.comparison.text')}</p>
      <${Answered} answer=${answer}>
        ${(/** @type {any} */ data) => html`<${Measures} opened=${data.kpiPeerMeasures} onDone=${answer.again} />`}
      </${Answered}>
    </${Panel}>
  `;
}

/** @param {{ opened: string[], onDone: () => void }} props */
function Measures({ opened, onDone }) {
  const [busy, setBusy] = useState(/** @type {string | null} */ (null));
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [refused, setRefused] = useState('');
  const turn = async (/** @type {string} */ measure, /** @type {boolean} */ open) => {
    setBusy(measure);
    setFault(null);
    setRefused('');
    try {
      const { userErrors } = await change('AdminSetPeerMeasure', { measure, open });
      if (userErrors.length) setRefused(userErrors[0].message);
      else say(t(open ? 'admin.comparison.opened' : 'admin.comparison.closed', { measure: word('measure', measure) }));
      onDone();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (cause.code !== 'CANCELLED') setFault(cause);
      onDone();
    } finally {
      setBusy(null);
    }
  };
  const shown = [...MEASURES, ...opened.filter((one) => !MEASURES.includes(one))];
  return html`
    <${FormFault} fault=${fault} errors=${{ '': refused }} />
    <div class="checks">${shown.map((measure) => html`<${Check} key=${measure} label=${word('measure', measure)} disabled=${busy === measure} value=${opened.includes(measure)} onValue=${(/** @type {boolean} */ open) => turn(measure, open)} />`)}</div>
  `;
}
