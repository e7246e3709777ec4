// A small program over what was generated; `tsc` must find nothing.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { BillChangedDocument, BillsDocument, TakePaymentDocument } from './generated';
import type { BillChangedSubscription, BillLineFragment } from './generated';

declare function execute<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result>;

// --- example
export async function openBalance(): Promise<number> {
  const { bills } = await execute(BillsDocument, { first: 20, filter: { status: ['PENDING'] } });
  return bills.nodes.reduce((sum: number, bill: BillLineFragment) => sum + bill.balance.amountMinor, 0);
}
// --- end

export async function pay(bill: string): Promise<string[]> {
  const input = { bill, amountMinor: 1, method: 'CASH' as const, idempotencyKey: '12345678' };
  const { takePayment } = await execute(TakePaymentDocument, { input });
  return takePayment.userErrors.map(({ message }) => message);
}

export function number({ billChanged }: BillChangedSubscription): string | undefined {
  return billChanged.bill?.number;
}

export const listened = BillChangedDocument;

// @ts-expect-error: a page needs a size
execute(BillsDocument, {});
// @ts-expect-error: there is no such field
execute(BillsDocument, { first: 1 }).then(({ bills }) => bills.nodes[0].nothing);
