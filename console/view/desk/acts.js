/** What may be done with a bill, by its state and by the role; the server has the last word. */

import { can } from '../../core/may.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { CancelBill, CloseAdvance, CreditBill, IssueProforma, MailBill, SwapUnit } from './bill_acts.js';
import { RecordDisbursement, RefundPayment, TakePayment } from './money_acts.js';

/**
 * @typedef {object} Possible
 * @property {string} name
 * @property {string} text
 * @property {'primary' | 'plain' | 'danger'} [kind]
 */

/** The dialogs. @type {Record<string, (props: any) => any>} */
export const DIALOGS = {
  cancel: CancelBill, close: CloseAdvance, credit: CreditBill, disbursement: RecordDisbursement, mail: MailBill,
  payment: TakePayment, proforma: IssueProforma, refund: RefundPayment, swap: SwapUnit,
};

/**
 * @param {any} viewer
 * @param {any} bill
 * @returns {Possible[]}
 */
export function possible(viewer, bill) {
  const mayWrite = can(viewer, 'WRITE_BILLS');
  const mayCredit = can(viewer, 'CREDIT_BILLS');
  const isPending = bill.status === 'PENDING';
  const isCompleted = bill.status === 'COMPLETED';
  const stands = isPending || isCompleted;
  const owes = bill.balance.amountMinor > 0;
  /** @type {Array<Possible | false>} */
  const all = [
    mayWrite && isPending && { name: 'close', text: t('desk.close_advance'), kind: 'primary' },
    mayWrite && stands && owes && { name: 'payment', text: t('desk.take_payment'), kind: isCompleted ? 'primary' : 'plain' },
    mayWrite && isCompleted && bill.financierBalance?.amountMinor > 0 && { name: 'disbursement', text: t('desk.disbursement') },
    mayCredit && bill.balance.amountMinor < 0 && { name: 'refund', text: t('desk.refund') },
    mayWrite && isPending && bill.model && { name: 'swap', text: t('desk.swap') },
    mayWrite && stands && bill.saleType === 'LEASING' && !bill.proformaNumber && { name: 'proforma', text: t('desk.proforma') },
    mayWrite && isPending && { name: 'cancel', text: t('desk.cancel'), kind: 'danger' },
    mayCredit && isCompleted && { name: 'credit', text: t('desk.credit'), kind: 'danger' },
  ];
  return /** @type {Possible[]} */ (all.filter(Boolean));
}

/** @param {{ acts: Possible[], onChoose: (name: string) => void }} props */
export const Acts = ({ acts, onChoose }) => html`${acts.map(({ name, text, kind = 'plain' }) => html`<${Button} key=${name} kind=${kind} data-act=${name} onClick=${() => onChoose(name)}>${text}</${Button}>`)}`;
