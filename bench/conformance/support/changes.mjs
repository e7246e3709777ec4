// Changes that others may hear of: payments of a hundredth of a rupee for bills that are open.
import { randomUUID } from 'node:crypto';
import { ask } from './ask.mjs';

/** Bills of which something is due still. */
export async function openBills(url, token) {
  const query = '{ bills(first: 100, filter: { status: [PENDING, COMPLETED] }) { nodes { id number balance { amountMinor } } } }';
  const { bills } = await ask(url, token, query);
  const open = bills.nodes.filter(({ balance }) => balance.amountMinor > 100);
  if (open.length === 0) throw new Error('there is no open bill');
  return open;
}

/** Changes a bill. */
export async function pay(url, token, bill) {
  const query = `mutation($input: TakePaymentInput!) {
    takePayment(input: $input) { payment { id } userErrors { code field message } }
  }`;
  const input = { bill: bill.id, amountMinor: 1, method: 'CASH', idempotencyKey: randomUUID() };
  const { takePayment } = await ask(url, token, query, { input });
  if (takePayment.userErrors.length > 0) throw new Error(JSON.stringify(takePayment.userErrors));
}
