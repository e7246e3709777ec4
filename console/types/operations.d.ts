/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How you proved who you are. */
export type Acr =
  /** By two: a password and a code. */
  | 'MFA'
  /** By one thing: a password. */
  | 'PWD';

/** A step of a registration that was done. */
export type AdvanceRegistrationInput = {
  /** The day on which it was done, not before the step before; today if left out. */
  on?: string | null | undefined;
  /** Which. */
  registration: string;
  /** As issued; needed for `NUMBER_ISSUED`, and for no other step. */
  registrationNumber?: string | null | undefined;
  /** The step; each in its turn. `CLOSED` comes with the credit note of the sale. */
  to: RmvStatus;
};

/** Bills to put in one file. */
export type ArchiveBillsInput = {
  /** Those of one branch alone; left out: all that you act in. */
  branch?: string | null | undefined;
  /** A day of the month. */
  month: string;
};

/** One unit of a delivery. */
export type ArrivalInput = {
  /** Unique in the dealership. */
  chassisNumber: string;
  /** Colour, where known. */
  colour?: string | null | undefined;
  /** What it cost landed, in minor units of the dealership's currency; for roles that may see costs. */
  landedCostMinor?: number | null | undefined;
  /** Its model. */
  model: string;
  /** From 2000 to next year, where known. */
  modelYear?: number | null | undefined;
  /** Unique in the dealership. */
  motorNumber: string;
  /** Notes of the staff. */
  notes?: string | null | undefined;
  /** The day it came in; today if left out. */
  receivedOn?: string | null | undefined;
};

/** Which models; absent parts do not narrow. */
export type BikeModelFilter = {
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** That may be leased, or not. */
  leasable?: boolean | null | undefined;
  /** Out of the catalogue, or in it. */
  retired?: boolean | null | undefined;
  /** Whose name begins so, in any case. */
  search?: string | null | undefined;
  /** Of this class. */
  vehicleClass?: VehicleClass | null | undefined;
};

/** Which units; absent parts do not narrow. Deleted units are never among them. */
export type BikeUnitFilter = {
  /** At this branch. */
  branch?: string | null | undefined;
  /** Of this colour, as written. */
  colour?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Of this model. */
  model?: string | null | undefined;
  /** Received on these days. */
  receivedOn?: DateRange | null | undefined;
  /** Each word begins the chassis or motor number, in any case. */
  search?: string | null | undefined;
  /** In one of these states. */
  status?: Array<BikeUnitStatus> | null | undefined;
};

/** The order of units. */
export type BikeUnitOrder =
  /** By chassis number. */
  | 'CHASSIS_NUMBER_ASC'
  /** By chassis number, backwards. */
  | 'CHASSIS_NUMBER_DESC'
  /** Longest in stock first. */
  | 'RECEIVED_ASC'
  /** Newest first. */
  | 'RECEIVED_DESC';

/** Where a unit stands. */
export type BikeUnitStatus =
  /** In stock, for sale. */
  | 'AVAILABLE'
  /** Not for sale until repaired. */
  | 'DAMAGED'
  /** On its way to another branch. */
  | 'IN_TRANSIT'
  /** Promised to a customer or an advance. */
  | 'RESERVED'
  /** Handed over. */
  | 'SOLD';

/** Which bills; absent parts do not narrow. */
export type BillFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** To this customer. */
  customer?: string | null | undefined;
  /** Made on these days. */
  date?: DateRange | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Financed by this company. */
  financeCompany?: string | null | undefined;
  /** Taken as an advance, or not. */
  isAdvance?: boolean | null | undefined;
  /** Financed so. */
  saleType?: SaleType | null | undefined;
  /** Each word begins the bill number, chassis, motor or a word of the customer's name, in any case. */
  search?: string | null | undefined;
  /** In one of these states. */
  status?: Array<BillStatus> | null | undefined;
  /** For a vehicle of this class. */
  vehicleClass?: VehicleClass | null | undefined;
};

/** Where a bill stands. */
export type BillStatus =
  /** Cancelled; its unit was released. */
  | 'CANCELLED'
  /** A sale. */
  | 'COMPLETED'
  /** An advance that a completed bill has replaced. */
  | 'CONVERTED'
  /** A sale taken back by a credit note. */
  | 'CREDITED'
  /** An advance whose balance is open. */
  | 'PENDING';

/** What the document of a bill is called. */
export type BillTitle =
  /** Of any other. */
  | 'INVOICE'
  /** Of a dealership registered for VAT on the day. */
  | 'TAX_INVOICE';

/** Whom a document is for. */
export type BuyerInput =
  {   /** A customer of the branch. */
  customer: string; person?: never; }
  |  { customer?: never;   /** Somebody new, who is entered as a customer. */
  person: PersonInput; };

/** An advance to cancel. */
export type CancelBillInput = {
  /** Which. */
  bill: string;
  /** Why. */
  reason: string;
};

/** A job to call off. */
export type CancelJobInput = {
  /** Which. */
  job: string;
};

/** A transfer to give up. */
export type CancelTransferInput = {
  /** Which. */
  transfer: string;
};

/** Another role or branch for a member of staff. */
export type ChangeMembershipInput = {
  /** Where, for the roles of a branch: `BRANCH_MANAGER`, `SALES`, `INVENTORY` and `SERVICE`. */
  branch?: string | null | undefined;
  /** Fresh for each change, 8 to 64 characters: the same request twice makes one membership. */
  idempotencyKey: string;
  /** As what from now on. */
  role: Role;
  /** Which membership; it ends. */
  staffMember: string;
};

/** Your password, and what it is to be. */
export type ChangePasswordInput = {
  /** The new one: 15 characters or more, hard to guess. */
  new: string;
  /** The present one. */
  present: string;
};

/** A password chosen through a link. */
export type ChoosePasswordInput = {
  /** 15 characters or more, hard to guess. */
  password: string;
  /** The secret of the link that was mailed. */
  token: string;
};

/** An advance to complete. */
export type CloseAdvanceInput = {
  /** The advance. */
  bill: string;
  /** Fresh for each closing, 8 to 64 characters. */
  idempotencyKey: string;
  /** What is paid now. */
  payments: Array<ReceivedInput>;
  /** Terms agreed anew; those of the advance if left out. */
  terms?: TermsInput | null | undefined;
};

/** A branch to close. */
export type CloseBranchInput = {
  /** Which. */
  branch: string;
};

/** What proves once more that it is you. */
export type ConfirmIdentityInput =
  {   /** What your authenticator app shows, or a recovery code. */
  code: string; password?: never; }
  |  { code?: never;   /** Your password, if you have no second factor. */
  password: string; };

/** The code that your app shows. */
export type ConfirmSecondFactorInput = {
  /** Six digits. */
  code: string;
};

/** A quotation to invoice. */
export type ConvertQuotationInput = {
  /** Fresh for each invoice, 8 to 64 characters: the same request twice makes one. */
  idempotencyKey: string;
  /** Which; it must be accepted. */
  quotation: string;
};

/** An accepted offer to bill: to its buyer, at its price, on its terms. Charges and taxes are those of the day. */
export type ConvertSalesQuotationInput = {
  /** Makes it an advance: the bike is kept, and promised for this day. */
  estimatedDeliveryOn?: string | null | undefined;
  /** Fresh for each bill, 8 to 64 characters: the same request twice issues one. */
  idempotencyKey: string;
  /** What is paid at once, 5 payments at most; of an advance, the advance. */
  payments: Array<ReceivedInput>;
  /** The buyer's taxpayer number. */
  purchaserTin?: string | null | undefined;
  /** The offer. */
  salesQuotation: string;
  /** The bike, of the model that was offered. */
  unit: string;
};

/** A model to enter. */
export type CreateBikeModelInput = {
  /** Fresh for each model, 8 to 64 characters: the same request twice enters one. */
  idempotencyKey: string;
  /** Whether leasing companies finance it. */
  leasable: boolean;
  /** List price in minor units of the dealership's currency, registration charges excluded. */
  listPriceMinor: number;
  /** Name, unique in the dealership whatever its case; 80 characters at most. */
  name: string;
  /** How the registrar classes it; it stays so. */
  vehicleClass: VehicleClass;
};

/** A branch to open. */
export type CreateBranchInput = {
  /** Unit code in document serials, 2 to 6 capital letters and digits, unique in the dealership, e.g. `BR01`. */
  code: string;
  /** Fresh for each branch, 8 to 64 characters: the same request twice opens one. */
  idempotencyKey: string;
  /** Name; 80 characters at most. */
  name: string;
};

/** A customer to enter. */
export type CreateCustomerInput = {
  /** Postal address on one line. */
  address?: string | null | undefined;
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Fresh for each customer, 8 to 64 characters: the same request twice enters one. */
  idempotencyKey: string;
  /** Name. */
  name: string;
  /** National identity card number. */
  nic?: string | null | undefined;
  /** Phone number, e.g. `071 234 5678`. */
  phone?: string | null | undefined;
};

/** An enquiry to enter. */
export type CreateEnquiryInput = {
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Fresh for each enquiry, 8 to 64 characters: the same request twice enters one. */
  idempotencyKey: string;
  /** What they asked about. */
  model?: string | null | undefined;
  /** Who asked. */
  name: string;
  /** What was said. */
  notes?: string | null | undefined;
  /** Number to call back, e.g. `071 234 5678`. */
  phone: string;
};

/** A company to enter. */
export type CreateFinanceCompanyInput = {
  /** Postal address on one line. */
  address?: string | null | undefined;
  /** Phone number of its office, e.g. `011 234 5678`. */
  contact?: string | null | undefined;
  /** Fresh for each company, 8 to 64 characters: the same request twice enters one. */
  idempotencyKey: string;
  /** Name, unique in the dealership whatever its case; 120 characters at most. */
  name: string;
};

/** A key to make. */
export type CreatePartnerKeyInput = {
  /** The branches whose bills it may be used for; left out: all of them. 50 at most. */
  branches?: Array<string> | null | undefined;
  /** When it stops; two years ahead at most. */
  expiresAt: string;
  /** Whose it is to be. */
  financeCompany: string;
  /** Fresh for each key, 8 to 64 characters: the same request twice makes one. Its text is in the first answer only. */
  idempotencyKey: string;
  /** What people call it; 120 characters at most. */
  name: string;
  /** The networks it may be used from, e.g. `203.0.113.0/24`, or single addresses; left out: from anywhere. 50 at most. */
  networks?: Array<string> | null | undefined;
  /** What it may be used for; one at least. */
  scopes: Array<PartnerKeyScope>;
};

/** A quotation to make. Amounts are computed. */
export type CreateQuotationInput = {
  /** Day of the accident. */
  accidentOn?: string | null | undefined;
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** For whom. */
  buyer: BuyerInput;
  /** The insurer's claim number. */
  claimNumber?: string | null | undefined;
  /** Fresh for each quotation, 8 to 64 characters: the same request twice makes one. */
  idempotencyKey: string;
  /** The insurer. */
  insuranceCompany?: string | null | undefined;
  /** Its lines in their order, 1 to 50. */
  items: Array<QuotationItemInput>;
  /** Registration number of the vehicle. */
  registrationNumber?: string | null | undefined;
  /** Remarks on the document. */
  remarks?: string | null | undefined;
};

/** An offer to make. What the customer would pay is computed by the tariff of the day. */
export type CreateSalesQuotationInput = {
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** To whom. */
  buyer: BuyerInput;
  /** The enquiry that it answers. */
  enquiry?: string | null | undefined;
  /** Fresh for each offer, 8 to 64 characters: the same request twice makes one. */
  idempotencyKey: string;
  /** How it would be leased; a cash sale if left out. */
  leasing?: LeasingInput | null | undefined;
  /** What. */
  model: string;
  /**
   * Price of the vehicle in minor units; the list price if left out. Further below the list price than the dealership's
   * limit, it needs the permission for it.
   */
  priceMinor?: number | null | undefined;
  /** Remarks on the document. */
  remarks?: string | null | undefined;
  /** Last day it holds; two weeks from today if left out. */
  validUntil?: string | null | undefined;
};

/** A sale to take back. */
export type CreditBillInput = {
  /** Which. */
  bill: string;
  /** Fresh for each credit note, 8 to 64 characters. */
  idempotencyKey: string;
  /** Why; printed on the credit note. */
  reason: string;
  /** In which state the bike came back. */
  returned: ReturnedUnit;
};

/** Which customers; absent parts do not narrow. */
export type CustomerFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Each word begins a word of the name, in any case. */
  search?: string | null | undefined;
};

/** The order of customers. */
export type CustomerOrder =
  /** First seen first. */
  | 'CREATED_ASC'
  /** Last seen first. */
  | 'CREATED_DESC'
  /** By name. */
  | 'NAME_ASC'
  /** By name, backwards. */
  | 'NAME_DESC';

/** What to look at again. */
export type CustomerWarningCode =
  /** Another customer you can see has the same NIC, in either form. */
  | 'SAME_NIC'
  /** The NIC has neither nine digits with V or X nor twelve digits, or names no day of a year. */
  | 'UNUSUAL_NIC';

/** Days, both inclusive; either may be left open. */
export type DateRange = {
  /** First day. */
  from?: string | null | undefined;
  /** Last day. */
  to?: string | null | undefined;
};

/** What a browser does with a file. */
export type Disposition =
  /** It is saved. */
  | 'ATTACHMENT'
  /** It is shown, if it is of a kind that can be. */
  | 'INLINE';

/** What is printed. */
export type DocumentKind =
  /** A bill that was taken as an advance. */
  | 'ADVANCE_RECEIPT'
  /** The bills of a month, a file each, in one zip. */
  | 'ARCHIVE'
  /** The invoice made of one. */
  | 'CLAIM_INVOICE'
  /** A repair or claim quotation. */
  | 'CLAIM_QUOTATION'
  /** A credit note. */
  | 'CREDIT_NOTE'
  /** What a leasing company finances of a month's sales. */
  | 'FINANCIER_REPORT'
  /** A bill of any other. */
  | 'INVOICE'
  /** What a leasing company is shown before it pays. */
  | 'PROFORMA'
  /** An offer of a bike. */
  | 'SALES_QUOTATION'
  /** The stock as it stood. */
  | 'STOCK_REPORT'
  /** A bill of a dealership registered for VAT. */
  | 'TAX_INVOICE';

/** A member of staff to let go. */
export type EndMembershipInput = {
  /** Which membership. */
  staffMember: string;
};

/** A device to sign out. */
export type EndSessionInput = {
  /** Which. */
  session: string;
};

/** A member of staff to sign out everywhere. */
export type EndStaffSessionsInput = {
  /** Which membership. */
  staffMember: string;
};

/** Which enquiries; absent parts do not narrow. */
export type EnquiryFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** Asked on these days. */
  date?: DateRange | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** About this model. */
  model?: string | null | undefined;
  /** In one of these states. */
  status?: Array<EnquiryStatus> | null | undefined;
};

/** Where an enquiry stands. */
export type EnquiryStatus =
  /** Given up. */
  | 'LOST'
  /** Somebody asked. */
  | 'OPEN'
  /** A sales quotation was made. */
  | 'QUOTED'
  /** Ended in a bill. */
  | 'WON';

/** Which companies; absent parts do not narrow. */
export type FinanceCompanyFilter = {
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** No longer worked with, or still. */
  retired?: boolean | null | undefined;
  /** Whose name begins so, in any case. */
  search?: string | null | undefined;
};

/** Which sales. */
export type FinancierReportInput = {
  /** The leasing company. */
  financeCompany: string;
  /** A day of the month. */
  month: string;
};

/** The first administrator of a dealership. */
export type FirstAdminInput = {
  /** E-mail address to sign in with. Somebody who has an account keeps it. */
  email: string;
  /** What the dealership calls them; 120 characters at most. */
  name: string;
};

/** The first branch of a dealership. */
export type FirstBranchInput = {
  /** Unit code inside document serials: 2 to 6 capital letters and digits. */
  code: string;
  /** What people call it; 80 characters at most. */
  name: string;
};

/** Somebody to make a member of staff. */
export type InviteStaffInput = {
  /** Where, for the roles of a branch: `BRANCH_MANAGER`, `SALES`, `INVENTORY` and `SERVICE`. */
  branch?: string | null | undefined;
  /** E-mail address to sign in with. Somebody who has an account keeps it; whether they had one is not told. */
  email: string;
  /** Fresh for each invitation, 8 to 64 characters: the same request twice invites once. */
  idempotencyKey: string;
  /** What the dealership calls them; 120 characters at most. */
  name: string;
  /** As what. `DEALER_ADMIN` is HQ's to give; HQ's own roles are not given here. */
  role: Role;
};

/** A bill to issue. Charges, taxes and totals are computed, never sent. */
export type IssueBillInput = {
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Who buys. */
  buyer: BuyerInput;
  /** Makes it an advance: the bike is kept, and promised for this day. */
  estimatedDeliveryOn?: string | null | undefined;
  /** Fresh for each bill, 8 to 64 characters: the same request twice issues one. */
  idempotencyKey: string;
  /** For a leased vehicle; a cash sale if left out. */
  leasing?: LeasingInput | null | undefined;
  /** What is paid at once, 5 payments at most; of an advance, the advance. */
  payments: Array<ReceivedInput>;
  /** Price of the vehicle in minor units; the model's list price if left out. */
  priceMinor?: number | null | undefined;
  /** The buyer's taxpayer number. */
  purchaserTin?: string | null | undefined;
  /** The bike. */
  unit: string;
};

/** A bill that needs its proforma. */
export type IssueProformaInput = {
  /** Which. */
  bill: string;
};

/** Which jobs; absent parts do not narrow. */
export type JobFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** In this dealership. */
  dealership?: string | null | undefined;
  /** Of this kind, e.g. `rebuild_figures`. */
  kind?: string | null | undefined;
  /** In one of these states. */
  state?: Array<JobState> | null | undefined;
};

/** Where a job stands. */
export type JobState =
  /** It was called off. */
  | 'CANCELLED'
  /** It is done. */
  | 'DONE'
  /** It was given up; `retryJob` lets it begin anew. */
  | 'FAILED'
  /** For a worker that has time. */
  | 'READY'
  /** It is being done. */
  | 'RUNNING'
  /** For a time that has not come: a retry, or something that was asked for later. */
  | 'WAITING';

/** Where a refresh token is to be. */
export type Keep =
  /** In the answer, for programs that keep it safe themselves. */
  | 'BODY'
  /** In a cookie that no script can read, for browsers. */
  | 'COOKIE';

/** Ages in whole days, both inclusive; below zero lies what is not due yet. Open where left out. */
export type KpiAges = {
  /** The youngest. */
  from?: number | null | undefined;
  /** The oldest. */
  to?: number | null | undefined;
};

/** With what figures are compared. */
export type KpiComparison =
  /**
   * The same stretch just before: whole months with as many whole months, months up to a day with months up to that day,
   * other stretches with as many days.
   */
  | 'PREVIOUS_PERIOD'
  /** The same days a year before. */
  | 'PREVIOUS_YEAR';

/** Days, both inclusive. */
export type KpiDays = {
  /** First day. */
  from: string;
  /** Last day. */
  to: string;
};

/** What happened. */
export type KpiFactKind =
  /** An advance taken. */
  | 'ADVANCE'
  /** A sales quotation that was decided. */
  | 'OFFER'
  /** Money received or given back. */
  | 'PAYMENT'
  /** A repair or claim quotation that was decided. */
  | 'QUOTATION'
  /** A unit received. */
  | 'RECEIPT'
  /** A sale, on the day of its bill. */
  | 'SALE'
  /** A sale taken back, on the day of its credit note. */
  | 'TAKEN_BACK';

/** Narrows figures; parts that are left out do not. */
export type KpiFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Financed by this company. */
  financeCompany?: string | null | undefined;
  /** Of this model. */
  model?: string | null | undefined;
  /** Of this kind of sale. */
  saleType?: SaleType | null | undefined;
  /** Of this seller. */
  salesperson?: string | null | undefined;
};

/** By what figures are told apart. */
export type KpiGroup =
  /** By branch. */
  | 'BRANCH'
  /** By local business day. */
  | 'DAY'
  /** By dealership. */
  | 'DEALERSHIP'
  /** By leasing company; of sales. */
  | 'FINANCIER'
  /** By model; of sales and units. */
  | 'MODEL'
  /** By month. */
  | 'MONTH'
  /** By seller; of sales. */
  | 'SALESPERSON'
  /** By cash or leasing; of sales. */
  | 'SALE_TYPE'
  /** By week from Monday. */
  | 'WEEK';

/** A key figure that adds up over days and branches, or is one such sum by another. */
export type KpiMeasure =
  /** Units with a leased share above the loan-to-value cap in force on their day. */
  | 'ABOVE_CAP_UNITS'
  /** Advances taken in the period. */
  | 'ADVANCES_TAKEN'
  /** Advances taken in the period that were cancelled since ÷ advances taken. */
  | 'ADVANCE_CANCELLATION'
  /** Advances taken in the period that were completed since ÷ advances taken. */
  | 'ADVANCE_CONVERSION'
  /** Vehicle revenue ÷ units. */
  | 'AVERAGE_SELLING_PRICE'
  /** Σ payments received in the period, by customers and financiers, less those given back. */
  | 'CASH_COLLECTED'
  /** The part of it by card. */
  | 'COLLECTED_CARD'
  /** The part of it in notes and coins. */
  | 'COLLECTED_CASH'
  /** The part of it by cheque. */
  | 'COLLECTED_CHEQUE'
  /** The part of it that leasing companies paid. */
  | 'COLLECTED_FINANCIER'
  /** The part of it by bank transfer. */
  | 'COLLECTED_TRANSFER'
  /** The part of it of which the source did not say how it came. */
  | 'COLLECTED_UNKNOWN'
  /** Σ days from taking to completing ÷ advances completed, of the advances taken in the period. */
  | 'DAYS_TO_CONVERT'
  /** Σ (sale date − day of receipt) ÷ units, of the units from stock. */
  | 'DAYS_TO_SELL'
  /** Gross profit ÷ vehicle revenue, both of the units whose cost is known. */
  | 'GROSS_MARGIN'
  /** Gross profit ÷ units, both of the units whose cost is known. */
  | 'GROSS_PER_UNIT'
  /** Σ (vehicle price − landed cost) of the units whose cost is known; null where none is. */
  | 'GROSS_PROFIT'
  /** Σ leased share of those units: max(price − down payment, 0). */
  | 'LEASED_AMOUNT'
  /** Leasing units ÷ units. */
  | 'LEASING_MIX'
  /** Units sold on leasing. */
  | 'LEASING_UNITS'
  /** Leased amount ÷ vehicle price of the units with a leased share. */
  | 'LOAN_TO_VALUE'
  /** Sales quotations of the period that became a bill ÷ those decided: accepted, rejected or converted. */
  | 'OFFER_CONVERSION'
  /** The same by value: Σ totals of the converted ÷ Σ totals of the decided. */
  | 'OFFER_CONVERSION_VALUE'
  /** Repair and claim quotations of the period that became an invoice ÷ those decided: accepted, rejected or converted. */
  | 'QUOTATION_CONVERSION'
  /** The same by value: Σ totals of the converted ÷ Σ totals of the decided. */
  | 'QUOTATION_CONVERSION_VALUE'
  /** Completed sales by sale date, less those taken back by a credit note on the note's day. An advance counts when it is completed. */
  | 'UNITS'
  /** Units sold whose day of receipt is known. */
  | 'UNITS_FROM_STOCK'
  /** Units received into stock, by the day of receipt, at the branch that has or sold them. */
  | 'UNITS_RECEIVED'
  /** Units whose bill has no chassis number. A gap in the data. */
  | 'UNITS_WITHOUT_CHASSIS'
  /** Units whose cost is not known: gross profit leaves them out. */
  | 'UNITS_WITHOUT_COST'
  /** Units of which no unit of the stock is known. A gap in the data. */
  | 'UNITS_WITHOUT_STOCK'
  /** Σ vehicle price of those units; what the registrar charges is left out. */
  | 'VEHICLE_REVENUE';

/** What can be open. */
export type KpiOpenKind =
  /** What is owed to customers: balances below zero, since the bill. */
  | 'CUSTOMER_CREDIT'
  /** What customers owe: open balances of advances and sales, since they were due. An advance's is due on its promised day. */
  | 'CUSTOMER_RECEIVABLE'
  /** Advances whose vehicle is to be delivered, since the promised day. */
  | 'DELIVERY'
  /** What leasing companies owe: leased shares that are not paid out, since the sale. */
  | 'FINANCIER_RECEIVABLE'
  /** Vehicles sold and not registered yet, since the promised day. */
  | 'REGISTRATION'
  /**
   * Units in stock, those on their way to another branch included, since their receipt. The amount is what they cost
   * landed, or their list price where that is not known.
   */
  | 'STOCK'
  /** Units on their way to another branch, since they were sent; counted where they come from. */
  | 'TRANSFER';

/** Why nothing is told. */
export type KpiPeersRefusal =
  /** Head office has not opened this figure to comparison. */
  | 'NOT_OPENED'
  /** Too few branches can be compared: one could be told from the others. */
  | 'TOO_FEW_BRANCHES';

/** A period that is known by its name. */
export type KpiPeriod =
  /** The whole fiscal year before. */
  | 'LAST_FISCAL_YEAR'
  /** The whole month before. */
  | 'LAST_MONTH'
  /** From the first day of the dealership's fiscal year to today. */
  | 'THIS_FISCAL_YEAR'
  /** From the first of the month to today. */
  | 'THIS_MONTH'
  /** From Monday to today. */
  | 'THIS_WEEK'
  /** Today. */
  | 'TODAY'
  /** This month to today and the eleven months before. */
  | 'TWELVE_MONTHS';

/** Where it is looked; all that you see if left out. */
export type KpiPlace = {
  /** At this branch. */
  branch?: string | null | undefined;
  /** In this dealership. */
  dealership?: string | null | undefined;
};

/** For which days, in the dealerships' own zones. */
export type KpiRange =
  {   /** These. */
  days: KpiDays; period?: never; }
  |  { days?: never;   /** Those that go by a name today. */
  period: KpiPeriod; };

/** Whose targets. */
export type KpiTargetsOf =
  /** Each branch's. */
  | 'BRANCHES'
  /** Each dealership's: its branches' together. */
  | 'DEALERSHIPS';

/** What a figure's value is. */
export type KpiUnit =
  /** A number of things. */
  | 'COUNT'
  /** Days, on average. */
  | 'DAYS'
  /** Minor units of the row's currency. */
  | 'MONEY'
  /** A part of a whole: 0.125 is 12.5 %. */
  | 'SHARE';

/** How a vehicle is leased. */
export type LeasingInput = {
  /** What the customer pays, in minor units. */
  downPaymentMinor: number;
  /** Who pays the rest. */
  financeCompany: string;
};

/** An enquiry to give up. */
export type LoseEnquiryInput = {
  /** Which. */
  enquiry: string;
  /** Why. */
  reason: string;
};

/** A bill to mail. */
export type MailBillInput = {
  /** Which bill. */
  bill: string;
  /** Where to. */
  email: string;
  /** Fresh for each letter, 8 to 64 characters: the same request twice sends one. */
  idempotencyKey: string;
};

/** Words with placeholders: `{{ name }}`. */
export type MailTemplateInput = {
  /** Paragraphs, apart by empty lines; 5,000 characters at most. */
  body: string;
  /** One line; 150 characters at most. */
  subject: string;
};

/** Letters for which a dealership may have words of its own. */
export type MailTemplateKind =
  /** To a customer, with a bill. */
  | 'BILL'
  /** To somebody who becomes a member of staff. */
  | 'INVITATION';

/** What a document is made of. */
export type MakeDocumentInput =
  {   /** A bill: its tax invoice, its invoice, or the receipt of an advance. */
  bill: string; billProforma?: never; creditNote?: never; financierReport?: never; quotation?: never; salesQuotation?: never; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never;   /** The bill whose proforma it is. */
  billProforma: string; creditNote?: never; financierReport?: never; quotation?: never; salesQuotation?: never; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never; billProforma?: never;   /** A credit note. */
  creditNote: string; financierReport?: never; quotation?: never; salesQuotation?: never; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never; billProforma?: never; creditNote?: never;   /** What a leasing company finances of a month's sales. */
  financierReport: FinancierReportInput; quotation?: never; salesQuotation?: never; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never; billProforma?: never; creditNote?: never; financierReport?: never;   /** A repair or claim quotation, or the invoice made of one. */
  quotation: string; salesQuotation?: never; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never; billProforma?: never; creditNote?: never; financierReport?: never; quotation?: never;   /** An offer. */
  salesQuotation: string; salesQuotationProforma?: never; stockReport?: never; }
  |  { bill?: never; billProforma?: never; creditNote?: never; financierReport?: never; quotation?: never; salesQuotation?: never;   /** The offer whose proforma it is. */
  salesQuotationProforma: string; stockReport?: never; }
  |  { bill?: never; billProforma?: never; creditNote?: never; financierReport?: never; quotation?: never; salesQuotation?: never; salesQuotationProforma?: never;   /** The stock as it stands. */
  stockReport: StockReportInput; };

/** A unit to take off sale. */
export type MarkUnitDamagedInput = {
  /** What is broken; replaces the notes if given. */
  notes?: string | null | undefined;
  /** Which. */
  unit: string;
};

/** A kind of document with numbers of its own. */
export type NumberSeries =
  /** Bills. */
  | 'BILL'
  /** Credit notes. */
  | 'CREDIT_NOTE'
  /** Invoices made from those. */
  | 'INVOICE'
  /** Proformas for leasing companies. */
  | 'PROFORMA'
  /** Repair and claim quotations. */
  | 'QUOTATION'
  /** Offers of a bike. */
  | 'SALES_QUOTATION';

/** A unit to offer to another branch. */
export type OfferTransferInput = {
  /** Fresh for each transfer, 8 to 64 characters: the same request twice makes one. */
  idempotencyKey: string;
  /** Notes for both branches. */
  notes?: string | null | undefined;
  /** The branch that is to have it: its id or its code, e.g. `BR02`. */
  to: string;
  /** The unit. */
  unit: string;
};

/**
 * A dealership to open. In `LKR` it begins with the charges of Sri Lanka's registrar and with its taxes; in another
 * currency, administrators set them before the first sale.
 */
export type OpenDealershipInput = {
  /** Its first administrator. */
  admin: FirstAdminInput;
  /** Its first branch. */
  branch: FirstBranchInput;
  /** Short name in addresses, unique: 2 to 40 small letters, digits and hyphens. It stays. */
  code: string;
  /** ISO 4217 code of its amounts, e.g. `LKR`. It stays. */
  currency: string;
  /** Fresh for each dealership, 8 to 64 characters: the same request twice opens one. */
  idempotencyKey: string;
  /** Name; 120 characters at most. */
  name: string;
  /** IANA zone in which its days begin, e.g. `Asia/Colombo`. It stays. */
  timeZone: string;
  /** Taxpayer number, where it is registered for tax. */
  tin?: string | null | undefined;
};

/** Which keys; absent parts do not narrow. */
export type PartnerKeyFilter = {
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Of this leasing company. */
  financeCompany?: string | null | undefined;
  /** Revoked, or not. */
  revoked?: boolean | null | undefined;
};

/** What a leasing company's key may be used for. There is no value for everything. */
export type PartnerKeyScope =
  /** `bill_status:read`: how far a bill that the company finances and its registration are, and what is due. */
  | 'BILL_STATUS_READ';

/** Where a leasing company's key stands. */
export type PartnerKeyState =
  /** Its time is over. */
  | 'EXPIRED'
  /** It opens what it was made for. */
  | 'LIVE'
  /** It was taken back. */
  | 'REVOKED'
  /** Another one has taken its place; it still opens what it was made for until it expires. */
  | 'ROTATED';

/** How sure an amount is. */
export type PaymentBasis =
  /** Concluded from an imported bill, because the old system kept no payments. */
  | 'ESTIMATED'
  /** Taken and entered. */
  | 'RECORDED';

/** How money came in. */
export type PaymentMethod =
  /** Card. */
  | 'CARD'
  /** Cash. */
  | 'CASH'
  /** Cheque. */
  | 'CHEQUE'
  /** From the financing company. */
  | 'FINANCIER'
  /** Bank transfer. */
  | 'TRANSFER'
  /** The source did not say. */
  | 'UNKNOWN';

/** Something a role may be allowed. */
export type PermissionName =
  /** Catalogue, finance companies, tariffs, taxes, numbers and looks of a dealership. */
  | 'ADMINISTER'
  /** A price further below the list price than staff may go by themselves. */
  | 'APPROVE_DISCOUNTS'
  /** Units sent to another branch. */
  | 'APPROVE_TRANSFERS'
  /** Sales taken back, money given back. */
  | 'CREDIT_BILLS'
  /** Work that is done later: asked for, called off, tried again. */
  | 'KEEP_JOBS'
  /** Keys by which leasing companies' programs ask. */
  | 'KEEP_PARTNER_KEYS'
  /** Branches, staff and what they may. */
  | 'MANAGE_STAFF'
  /** Dealerships. */
  | 'OPEN_DEALERSHIPS'
  /** Figures by which branches are compared with those of others. */
  | 'OPEN_MEASURES'
  /** Bills, their payments and their money. */
  | 'READ_BILLS'
  /** What a unit cost; everyone else sees none. */
  | 'READ_COST'
  /** Customers by name. */
  | 'READ_CUSTOMERS'
  /** NIC, phone and address in clear; everyone else sees them masked. */
  | 'READ_IDENTITY'
  /** Key figures of what one sees. */
  | 'READ_KPIS'
  /** What was earned on what was sold. */
  | 'READ_MARGIN'
  /** Repair and claim quotations and their invoices. */
  | 'READ_QUOTATIONS'
  /** Enquiries and sales quotations. */
  | 'READ_SALES_QUOTATIONS'
  /** Units in stock. */
  | 'READ_STOCK'
  /** Monthly targets. */
  | 'SET_TARGETS'
  /** Bills issued, advances closed and cancelled, payments taken. */
  | 'WRITE_BILLS'
  /** Customers entered and corrected. */
  | 'WRITE_CUSTOMERS'
  /** Repair and claim quotations made, moved on and invoiced. */
  | 'WRITE_QUOTATIONS'
  /** Registrations moved on. */
  | 'WRITE_REGISTRATIONS'
  /** Enquiries and sales quotations made and moved on. */
  | 'WRITE_SALES_QUOTATIONS'
  /** Units received, reserved, damaged and taken out of stock; transfers asked for and received. */
  | 'WRITE_STOCK';

/** Somebody new. */
export type PersonInput = {
  /** Postal address on one line. */
  address?: string | null | undefined;
  /** Name. */
  name: string;
  /** National identity card number. */
  nic?: string | null | undefined;
  /** Phone number, e.g. `071 234 5678`. */
  phone?: string | null | undefined;
};

/** A bill that may be issued; names are those of `IssueBillInput`. The buyer is not looked at. */
export type PreviewBillInput = {
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Makes it an advance: the bike is kept, and promised for this day. */
  estimatedDeliveryOn?: string | null | undefined;
  /** For a leased vehicle; a cash sale if left out. */
  leasing?: LeasingInput | null | undefined;
  /** Its model, while no bike is chosen yet. */
  model?: string | null | undefined;
  /** What is paid at once, 5 payments at most; of an advance, the advance. */
  payments?: Array<ReceivedInput> | null | undefined;
  /** Price of the vehicle in minor units; the model's list price if left out. */
  priceMinor?: number | null | undefined;
  /** The buyer's taxpayer number. */
  purchaserTin?: string | null | undefined;
  /** The bike. */
  unit?: string | null | undefined;
};

/** An advance that may be completed; names are those of `CloseAdvanceInput`. */
export type PreviewClosingInput = {
  /** The advance. */
  bill: string;
  /** What is paid now. */
  payments?: Array<ReceivedInput> | null | undefined;
  /** Terms agreed anew; those of the advance if left out. */
  terms?: TermsInput | null | undefined;
};

/** Words that letters may have; names are those of `SetMailTemplateInput`. */
export type PreviewMailTemplateInput = {
  /** Which letters. */
  kind: MailTemplateKind;
  /** Their words. */
  template: MailTemplateInput;
};

/** Which quotations; absent parts do not narrow. */
export type QuotationFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** For this customer. */
  customer?: string | null | undefined;
  /** Made on these days. */
  date?: DateRange | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Quotation or invoice. */
  kind?: QuotationKind | null | undefined;
  /** Each word begins the number or a word of the customer's name, in any case. */
  search?: string | null | undefined;
  /** In one of these states. */
  status?: Array<QuotationStatus> | null | undefined;
};

/** A quotation to move on. */
export type QuotationInput = {
  /** Which. */
  quotation: string;
};

/** A line of a quotation. */
export type QuotationItemInput = {
  /** What is supplied or done. */
  description: string;
  /** How many, as decimal text with at most three decimals, e.g. `1.5`. */
  quantity: string;
  /** Price of one, in minor units. */
  rateMinor: number;
};

/** Which document it is. */
export type QuotationKind =
  /** The invoice made from an accepted estimate. */
  | 'INVOICE'
  /** An estimate. */
  | 'QUOTATION';

/** Where a quotation stands. */
export type QuotationStatus =
  /** Accepted. */
  | 'ACCEPTED'
  /** Made into an invoice, once. */
  | 'CONVERTED'
  /** Not sent yet. */
  | 'DRAFT'
  /** Rejected. */
  | 'REJECTED'
  /** With the customer or the insurer. */
  | 'SENT';

/** Key figures to make anew. */
export type RebuildKeyFiguresInput = {
  /** Those of one branch alone; left out: all that you act in. */
  branch?: string | null | undefined;
  /** Those of the month of this day alone; left out: all of them. */
  month?: string | null | undefined;
};

/** A transfer whose unit has arrived. */
export type ReceiveTransferInput = {
  /** Which. */
  transfer: string;
};

/** A delivery. */
export type ReceiveUnitsInput = {
  /** Where; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Fresh for each delivery, 8 to 64 characters: the same request twice enters one. */
  idempotencyKey: string;
  /** The units, 1 to 500. */
  units: Array<ArrivalInput>;
};

/** How a customer pays. */
export type ReceivedBy =
  /** By card. */
  | 'CARD'
  /** In notes and coins. */
  | 'CASH'
  /** By cheque; `reference` is its number. */
  | 'CHEQUE'
  /** To the bank account. */
  | 'TRANSFER';

/** Money that a customer pays. */
export type ReceivedInput = {
  /** How much, in minor units. */
  amountMinor: number;
  /** How. */
  method: ReceivedBy;
  /** Number of the cheque, slip or transfer. */
  reference?: string | null | undefined;
};

/** What a leasing company paid of its share. */
export type RecordDisbursementInput = {
  /** How much, in minor units; not more than the company owes. */
  amountMinor: number;
  /** For which bill. */
  bill: string;
  /** Fresh for each disbursement, 8 to 64 characters. */
  idempotencyKey: string;
  /** On which day, of the last 31; today if left out. */
  receivedOn?: string | null | undefined;
  /** The company's reference. */
  reference?: string | null | undefined;
};

/** With what you ask for another access token, and where you want to act; what you leave out is chosen for you. */
export type RefreshSessionInput = {
  /** Code of the branch; only together with `dealership`. */
  branch?: string | null | undefined;
  /** Code of the dealership. */
  dealership?: string | null | undefined;
  /** The refresh token, for clients without cookies. */
  refreshToken?: string | null | undefined;
  /** Your role there. */
  role?: Role | null | undefined;
};

/** Money given back, paid beyond what is due. */
export type RefundPaymentInput = {
  /** How much is given back, in minor units; not more than is owed back. */
  amountMinor: number;
  /** Of which bill. */
  bill: string;
  /** Fresh for each refund, 8 to 64 characters. */
  idempotencyKey: string;
  /** How. */
  method: ReceivedBy;
  /** Number of the cheque, slip or transfer. */
  reference?: string | null | undefined;
};

/** Which registrations; absent parts do not narrow. */
export type RegistrationFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Past the promised day without a number, or not. */
  overdue?: boolean | null | undefined;
  /** In one of these states. */
  status?: Array<RmvStatus> | null | undefined;
};

/** A unit to give back. */
export type ReleaseUnitInput = {
  /** Which. */
  unit: string;
};

/** A unit to take out of stock. */
export type RemoveUnitInput = {
  /** Why. */
  reason: string;
  /** Which. */
  unit: string;
};

/** A closed branch to open again. */
export type ReopenBranchInput = {
  /** Which. */
  branch: string;
};

/** A unit that is whole again. */
export type RepairUnitInput = {
  /** What was done; replaces the notes if given. */
  notes?: string | null | undefined;
  /** Which. */
  unit: string;
};

/** Whose password was forgotten. */
export type RequestPasswordResetInput = {
  /** E-mail address, in any case. */
  email: string;
};

/** A unit to ask another branch for. */
export type RequestTransferInput = {
  /** The branch that wants it; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Chassis number of the unit. */
  chassisNumber: string;
  /** The branch that has it: its id or its code, e.g. `BR02`. */
  from: string;
  /** Fresh for each transfer, 8 to 64 characters: the same request twice makes one. */
  idempotencyKey: string;
  /** Notes for both branches. */
  notes?: string | null | undefined;
};

/** A unit to keep for somebody. */
export type ReserveUnitInput = {
  /** Which. */
  unit: string;
};

/** A retired model to take up again. */
export type RestoreBikeModelInput = {
  /** Which. */
  model: string;
};

/** A retired company to work with again. */
export type RestoreFinanceCompanyInput = {
  /** Which. */
  financeCompany: string;
};

/** A model to take out of the catalogue. */
export type RetireBikeModelInput = {
  /** Which. */
  model: string;
};

/** A company to work with no longer. */
export type RetireFinanceCompanyInput = {
  /** Which. */
  financeCompany: string;
};

/** A job to begin anew. */
export type RetryJobInput = {
  /** Which: one that was given up or called off. */
  job: string;
};

/** The state of a bike that came back. */
export type ReturnedUnit =
  /** To be looked at first. */
  | 'DAMAGED'
  /** For sale again. */
  | 'FOR_SALE';

/** An entry that was a mistake, or a cheque that was not honoured. */
export type ReversePaymentInput = {
  /** Fresh for each reversal, 8 to 64 characters. */
  idempotencyKey: string;
  /** Which. */
  payment: string;
  /** Why. */
  reason: string;
};

/** A key to take back. */
export type RevokePartnerKeyInput = {
  /** Which. */
  partnerKey: string;
  /** Why; 200 characters at most. */
  reason: string;
};

/** How far a registration is. */
export type RmvStatus =
  /** The registration book is here. */
  | 'BOOK_RECEIVED'
  /** The sale was taken back. */
  | 'CLOSED'
  /** Papers are complete. */
  | 'DOCUMENTS_READY'
  /** The registrar has given a number. */
  | 'NUMBER_ISSUED'
  /** Papers are being collected. */
  | 'OPENED'
  /** The plates are here: done. */
  | 'PLATE_RECEIVED'
  /** The registrar has them. */
  | 'SUBMITTED';

/** What a person does. */
export type Role =
  /** Auditor: one dealership, reads only. */
  | 'AUDITOR'
  /** Branch manager: the own branch with its margins. */
  | 'BRANCH_MANAGER'
  /** Dealer principal: one dealership, all branches. */
  | 'DEALER_ADMIN'
  /** HQ director: compares and administers dealerships. */
  | 'HQ_ADMIN'
  /** HQ analyst: compares dealerships, sees no customer's identity. */
  | 'HQ_ANALYST'
  /** Inventory coordinator: the own branch's stock, no money beyond the list price. */
  | 'INVENTORY'
  /** Sales executive: the own branch. */
  | 'SALES'
  /** Insurance liaison or workshop: claim quotations and their invoices. */
  | 'SERVICE';

/** A key to replace by another one of the same limits. */
export type RotatePartnerKeyInput = {
  /** When the new one stops, two years ahead at most; left out: it lives as long as the old one was made for. */
  expiresAt?: string | null | undefined;
  /** Fresh for each key, 8 to 64 characters: the same request twice makes one. Its text is in the first answer only. */
  idempotencyKey: string;
  /** Days for which it lives on beside the new one, 0 to 30; 7 if left out. It never lives longer than it would have. */
  overlapDays?: number | null | undefined;
  /** Which. */
  partnerKey: string;
};

/** How a sale is financed. */
export type SaleType =
  /** The customer pays all of it. */
  | 'CASH'
  /** The customer pays the down payment, a leasing company the rest. */
  | 'LEASING';

/** Which offers; absent parts do not narrow. */
export type SalesQuotationFilter = {
  /** Of this branch. */
  branch?: string | null | undefined;
  /** To this customer. */
  customer?: string | null | undefined;
  /** Made on these days. */
  date?: DateRange | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Of this model. */
  model?: string | null | undefined;
  /** Financed so. */
  saleType?: SaleType | null | undefined;
  /** Each word begins the number or a word of the customer's name, in any case. */
  search?: string | null | undefined;
  /** In one of these states. */
  status?: Array<SalesQuotationStatus> | null | undefined;
};

/** An offer to move on. */
export type SalesQuotationInput = {
  /** Which. */
  salesQuotation: string;
};

/** Where an offer stands. */
export type SalesQuotationStatus =
  /** Accepted. */
  | 'ACCEPTED'
  /** Made into a bill, once. */
  | 'CONVERTED'
  /** Not sent yet. */
  | 'DRAFT'
  /** Rejected. */
  | 'REJECTED'
  /** With the customer. */
  | 'SENT';

/** A transfer whose unit leaves. */
export type SendTransferInput = {
  /** Which. */
  transfer: string;
};

/** The logo from now on, of the dealership or of a branch. */
export type SetLogoInput = {
  /** At this branch; left out: the dealership's own. */
  branch?: string | null | undefined;
  /** The file in base64: a PNG or JPEG of 150 kB and 2000 pixels a side at most. Null or left out takes the logo away. */
  image?: string | null | undefined;
};

/** The words that letters of a kind have from now on. */
export type SetMailTemplateInput = {
  /** Which letters. */
  kind: MailTemplateKind;
  /** Their words; null or left out: the system's. */
  template?: MailTemplateInput | null | undefined;
};

/** A pattern to hold from a day on, in place of one that begins on the same day. */
export type SetNumberPatternInput = {
  /** Fresh for each pattern, 8 to 64 characters: the same request twice sets one. */
  idempotencyKey: string;
  /**
   * Text with the year `{YY}`, if numbers begin anew each month the month `{MM}` or `{MMM}`, the branch's code `{BRANCH}`
   * and the serial `{N}`; `_`, `-` or `/` stands between the last two. Numbers have 21 characters at most, and may not
   * look like those of another pattern.
   */
  pattern: string;
  /** Of which documents. */
  series: NumberSeries;
  /** The first day, later than today; today only while no such document was made today. */
  validFrom: string;
};

/** A figure to open to comparison, or to close. */
export type SetPeerMeasureInput = {
  /** Which. */
  measure: KpiMeasure;
  /** Whether branches may be compared by it from now on. */
  open: boolean;
};

/** A target to set, in place of the month's one before. Units, a revenue or both. */
export type SetTargetInput = {
  /** Whose; needed if you act in all branches. */
  branch?: string | null | undefined;
  /** Fresh for each target, 8 to 64 characters: the same request twice sets one. */
  idempotencyKey: string;
  /** First day of the month. */
  month: string;
  /** Revenue from vehicles in minor units, registration charges excluded; none is asked for if left out. */
  revenueMinor?: number | null | undefined;
  /** Units to sell; none are asked for if left out. */
  units?: number | null | undefined;
};

/** A tariff to hold from a day on, in place of one that begins on the same day. */
export type SetTariffInput = {
  /** Fresh for each tariff, 8 to 64 characters: the same request twice sets one. */
  idempotencyKey: string;
  /** Leased share of the price, in hundredths of a percent, above which a bill is flagged; for leasing only. */
  ltvCapBp?: number | null | undefined;
  /** The registrar's charge, in minor units. */
  rmvChargeMinor: number;
  /** Sold how. */
  saleType: SaleType;
  /** The first day, later than today; today only while nothing was sold or offered by today's tariff. */
  validFrom: string;
  /** Of which vehicles. */
  vehicleClass: VehicleClass;
};

/** A tax profile to hold from a day on, in place of one that begins on the same day. */
export type SetTaxProfileInput = {
  /** Fresh for each profile, 8 to 64 characters: the same request twice sets one. */
  idempotencyKey: string;
  /** Social security contribution levy, in hundredths of a percent. */
  ssclBp: number;
  /** Taxpayer number, 20 letters, digits and hyphens at most; without one, bills are plain invoices and hold no tax. */
  tin?: string | null | undefined;
  /** The first day, later than today; today only while no bill was issued today. */
  validFrom: string;
  /** Value added tax, in hundredths of a percent. */
  vatBp: number;
};

/** The installation's first administrator. */
export type SetUpInput = {
  /** E-mail address to sign in with. */
  email: string;
  /** Name; 120 characters at most. */
  name: string;
  /** 15 characters or more, hard to guess. */
  password: string;
  /** What the server printed at its first start. */
  token: string;
};

/** What you sign in with. */
export type SignInInput = {
  /** Code of the branch to act in; only together with `dealership`. */
  branch?: string | null | undefined;
  /** What your authenticator app shows, or a recovery code, if you have a second factor. */
  code?: string | null | undefined;
  /** Code of the dealership to act in, if you serve several. */
  dealership?: string | null | undefined;
  /** What an earlier sign-in from this device gave, for clients without cookies. */
  deviceToken?: string | null | undefined;
  /** E-mail address, in any case. */
  email: string;
  /** Where the refresh token is to be. */
  keep?: Keep;
  /** Password. */
  password: string;
};

/** Where a row came from. */
export type Source =
  /** Brought over from the system used before. */
  | 'IMPORTED'
  /** Made here. */
  | 'LIVE';

/** Which members of staff; absent parts do not narrow. */
export type StaffFilter = {
  /** At this branch. */
  branch?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** Whose membership ended, or lasts. */
  ended?: boolean | null | undefined;
  /** In one of these roles. */
  role?: Array<Role> | null | undefined;
};

/** Which stock. */
export type StockReportInput = {
  /** That of one branch alone; left out: all that you act in. */
  branch?: string | null | undefined;
};

/** Which transfers; absent parts do not narrow. */
export type StockTransferFilter = {
  /** To and from this branch. */
  branch?: string | null | undefined;
  /** Of this dealership. */
  dealership?: string | null | undefined;
  /** In one of these states. */
  status?: Array<StockTransferStatus> | null | undefined;
};

/** The order of transfers. */
export type StockTransferOrder =
  /** Oldest first. */
  | 'REQUESTED_ASC'
  /** Newest first. */
  | 'REQUESTED_DESC';

/** Which side of a transfer. */
export type StockTransferSide =
  /** The branch that gets it. */
  | 'RECEIVING'
  /** The branch that gives the unit. */
  | 'SENDING';

/** Where a transfer stands. */
export type StockTransferStatus =
  /** Given up; a unit that was on its way went back. */
  | 'CANCELLED'
  /** Sent, not yet there. */
  | 'IN_TRANSIT'
  /** There. */
  | 'RECEIVED'
  /** Asked for or offered. */
  | 'REQUESTED';

/** An advance that is to keep another bike. */
export type SwapUnitInput = {
  /** The advance. */
  bill: string;
  /** The bike it keeps from now on, of the same model. */
  unit: string;
};

/** A customer's payment. */
export type TakePaymentInput = {
  /** How much, in minor units; not more than is due. */
  amountMinor: number;
  /** For which bill. */
  bill: string;
  /** Fresh for each payment, 8 to 64 characters: the same request twice takes one. */
  idempotencyKey: string;
  /** How. */
  method: ReceivedBy;
  /** On which day, of the last 31; today if left out. */
  receivedOn?: string | null | undefined;
  /** Number of the cheque, slip or transfer. */
  reference?: string | null | undefined;
};

/** Terms agreed anew. */
export type TermsInput = {
  /** For a leased vehicle; a cash sale if left out. */
  leasing?: LeasingInput | null | undefined;
  /** Price of the vehicle in minor units; the model's list price if left out. */
  priceMinor?: number | null | undefined;
};

/** A model as it is to be from now on. */
export type UpdateBikeModelInput = {
  /** Whether leasing companies finance it. */
  leasable: boolean;
  /** List price in minor units of the dealership's currency, registration charges excluded. */
  listPriceMinor: number;
  /** Which. */
  model: string;
  /** Name, unique in the dealership whatever its case; 80 characters at most. */
  name: string;
};

/** A branch as it is to be known from now on. */
export type UpdateBranchInput = {
  /** Which. */
  branch: string;
  /** Unit code; as it is, once a document was numbered with it. */
  code: string;
  /** Name; 80 characters at most. */
  name: string;
};

/**
 * How it is to look from now on: the dealership's own look, a branch's or a person's. Whatever is null or left out falls
 * back to the next wider look.
 */
export type UpdateBrandingInput = {
  /** First line of the address; 120 characters at most. */
  addressLine1?: string | null | undefined;
  /** Second line of the address; 120 characters at most. */
  addressLine2?: string | null | undefined;
  /** At this branch. */
  branch?: string | null | undefined;
  /** The brand sold; 120 characters at most. */
  brandPartner?: string | null | undefined;
  /** Name on documents; 120 characters at most. */
  dealerName?: string | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** Last line of documents; 300 characters at most. */
  footerNote?: string | null | undefined;
  /** Address of a logo that lies elsewhere, `https://` and a named host; 500 characters at most. `setLogo` uploads one. */
  logoUrl?: string | null | undefined;
  /** Phone number, a landline too, e.g. `011 234 5678`; kept as `+94112345678`. */
  phone?: string | null | undefined;
  /** Colour of the frame, `#rrggbb`. */
  primaryColor?: string | null | undefined;
  /** For this person; not together with a branch. */
  staffMember?: string | null | undefined;
};

/** A customer as it is to be from now on; what is left out is taken away. */
export type UpdateCustomerInput = {
  /** Postal address on one line. */
  address?: string | null | undefined;
  /** Which. */
  customer: string;
  /** Name. */
  name: string;
  /** National identity card number. */
  nic?: string | null | undefined;
  /** Phone number, e.g. `071 234 5678`. */
  phone?: string | null | undefined;
};

/** The dealership you act in, as it is to be from now on. */
export type UpdateDealershipInput = {
  /** Below the list price by so many hundredths of a percent, sales staff need nobody's approval; 0 to 10000. */
  discountLimitBp: number;
  /** The month, 1 to 12, with whose first day its fiscal year begins; stays as it is if left out. */
  fiscalYearMonth?: number | null | undefined;
  /** Name; 120 characters at most. */
  name: string;
  /**
   * Whether key figures are shown to nobody who signed in without a second factor; stays as it is if left out. Whoever
   * says so must have given a code within fifteen minutes.
   */
  reportsNeedSecondFactor?: boolean | null | undefined;
};

/** A company as it is to be known from now on; what is left out is taken away. */
export type UpdateFinanceCompanyInput = {
  /** Postal address on one line. */
  address?: string | null | undefined;
  /** Phone number of its office, e.g. `011 234 5678`. */
  contact?: string | null | undefined;
  /** Which. */
  financeCompany: string;
  /** Name, unique in the dealership whatever its case; 120 characters at most. */
  name: string;
};

/** A draft as it is to be from now on; what is left out is taken away. */
export type UpdateQuotationInput = {
  /** Day of the accident. */
  accidentOn?: string | null | undefined;
  /** The insurer's claim number. */
  claimNumber?: string | null | undefined;
  /** The insurer. */
  insuranceCompany?: string | null | undefined;
  /** Its lines in their order, 1 to 50. */
  items: Array<QuotationItemInput>;
  /** Which. */
  quotation: string;
  /** Registration number of the vehicle. */
  registrationNumber?: string | null | undefined;
  /** Remarks on the document. */
  remarks?: string | null | undefined;
};

/** A unit as it is to be known from now on; what is left out is taken away, but for the cost. */
export type UpdateUnitInput = {
  /** Colour. */
  colour?: string | null | undefined;
  /**
   * What it cost landed, in minor units of the dealership's currency; for roles that may see costs. Stays as it is if
   * left out.
   */
  landedCostMinor?: number | null | undefined;
  /** From 2000 to next year. */
  modelYear?: number | null | undefined;
  /** Notes of the staff. */
  notes?: string | null | undefined;
  /** Which. */
  unit: string;
};

/** What a refusal is about. */
export type UserErrorCode =
  /** You act in all branches: name one. */
  | 'BRANCH_REQUIRED'
  /** Further below the list price than your role may go. */
  | 'DISCOUNT_NEEDS_APPROVAL'
  /** A text, number or day that cannot be. */
  | 'INVALID'
  /** The state it is in does not allow it; `allowed` names the states it may take. */
  | 'INVALID_TRANSITION'
  /** What an id names is not there, or not there for you. */
  | 'NOT_FOUND'
  /** Too small, too large, too long, too many. */
  | 'OUT_OF_RANGE'
  /** More than is due. */
  | 'OVERPAYMENT'
  /** Something is missing. */
  | 'REQUIRED'
  /** Another one has it already. */
  | 'TAKEN'
  /** The unit is not for sale. */
  | 'UNIT_NOT_AVAILABLE';

/** How the registrar classes a vehicle; decides its charges. */
export type VehicleClass =
  /** Electric bicycle: not registered. */
  | 'E_MOTORBICYCLE'
  /** Electric motorcycle: registered with the RMV. */
  | 'E_MOTORCYCLE'
  /** Electric three-wheeler. */
  | 'E_TRICYCLE';

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { account: { acr: Acr, authenticatedAt: string, secondFactor: { since: string, recoveryCodesLeft: number } | null, sessions: Array<{ id: string, agent: string | null, network: string | null, since: string, lastSeenAt: string, endsAt: string, isThis: boolean }> } };

export type AccountChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type AccountChangePasswordMutation = { changePassword: boolean };

export type AccountEndOthersMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountEndOthersMutation = { endOtherSessions: number };

export type AccountEndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type AccountEndSessionMutation = { endSession: boolean };

export type AccountRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountRecoveryCodesMutation = { renewRecoveryCodes: Array<string> };

export type AccountRemoveFactorMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountRemoveFactorMutation = { removeSecondFactor: boolean };

export type AdminArchiveBillsMutationVariables = Exact<{
  input: ArchiveBillsInput;
}>;


export type AdminArchiveBillsMutation = { archiveBills: { job: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminBranchesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminBranchesQuery = { branches: { nodes: Array<{ id: string, code: string, name: string, closedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminCancelJobMutationVariables = Exact<{
  input: CancelJobInput;
}>;


export type AdminCancelJobMutation = { cancelJob: { job: { id: string, state: JobState } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminChangeMembershipMutationVariables = Exact<{
  input: ChangeMembershipInput;
}>;


export type AdminChangeMembershipMutation = { changeMembership: { staffMember: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminCloseBranchMutationVariables = Exact<{
  input: CloseBranchInput;
}>;


export type AdminCloseBranchMutation = { closeBranch: { branch: { id: string, code: string, name: string, closedAt: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminCreateBranchMutationVariables = Exact<{
  input: CreateBranchInput;
}>;


export type AdminCreateBranchMutation = { createBranch: { branch: { id: string, code: string, name: string, closedAt: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminCreateFinanceCompanyMutationVariables = Exact<{
  input: CreateFinanceCompanyInput;
}>;


export type AdminCreateFinanceCompanyMutation = { createFinanceCompany: { financeCompany: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminCreateModelMutationVariables = Exact<{
  input: CreateBikeModelInput;
}>;


export type AdminCreateModelMutation = { createBikeModel: { model: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminCreatePartnerKeyMutationVariables = Exact<{
  input: CreatePartnerKeyInput;
}>;


export type AdminCreatePartnerKeyMutation = { createPartnerKey: { secret: string | null, partnerKey: { id: string, name: string, expiresAt: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminDealershipsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminDealershipsQuery = { dealerships: { nodes: Array<{ id: string, code: string, name: string, currency: string, timeZone: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminEndMembershipMutationVariables = Exact<{
  input: EndMembershipInput;
}>;


export type AdminEndMembershipMutation = { endMembership: { staffMember: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminEndStaffSessionsMutationVariables = Exact<{
  input: EndStaffSessionsInput;
}>;


export type AdminEndStaffSessionsMutation = { endStaffSessions: { staffMember: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminFinanceCompaniesQueryVariables = Exact<{
  filter?: FinanceCompanyFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminFinanceCompaniesQuery = { financeCompanies: { nodes: Array<{ id: string, name: string, contact: string | null, address: string | null, retiredAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminInviteStaffMutationVariables = Exact<{
  input: InviteStaffInput;
}>;


export type AdminInviteStaffMutation = { inviteStaff: { staffMember: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminJobProgressSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AdminJobProgressSubscription = { jobProgress: { job: { id: string, kind: string, state: JobState, step: number, steps: number | null, attempts: number, mostAttempts: number, isCancelling: boolean, isMine: boolean, createdAt: string, startedAt: string | null, runAt: string | null, endedAt: string | null, result: string | null, error: { message: string, traceId: string | null } | null, branch: { id: string, code: string } | null, dealership: { id: string, code: string } | null, askedBy: { id: string, name: string | null } | null, document: { id: string, number: string } | null } | null } };

export type AdminJobsQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminJobsQuery = { jobs: { nodes: Array<{ id: string, kind: string, state: JobState, step: number, steps: number | null, attempts: number, mostAttempts: number, isCancelling: boolean, isMine: boolean, createdAt: string, startedAt: string | null, runAt: string | null, endedAt: string | null, result: string | null, error: { message: string, traceId: string | null } | null, branch: { id: string, code: string } | null, dealership: { id: string, code: string } | null, askedBy: { id: string, name: string | null } | null, document: { id: string, number: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminLettersQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminLettersQuery = { mailTemplates: Array<{ kind: MailTemplateKind, isOwn: boolean, subject: string, body: string, placeholders: Array<{ name: string, description: string, isNecessary: boolean }>, preview: { subject: string, body: string } }> };

export type AdminLookQueryVariables = Exact<{
  dealership: string;
  branch?: string | null | undefined;
}>;


export type AdminLookQuery = { wider: { addressLine1: string | null, addressLine2: string | null, brandPartner: string | null, dealerName: string | null, footerNote: string, email: string | null, logo: string | null, logoUrl: string | null, phone: string | null, primaryColor: string }, look: { addressLine1: string | null, addressLine2: string | null, brandPartner: string | null, dealerName: string | null, footerNote: string, email: string | null, logo: string | null, logoUrl: string | null, phone: string | null, primaryColor: string } };

export type AdminModelsQueryVariables = Exact<{
  filter?: BikeModelFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminModelsQuery = { bikeModels: { nodes: Array<{ id: string, name: string, vehicleClass: VehicleClass, leasable: boolean, retiredAt: string | null, listPrice: { amountMinor: number, formatted: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminNumbersQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminNumbersQuery = { viewer: { dealership: { id: string, numberPatterns: Array<{ id: string, series: NumberSeries, pattern: string, validFrom: string }> } | null } | null };

export type AdminOpenDealershipMutationVariables = Exact<{
  input: OpenDealershipInput;
}>;


export type AdminOpenDealershipMutation = { openDealership: { dealership: { id: string, code: string, name: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminPartnerKeysQueryVariables = Exact<{
  filter?: PartnerKeyFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminPartnerKeysQuery = { partnerKeys: { nodes: Array<{ id: string, name: string, keyId: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string, lastUsedAt: string | null, lastUsedNetwork: string | null, networks: Array<string>, revokedAt: string | null, revokedReason: string | null, financeCompany: { id: string, name: string }, branches: Array<{ id: string, code: string }> | null, successor: { id: string, lastFour: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminPeerMeasuresQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminPeerMeasuresQuery = { kpiPeerMeasures: Array<KpiMeasure> };

export type AdminPreviewLetterQueryVariables = Exact<{
  input: PreviewMailTemplateInput;
}>;


export type AdminPreviewLetterQuery = { previewMailTemplate: { preview: { subject: string, body: string } | null, userErrors: Array<{ message: string }> } };

export type AdminRebuildFiguresMutationVariables = Exact<{
  input: RebuildKeyFiguresInput;
}>;


export type AdminRebuildFiguresMutation = { rebuildKeyFigures: { job: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminReopenBranchMutationVariables = Exact<{
  input: ReopenBranchInput;
}>;


export type AdminReopenBranchMutation = { reopenBranch: { branch: { id: string, code: string, name: string, closedAt: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRestoreFinanceCompanyMutationVariables = Exact<{
  input: RestoreFinanceCompanyInput;
}>;


export type AdminRestoreFinanceCompanyMutation = { restoreFinanceCompany: { financeCompany: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRestoreModelMutationVariables = Exact<{
  input: RestoreBikeModelInput;
}>;


export type AdminRestoreModelMutation = { restoreBikeModel: { model: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRetireFinanceCompanyMutationVariables = Exact<{
  input: RetireFinanceCompanyInput;
}>;


export type AdminRetireFinanceCompanyMutation = { retireFinanceCompany: { financeCompany: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRetireModelMutationVariables = Exact<{
  input: RetireBikeModelInput;
}>;


export type AdminRetireModelMutation = { retireBikeModel: { model: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRetryJobMutationVariables = Exact<{
  input: RetryJobInput;
}>;


export type AdminRetryJobMutation = { retryJob: { job: { id: string, state: JobState } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRevokePartnerKeyMutationVariables = Exact<{
  input: RevokePartnerKeyInput;
}>;


export type AdminRevokePartnerKeyMutation = { revokePartnerKey: { partnerKey: { id: string, state: PartnerKeyState } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminRolePermissionsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminRolePermissionsQuery = { rolePermissions: Array<{ role: Role, permissions: Array<{ name: PermissionName, words: string }> }> };

export type AdminRotatePartnerKeyMutationVariables = Exact<{
  input: RotatePartnerKeyInput;
}>;


export type AdminRotatePartnerKeyMutation = { rotatePartnerKey: { secret: string | null, partnerKey: { id: string, name: string, expiresAt: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetLetterMutationVariables = Exact<{
  input: SetMailTemplateInput;
}>;


export type AdminSetLetterMutation = { setMailTemplate: { mailTemplate: { kind: MailTemplateKind, isOwn: boolean, subject: string, body: string, placeholders: Array<{ name: string, description: string, isNecessary: boolean }>, preview: { subject: string, body: string } } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetLogoMutationVariables = Exact<{
  input: SetLogoInput;
}>;


export type AdminSetLogoMutation = { setLogo: { branding: { logo: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetNumberPatternMutationVariables = Exact<{
  input: SetNumberPatternInput;
}>;


export type AdminSetNumberPatternMutation = { setNumberPattern: { numberPattern: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetPeerMeasureMutationVariables = Exact<{
  input: SetPeerMeasureInput;
}>;


export type AdminSetPeerMeasureMutation = { setPeerMeasure: { opened: Array<KpiMeasure> | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetTargetMutationVariables = Exact<{
  input: SetTargetInput;
}>;


export type AdminSetTargetMutation = { setTarget: { target: { id: string, month: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetTariffMutationVariables = Exact<{
  input: SetTariffInput;
}>;


export type AdminSetTariffMutation = { setTariff: { tariff: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSetTaxProfileMutationVariables = Exact<{
  input: SetTaxProfileInput;
}>;


export type AdminSetTaxProfileMutation = { setTaxProfile: { taxProfile: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminSettingsQuery = { viewer: { dealership: { id: string, code: string, name: string, currency: string, timeZone: string, discountLimitBp: number, fiscalYearMonth: number, reportsNeedSecondFactor: boolean } | null } | null };

export type AdminStaffQueryVariables = Exact<{
  filter?: StaffFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdminStaffQuery = { staff: { nodes: Array<{ id: string, name: string | null, email: string | null, role: Role, since: string, endedAt: string | null, branch: { id: string, code: string, name: string } | null, dealership: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminTargetsQueryVariables = Exact<{
  branch: string;
}>;


export type AdminTargetsQuery = { node:
    | { id: string, targets: Array<{ id: string, month: string, units: number | null, revenue: { amountMinor: number, formatted: string } | null }> }
    | Record<PropertyKey, never>
   | null };

export type AdminTariffsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminTariffsQuery = { viewer: { dealership: { id: string, tariffs: Array<{ id: string, vehicleClass: VehicleClass, saleType: SaleType, validFrom: string, validTo: string | null, ltvCapBp: number | null, rmvCharge: { amountMinor: number, formatted: string } }>, taxProfiles: Array<{ id: string, tin: string | null, vatBp: number, ssclBp: number, validFrom: string }> } | null } | null };

export type AdminUpdateBranchMutationVariables = Exact<{
  input: UpdateBranchInput;
}>;


export type AdminUpdateBranchMutation = { updateBranch: { branch: { id: string, code: string, name: string, closedAt: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminUpdateDealershipMutationVariables = Exact<{
  input: UpdateDealershipInput;
}>;


export type AdminUpdateDealershipMutation = { updateDealership: { dealership: { id: string, name: string, discountLimitBp: number, fiscalYearMonth: number, reportsNeedSecondFactor: boolean } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminUpdateFinanceCompanyMutationVariables = Exact<{
  input: UpdateFinanceCompanyInput;
}>;


export type AdminUpdateFinanceCompanyMutation = { updateFinanceCompany: { financeCompany: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminUpdateLookMutationVariables = Exact<{
  input: UpdateBrandingInput;
}>;


export type AdminUpdateLookMutation = { updateBranding: { branding: { primaryColor: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdminUpdateModelMutationVariables = Exact<{
  input: UpdateBikeModelInput;
}>;


export type AdminUpdateModelMutation = { updateBikeModel: { model: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AdvanceRegistrationMutationVariables = Exact<{
  input: AdvanceRegistrationInput;
}>;


export type AdvanceRegistrationMutation = { advanceRegistration: { registration: { id: string, status: RmvStatus } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type BillQueryVariables = Exact<{
  id: string;
  number: string;
  byId: boolean;
}>;


export type BillQuery = { viewer: { name: string } | null, node?:
    | { id: string, number: string, title: BillTitle, date: string, status: BillStatus, source: Source, saleType: SaleType, isAdvance: boolean, firstTricycleSale: boolean, aboveLtvCap: boolean, billedAt: string, estimatedDeliveryOn: string | null, deliveredOn: string | null, cancelledOn: string | null, cancelledReason: string | null, proformaNumber: string | null, proformaOn: string | null, purchaserTin: string | null, supplierTin: string | null, modelName: string, vehicleClass: VehicleClass, chassisNumber: string | null, motorNumber: string | null, branch: { id: string, code: string, name: string, dealership: { id: string, code: string, name: string, timeZone: string, currency: string } }, salesperson: { name: string | null } | null, buyer: { name: string, nic: string | null, phone: string | null, address: string | null }, customer: { id: string, name: string }, model: { id: string, leasable: boolean, listPrice: { amountMinor: number, formatted: string } } | null, unit: { id: string, colour: string | null, modelYear: number | null, status: BikeUnitStatus } | null, vehiclePrice: { amountMinor: number, formatted: string }, rmvCharge: { formatted: string }, total: { formatted: string }, vat: { formatted: string } | null, sscl: { formatted: string } | null, downPayment: { amountMinor: number, formatted: string } | null, advanceAmount: { formatted: string } | null, leasedAmount: { formatted: string } | null, financierBalance: { amountMinor: number, formatted: string } | null, balance: { amountMinor: number, formatted: string }, financeCompany: { id: string, name: string } | null, advanceBill: { id: string, number: string, billedAt: string } | null, finalBill: { id: string, number: string, billedAt: string, salesperson: { name: string | null } | null } | null, payments: Array<{ id: string, paidAt: string, paidOn: string, method: PaymentMethod, basis: PaymentBasis, reference: string | null, amount: { amountMinor: number, formatted: string }, takenBy: { name: string | null } | null, receivedBill: { id: string, number: string }, reverses: { id: string } | null }>, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }>, creditNote: { id: string, number: string, creditedAt: string, reason: string, unitReturned: boolean, amount: { formatted: string }, issuedBy: { name: string | null } | null, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }> } | null, registration: { id: string, status: RmvStatus, registrationNumber: string | null, overdue: boolean, dueOn: string, openedOn: string, documentsReadyOn: string | null, submittedOn: string | null, numberIssuedOn: string | null, bookReceivedOn: string | null, plateReceivedOn: string | null, closedOn: string | null } | null }
    | Record<PropertyKey, never>
   | null, bill?: { id: string, number: string, title: BillTitle, date: string, status: BillStatus, source: Source, saleType: SaleType, isAdvance: boolean, firstTricycleSale: boolean, aboveLtvCap: boolean, billedAt: string, estimatedDeliveryOn: string | null, deliveredOn: string | null, cancelledOn: string | null, cancelledReason: string | null, proformaNumber: string | null, proformaOn: string | null, purchaserTin: string | null, supplierTin: string | null, modelName: string, vehicleClass: VehicleClass, chassisNumber: string | null, motorNumber: string | null, branch: { id: string, code: string, name: string, dealership: { id: string, code: string, name: string, timeZone: string, currency: string } }, salesperson: { name: string | null } | null, buyer: { name: string, nic: string | null, phone: string | null, address: string | null }, customer: { id: string, name: string }, model: { id: string, leasable: boolean, listPrice: { amountMinor: number, formatted: string } } | null, unit: { id: string, colour: string | null, modelYear: number | null, status: BikeUnitStatus } | null, vehiclePrice: { amountMinor: number, formatted: string }, rmvCharge: { formatted: string }, total: { formatted: string }, vat: { formatted: string } | null, sscl: { formatted: string } | null, downPayment: { amountMinor: number, formatted: string } | null, advanceAmount: { formatted: string } | null, leasedAmount: { formatted: string } | null, financierBalance: { amountMinor: number, formatted: string } | null, balance: { amountMinor: number, formatted: string }, financeCompany: { id: string, name: string } | null, advanceBill: { id: string, number: string, billedAt: string } | null, finalBill: { id: string, number: string, billedAt: string, salesperson: { name: string | null } | null } | null, payments: Array<{ id: string, paidAt: string, paidOn: string, method: PaymentMethod, basis: PaymentBasis, reference: string | null, amount: { amountMinor: number, formatted: string }, takenBy: { name: string | null } | null, receivedBill: { id: string, number: string }, reverses: { id: string } | null }>, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }>, creditNote: { id: string, number: string, creditedAt: string, reason: string, unitReturned: boolean, amount: { formatted: string }, issuedBy: { name: string | null } | null, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }> } | null, registration: { id: string, status: RmvStatus, registrationNumber: string | null, overdue: boolean, dueOn: string, openedOn: string, documentsReadyOn: string | null, submittedOn: string | null, numberIssuedOn: string | null, bookReceivedOn: string | null, plateReceivedOn: string | null, closedOn: string | null } | null } | null };

export type WholeFragment = { id: string, number: string, title: BillTitle, date: string, status: BillStatus, source: Source, saleType: SaleType, isAdvance: boolean, firstTricycleSale: boolean, aboveLtvCap: boolean, billedAt: string, estimatedDeliveryOn: string | null, deliveredOn: string | null, cancelledOn: string | null, cancelledReason: string | null, proformaNumber: string | null, proformaOn: string | null, purchaserTin: string | null, supplierTin: string | null, modelName: string, vehicleClass: VehicleClass, chassisNumber: string | null, motorNumber: string | null, branch: { id: string, code: string, name: string, dealership: { id: string, code: string, name: string, timeZone: string, currency: string } }, salesperson: { name: string | null } | null, buyer: { name: string, nic: string | null, phone: string | null, address: string | null }, customer: { id: string, name: string }, model: { id: string, leasable: boolean, listPrice: { amountMinor: number, formatted: string } } | null, unit: { id: string, colour: string | null, modelYear: number | null, status: BikeUnitStatus } | null, vehiclePrice: { amountMinor: number, formatted: string }, rmvCharge: { formatted: string }, total: { formatted: string }, vat: { formatted: string } | null, sscl: { formatted: string } | null, downPayment: { amountMinor: number, formatted: string } | null, advanceAmount: { formatted: string } | null, leasedAmount: { formatted: string } | null, financierBalance: { amountMinor: number, formatted: string } | null, balance: { amountMinor: number, formatted: string }, financeCompany: { id: string, name: string } | null, advanceBill: { id: string, number: string, billedAt: string } | null, finalBill: { id: string, number: string, billedAt: string, salesperson: { name: string | null } | null } | null, payments: Array<{ id: string, paidAt: string, paidOn: string, method: PaymentMethod, basis: PaymentBasis, reference: string | null, amount: { amountMinor: number, formatted: string }, takenBy: { name: string | null } | null, receivedBill: { id: string, number: string }, reverses: { id: string } | null }>, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }>, creditNote: { id: string, number: string, creditedAt: string, reason: string, unitReturned: boolean, amount: { formatted: string }, issuedBy: { name: string | null } | null, documents: Array<{ id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null }> } | null, registration: { id: string, status: RmvStatus, registrationNumber: string | null, overdue: boolean, dueOn: string, openedOn: string, documentsReadyOn: string | null, submittedOn: string | null, numberIssuedOn: string | null, bookReceivedOn: string | null, plateReceivedOn: string | null, closedOn: string | null } | null };

export type PaperFragment = { id: string, kind: DocumentKind, number: string, isCopy: boolean, createdAt: string, createdBy: { name: string | null } | null };

export type BillChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type BillChangedSubscription = { billChanged: { bill: { id: string, number: string, date: string, billedAt: string, status: BillStatus, saleType: SaleType, isAdvance: boolean, modelName: string, chassisNumber: string | null, buyer: { name: string }, branch: { id: string, code: string, dealership: { code: string } }, total: { formatted: string }, balance: { amountMinor: number, formatted: string } } | null } };

export type BillsQueryVariables = Exact<{
  filter?: BillFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BillsQuery = { bills: { nodes: Array<{ id: string, number: string, date: string, billedAt: string, status: BillStatus, saleType: SaleType, isAdvance: boolean, modelName: string, chassisNumber: string | null, buyer: { name: string }, branch: { id: string, code: string, dealership: { code: string } }, total: { formatted: string }, balance: { amountMinor: number, formatted: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type BranchesQueryVariables = Exact<{
  dealership?: string | null | undefined;
}>;


export type BranchesQuery = { branches: { nodes: Array<{ id: string, code: string, name: string, closedAt: string | null }> } };

export type CancelBillMutationVariables = Exact<{
  input: CancelBillInput;
}>;


export type CancelBillMutation = { cancelBill: { bill: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type ChoosePasswordMutationVariables = Exact<{
  input: ChoosePasswordInput;
}>;


export type ChoosePasswordMutation = { choosePassword: { __typename: 'ChosenPassword' } };

export type CloseAdvanceMutationVariables = Exact<{
  input: CloseAdvanceInput;
}>;


export type CloseAdvanceMutation = { closeAdvance: { bill: { id: string, number: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type ConfirmIdentityMutationVariables = Exact<{
  input: ConfirmIdentityInput;
}>;


export type ConfirmIdentityMutation = { confirmIdentity: { accessToken: string, expiresAt: string, sessionEndsAt: string, needsSecondFactor: boolean, role: Role | null, acr: Acr } };

export type ConfirmSecondFactorMutationVariables = Exact<{
  input: ConfirmSecondFactorInput;
}>;


export type ConfirmSecondFactorMutation = { confirmSecondFactor: { recoveryCodes: Array<string>, session: { accessToken: string, expiresAt: string, sessionEndsAt: string, needsSecondFactor: boolean, role: Role | null, acr: Acr } } };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { createCustomer: { customer: { id: string } | null, warnings: Array<{ code: CustomerWarningCode, other: { id: string, name: string } | null }>, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type CreditBillMutationVariables = Exact<{
  input: CreditBillInput;
}>;


export type CreditBillMutation = { creditBill: { bill: { id: string, creditNote: { number: string } | null } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type CustomerQueryVariables = Exact<{
  id: string;
}>;


export type CustomerQuery = { node:
    | { id: string, name: string, nic: string | null, phone: string | null, address: string | null, createdAt: string, branch: { id: string, code: string, name: string, dealership: { id: string, name: string, timeZone: string } } }
    | Record<PropertyKey, never>
   | null };

export type CustomersQueryVariables = Exact<{
  filter?: CustomerFilter | null | undefined;
  orderBy?: CustomerOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomersQuery = { customers: { nodes: Array<{ id: string, name: string, phone: string | null, createdAt: string, branch: { id: string, code: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CustomersByNicQueryVariables = Exact<{
  nic: string;
  dealership?: string | null | undefined;
}>;


export type CustomersByNicQuery = { customersByNic: Array<{ id: string, name: string, nic: string | null, phone: string | null, createdAt: string, branch: { id: string, code: string, name: string } }> };

export type CustomersByPhoneQueryVariables = Exact<{
  phone: string;
  dealership?: string | null | undefined;
}>;


export type CustomersByPhoneQuery = { customersByPhone: Array<{ id: string, name: string, nic: string | null, phone: string | null, createdAt: string, branch: { id: string, code: string, name: string } }> };

export type DashboardQueryVariables = Exact<{
  range: KpiRange;
  compareTo?: KpiComparison | null | undefined;
  measures: Array<KpiMeasure> | KpiMeasure;
  leagueMeasures: Array<KpiMeasure> | KpiMeasure;
  league: KpiGroup;
  isLeague: boolean;
  targetsOf: KpiTargetsOf;
  isOverBranches: boolean;
}>;


export type DashboardQuery = { dashboard: { trend: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, rows: Array<{ currency: string, period: string | null, figures: Array<{ measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, targets: Array<{ currency: string, dealership: { code: string, name: string }, branch: { code: string, name: string } | null, units: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null, revenue: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null }>, branchTargets?: Array<{ currency: string, dealership: { code: string, name: string }, branch: { code: string, name: string } | null, units: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null, revenue: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null }>, now: { asOf: string, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, today: string, open: Array<{ kind: KpiOpenKind, currency: string | null, meanAge: number | null, total: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, overdue: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, buckets: Array<{ fromAge: number | null, toAge: number | null, share: number | null, count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }>, over30: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, over90: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, over120: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, over150: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null } }>, stockOutRisk: Array<{ modelId: string, available: number, daysSupply: number | null, soldIn30Days: number, model: { name: string } }> } }, period: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, totals: Array<{ currency: string, figures: Array<{ previous: number | null, change: number | null, changeShare: number | null, formula: string, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, months: { rows: Array<{ currency: string, period: string | null, figures: Array<{ measure: KpiMeasure, value: number | null }> }> }, league?: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, rows: Array<{ currency: string, dealershipId: string | null, branchId: string | null, figures: Array<{ share: number | null, rank: number | null, aboveMean: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }>, dealership: { code: string, name: string } | null, branch: { code: string, name: string } | null }> }, leagueMonths?: { rows: Array<{ currency: string, dealershipId: string | null, branchId: string | null, period: string | null, figures: Array<{ value: number | null }> }> }, models: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, rows: Array<{ currency: string, dealership: { code: string } | null, model: { id: string, name: string } | null, figures: Array<{ share: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, sellers: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, rows: Array<{ currency: string, dealership: { code: string } | null, salesperson: { id: string, name: string | null } | null, figures: Array<{ rank: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> } };

export type MadeFragment = { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string> };

export type ValueFragment = { measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null };

export type FigureFragment = { formula: string, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null };

export type RankedFragment = { share: number | null, rank: number | null, aboveMean: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null };

export type PlaceFragment = { dealershipId: string | null, branchId: string | null, dealership: { code: string, name: string } | null, branch: { code: string, name: string } | null };

export type AmountFragment = { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null };

export type PaceFragment = { target: number, sold: number, pace: number, gap: number, projection: number | null };

export type AimFragment = { currency: string, dealership: { code: string, name: string }, branch: { code: string, name: string } | null, units: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null, revenue: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null };

export type DeskModelsQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type DeskModelsQuery = { bikeModels: { nodes: Array<{ id: string, name: string, vehicleClass: VehicleClass, leasable: boolean, listPrice: { amountMinor: number, formatted: string } }>, pageInfo: { hasNextPage: boolean } } };

export type DeskUnitQueryVariables = Exact<{
  id: string;
}>;


export type DeskUnitQuery = { node:
    | { id: string, chassisNumber: string, motorNumber: string, colour: string | null, modelYear: number | null, receivedOn: string, branch: { id: string }, model: { id: string, name: string, vehicleClass: VehicleClass, leasable: boolean, listPrice: { amountMinor: number, formatted: string } } }
    | Record<PropertyKey, never>
   | null };

export type DeskUnitsQueryVariables = Exact<{
  filter: BikeUnitFilter;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DeskUnitsQuery = { bikeUnits: { nodes: Array<{ id: string, chassisNumber: string, motorNumber: string, colour: string | null, modelYear: number | null, receivedOn: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DocumentLinkQueryVariables = Exact<{
  id: string;
  disposition?: Disposition;
}>;


export type DocumentLinkQuery = { node:
    | { id: string, link: { url: string } | null }
    | Record<PropertyKey, never>
   | null };

export type EnquiryCreateMutationVariables = Exact<{
  input: CreateEnquiryInput;
}>;


export type EnquiryCreateMutation = { createEnquiry: { enquiry: { id: string, status: EnquiryStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type EnquiryListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  isWide: boolean;
  filter?: EnquiryFilter | null | undefined;
}>;


export type EnquiryListQuery = { enquiries: { totalCount: number, nodes: Array<{ id: string, date: string, status: EnquiryStatus, notes: string | null, lostReason: string | null, person: { name: string }, model: { id: string, name: string } | null, salesperson: { id: string, name: string | null } | null, branch: { id: string, code: string, dealership?: { code: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EnquiryLoseMutationVariables = Exact<{
  input: LoseEnquiryInput;
}>;


export type EnquiryLoseMutation = { loseEnquiry: { enquiry: { id: string, status: EnquiryStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type EnquiryShownQueryVariables = Exact<{
  id: string;
}>;


export type EnquiryShownQuery = { node:
    | { id: string, date: string, status: EnquiryStatus, notes: string | null, lostReason: string | null, person: { name: string, phone: string | null }, model: { id: string, name: string } | null, salesperson: { id: string, name: string | null } | null, branch: { id: string, code: string, name: string }, salesQuotations: Array<{ id: string, number: string, date: string, status: SalesQuotationStatus, total: { formatted: string } }> }
    | Record<PropertyKey, never>
   | null };

export type FigureBranchesQueryVariables = Exact<{
  dealership: string;
  range: KpiRange;
  measures: Array<KpiMeasure> | KpiMeasure;
}>;


export type FigureBranchesQuery = { league: { rows: Array<{ currency: string, dealershipId: string | null, branchId: string | null, dealership: { code: string, name: string } | null, branch: { code: string, name: string } | null, figures: Array<{ measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null, share: number | null, rank: number | null, aboveMean: number | null }> }> }, months: { rows: Array<{ currency: string, dealershipId: string | null, branchId: string | null, period: string | null, figures: Array<{ value: number | null }> }> } };

export type FigureFactsQueryVariables = Exact<{
  measures: Array<KpiMeasure> | KpiMeasure;
  measure: KpiMeasure;
  range: KpiRange;
  filter?: KpiFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  isSale: boolean;
  isPayment: boolean;
  isQuotation: boolean;
  isOffer: boolean;
  isReceipt: boolean;
  isGroup: boolean;
}>;


export type FigureFactsQuery = { kpi: { asOf: string, from: string, to: string, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, totals: Array<{ currency: string, figures: Array<{ measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null, formula: string }>, facts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ kind: KpiFactKind, date: string, adds: number, branch: { code: string, name: string, dealership?: { code: string } }, bill?: { id: string, number: string, modelName: string, saleType: SaleType } | null, creditNote?: { number: string, bill: { id: string, number: string, modelName: string } } | null, payment?: { method: PaymentMethod, reference: string | null, bill: { id: string, number: string } } | null, quotation?: { id: string, number: string, status: QuotationStatus } | null, salesQuotation?: { id: string, number: string, status: SalesQuotationStatus, modelName: string } | null, bikeUnit?: { id: string, chassisNumber: string, model: { name: string } } | null }> } }> } };

export type FigureOpenQueryVariables = Exact<{
  kind: KpiOpenKind;
  ages?: KpiAges | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  isBill: boolean;
  isUnit: boolean;
  isRegistration: boolean;
  isTransfer: boolean;
  isGroup: boolean;
}>;


export type FigureOpenQuery = { kpiNow: { asOf: string, today: string, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, open: Array<{ kind: KpiOpenKind, currency: string | null, meanAge: number | null, total: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, items: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ kind: KpiOpenKind, age: number, since: string, amount: { amountMinor: number, formatted: string } | null, branch: { code: string, name: string, dealership?: { code: string } }, bill?: { id: string, number: string, modelName: string, financeCompany: { name: string } | null } | null, bikeUnit?: { id: string, chassisNumber: string, colour: string | null, status: BikeUnitStatus, model: { name: string } } | null, registration?: { id: string, status: RmvStatus, bill: { id: string, number: string, modelName: string } } | null, transfer?: { id: string, chassisNumber: string, modelName: string, otherBranchCode: string } | null }> } }> } };

export type FigurePeersQueryVariables = Exact<{
  measure: KpiMeasure;
  month: string;
  branch?: string | null | undefined;
}>;


export type FigurePeersQuery = { kpiPeers: { measure: KpiMeasure, month: string, definitionVersion: number, own: number | null, mean: number | null, rank: number | null, branches: number | null, percentile: number | null, refusal: KpiPeersRefusal | null } };

export type FinanceCompaniesQueryVariables = Exact<{
  dealership?: string | null | undefined;
}>;


export type FinanceCompaniesQuery = { financeCompanies: { nodes: Array<{ id: string, name: string }> } };

export type IssueBillMutationVariables = Exact<{
  input: IssueBillInput;
}>;


export type IssueBillMutation = { issueBill: { bill: { id: string, number: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type IssueProformaMutationVariables = Exact<{
  input: IssueProformaInput;
}>;


export type IssueProformaMutation = { issueProforma: { bill: { id: string, proformaNumber: string | null } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type KpiChangedSubscriptionVariables = Exact<{
  branch?: string | null | undefined;
}>;


export type KpiChangedSubscription = { kpiChanged: { branches: Array<{ now: boolean, from: string | null, to: string | null }> } };

export type MailBillMutationVariables = Exact<{
  input: MailBillInput;
}>;


export type MailBillMutation = { mailBill: { document: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type MakeDocumentMutationVariables = Exact<{
  input: MakeDocumentInput;
}>;


export type MakeDocumentMutation = { makeDocument: { document: { id: string, kind: DocumentKind, number: string, isCopy: boolean, link: { url: string } | null } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type OfferAcceptMutationVariables = Exact<{
  input: SalesQuotationInput;
}>;


export type OfferAcceptMutation = { acceptSalesQuotation: { salesQuotation: { id: string, status: SalesQuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferConvertMutationVariables = Exact<{
  input: ConvertSalesQuotationInput;
}>;


export type OfferConvertMutation = { convertSalesQuotation: { bill: { id: string, number: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferCreateMutationVariables = Exact<{
  input: CreateSalesQuotationInput;
}>;


export type OfferCreateMutation = { createSalesQuotation: { salesQuotation: { id: string, status: SalesQuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferCustomersQueryVariables = Exact<{
  filter: CustomerFilter;
}>;


export type OfferCustomersQuery = { customers: { nodes: Array<{ id: string, name: string, phone: string | null, branch: { id: string, code: string } }> } };

export type OfferListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  isWide: boolean;
  filter?: SalesQuotationFilter | null | undefined;
}>;


export type OfferListQuery = { salesQuotations: { totalCount: number, nodes: Array<{ id: string, number: string, date: string, status: SalesQuotationStatus, saleType: SaleType, modelName: string, validUntil: string, buyer: { name: string }, total: { formatted: string }, branch: { id: string, code: string, dealership?: { code: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OfferProformaMutationVariables = Exact<{
  input: SalesQuotationInput;
}>;


export type OfferProformaMutation = { issueSalesQuotationProforma: { salesQuotation: { id: string, proformaNumber: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferRejectMutationVariables = Exact<{
  input: SalesQuotationInput;
}>;


export type OfferRejectMutation = { rejectSalesQuotation: { salesQuotation: { id: string, status: SalesQuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferSendMutationVariables = Exact<{
  input: SalesQuotationInput;
}>;


export type OfferSendMutation = { sendSalesQuotation: { salesQuotation: { id: string, status: SalesQuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type OfferShownQueryVariables = Exact<{
  id: string;
  bills: boolean;
}>;


export type OfferShownQuery = { node:
    | { id: string, number: string, date: string, status: SalesQuotationStatus, saleType: SaleType, modelName: string, vehicleClass: VehicleClass, validUntil: string, remarks: string | null, proformaNumber: string | null, proformaOn: string | null, model: { id: string }, buyer: { name: string, phone: string | null, address: string | null }, vehiclePrice: { formatted: string }, rmvCharge: { amountMinor: number, formatted: string }, downPayment: { formatted: string } | null, leased: { formatted: string } | null, total: { amountMinor: number, formatted: string }, financeCompany?: { id: string, name: string } | null, enquiry: { id: string, date: string } | null, salesperson: { id: string, name: string | null } | null, branch: { id: string, code: string, name: string }, bill?: { id: string, number: string, status: BillStatus } | null }
    | Record<PropertyKey, never>
   | null };

export type OfferUnitsQueryVariables = Exact<{
  filter: BikeUnitFilter;
}>;


export type OfferUnitsQuery = { bikeUnits: { totalCount: number, nodes: Array<{ id: string, chassisNumber: string, motorNumber: string, colour: string | null, receivedOn: string, model: { id: string, name: string }, branch: { id: string, code: string } }> } };

export type PerformanceQueryVariables = Exact<{
  range: KpiRange;
  month: string;
  targetsOf: KpiTargetsOf;
  measures: Array<KpiMeasure> | KpiMeasure;
  rowMeasures: Array<KpiMeasure> | KpiMeasure;
  place?: KpiPlace | null | undefined;
  filter?: KpiFilter | null | undefined;
  isOfOne: boolean;
}>;


export type PerformanceQuery = { kpiPeerMeasures?: Array<KpiMeasure>, period: { asOf: string, from: string, to: string, comparedFrom: string | null, comparedTo: string | null, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, totals: Array<{ currency: string, figures: Array<{ formula: string, previous: number | null, change: number | null, changeShare: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, months: { rows: Array<{ currency: string, period: string | null, figures: Array<{ measure: KpiMeasure, value: number | null }> }> }, days: { rows: Array<{ currency: string, period: string | null, figures: Array<{ measure: KpiMeasure, value: number | null }> }> }, sellers: { rows: Array<{ currency: string, dealership: { code: string } | null, salesperson: { id: string, name: string | null } | null, figures: Array<{ rank: number | null, share: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, models: { rows: Array<{ currency: string, dealership: { code: string } | null, model: { id: string, name: string } | null, figures: Array<{ rank: number | null, share: number | null, measure: KpiMeasure, title: string, unit: KpiUnit, value: number | null, formatted: string | null }> }> }, kpiTargets: Array<{ currency: string, dealership: { code: string, name: string }, branch: { id: string, code: string, name: string } | null, units: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null, revenue: { target: number, sold: number, pace: number, gap: number, projection: number | null } | null }>, kpiNow: { asOf: string, scope: string, definitionVersion: number, sourceRows: number, timeZones: Array<string>, flow: { daysSupply: number | null, sellThrough: number | null, stockTurn: number | null }, open: Array<{ kind: KpiOpenKind, currency: string | null, meanAge: number | null, total: { count: number, estimated: number, amount: { amountMinor: number, formatted: string } | null }, buckets: Array<{ count: number, fromAge: number | null, toAge: number | null, share: number | null }> }>, stockOutRisk: Array<{ modelId: string, available: number, daysSupply: number | null, soldIn30Days: number, model: { name: string } }> } };

export type PlacesQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type PlacesQuery = { account: { places: { hasMore: boolean, nodes: Array<{ dealershipCode: string | null, dealershipName: string | null, branchCode: string | null, branchName: string | null, role: Role, primaryColor: string }> } } };

export type PreviewBillQueryVariables = Exact<{
  input: PreviewBillInput;
}>;


export type PreviewBillQuery = { previewBill: { preview: { title: BillTitle, modelName: string, discountNeedsApproval: boolean, aboveLtvCap: boolean, vehiclePrice: { formatted: string }, vat: { formatted: string }, sscl: { formatted: string }, rmvCharge: { formatted: string }, downPayment: { formatted: string } | null, leasedAmount: { formatted: string } | null, total: { formatted: string }, balance: { amountMinor: number, formatted: string } } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string }> } };

export type PreviewClosingQueryVariables = Exact<{
  input: PreviewClosingInput;
}>;


export type PreviewClosingQuery = { previewClosing: { preview: { title: BillTitle, modelName: string, discountNeedsApproval: boolean, aboveLtvCap: boolean, vehiclePrice: { formatted: string }, vat: { formatted: string }, sscl: { formatted: string }, rmvCharge: { formatted: string }, downPayment: { formatted: string } | null, leasedAmount: { formatted: string } | null, total: { formatted: string }, balance: { amountMinor: number, formatted: string } } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string }> } };

export type QuotationAcceptMutationVariables = Exact<{
  input: QuotationInput;
}>;


export type QuotationAcceptMutation = { acceptQuotation: { quotation: { id: string, status: QuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type QuotationConvertMutationVariables = Exact<{
  input: ConvertQuotationInput;
}>;


export type QuotationConvertMutation = { convertQuotation: { invoice: { id: string, number: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type QuotationCreateMutationVariables = Exact<{
  input: CreateQuotationInput;
}>;


export type QuotationCreateMutation = { createQuotation: { quotation: { id: string, number: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type QuotationListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  isWide: boolean;
  filter?: QuotationFilter | null | undefined;
}>;


export type QuotationListQuery = { quotations: { totalCount: number, nodes: Array<{ id: string, number: string, kind: QuotationKind, date: string, status: QuotationStatus, registrationNumber: string | null, insuranceCompany: string | null, claimNumber: string | null, buyer: { name: string }, total: { formatted: string }, branch: { id: string, code: string, dealership?: { code: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type QuotationRejectMutationVariables = Exact<{
  input: QuotationInput;
}>;


export type QuotationRejectMutation = { rejectQuotation: { quotation: { id: string, status: QuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type QuotationSendMutationVariables = Exact<{
  input: QuotationInput;
}>;


export type QuotationSendMutation = { sendQuotation: { quotation: { id: string, status: QuotationStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type QuotationShownQueryVariables = Exact<{
  id: string;
}>;


export type QuotationShownQuery = { node:
    | { id: string, number: string, kind: QuotationKind, date: string, status: QuotationStatus, registrationNumber: string | null, accidentOn: string | null, claimNumber: string | null, insuranceCompany: string | null, remarks: string | null, buyer: { name: string, phone: string | null, address: string | null }, items: Array<{ position: number, description: string, quantity: string, rate: { amountMinor: number, formatted: string }, amount: { formatted: string } }>, total: { formatted: string }, salesperson: { id: string, name: string | null } | null, branch: { id: string, code: string, name: string }, invoice: { id: string, number: string } | null, convertedFrom: { id: string, number: string } | null }
    | Record<PropertyKey, never>
   | null };

export type QuotationUpdateMutationVariables = Exact<{
  input: UpdateQuotationInput;
}>;


export type QuotationUpdateMutation = { updateQuotation: { quotation: { id: string, number: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type ReceiveUnitsMutationVariables = Exact<{
  input: ReceiveUnitsInput;
}>;


export type ReceiveUnitsMutation = { receiveUnits: { units: Array<{ id: string, chassisNumber: string, model: { name: string } }>, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type RecordDisbursementMutationVariables = Exact<{
  input: RecordDisbursementInput;
}>;


export type RecordDisbursementMutation = { recordDisbursement: { payment: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string, expiresAt: string, sessionEndsAt: string, needsSecondFactor: boolean, role: Role | null, acr: Acr } };

export type RefundPaymentMutationVariables = Exact<{
  input: RefundPaymentInput;
}>;


export type RefundPaymentMutation = { refundPayment: { payment: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type RegistrationsQueryVariables = Exact<{
  filter?: RegistrationFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RegistrationsQuery = { registrations: { totalCount: number, nodes: Array<{ id: string, status: RmvStatus, dueOn: string, openedOn: string, documentsReadyOn: string | null, submittedOn: string | null, numberIssuedOn: string | null, bookReceivedOn: string | null, overdue: boolean, registrationNumber: string | null, branch: { code: string }, bill: { id: string, number: string, modelName: string, chassisNumber: string | null, buyer: { name: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: boolean };

export type ReversePaymentMutationVariables = Exact<{
  input: ReversePaymentInput;
}>;


export type ReversePaymentMutation = { reversePayment: { payment: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type SearchQueryVariables = Exact<{
  text: string;
  first?: number | null | undefined;
}>;


export type SearchQuery = { search: { bills: Array<{ id: string, number: string, date: string, status: BillStatus, modelName: string, chassisNumber: string | null, buyer: { name: string }, branch: { code: string } }>, units: Array<{ id: string, chassisNumber: string, motorNumber: string, colour: string | null, status: BikeUnitStatus, model: { name: string }, branch: { code: string } }>, customers: Array<{ id: string, name: string, phone: string | null, branch: { code: string } }>, salesQuotations: Array<{ id: string, number: string, date: string, status: SalesQuotationStatus, modelName: string, buyer: { name: string }, branch: { code: string } }>, quotations: Array<{ id: string, number: string, date: string, status: QuotationStatus, kind: QuotationKind, buyer: { name: string }, branch: { code: string } }> } };

export type SetUpMutationVariables = Exact<{
  input: SetUpInput;
}>;


export type SetUpMutation = { setUp: boolean };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string, expiresAt: string, sessionEndsAt: string, needsSecondFactor: boolean, role: Role | null, acr: Acr } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type StartSecondFactorMutationVariables = Exact<{ [key: string]: never; }>;


export type StartSecondFactorMutation = { startSecondFactor: { secret: string, uri: string, svg: string } };

export type StockChangedSubscriptionVariables = Exact<{
  branch?: string | null | undefined;
}>;


export type StockChangedSubscription = { stockChanged: { unit: { id: string, status: BikeUnitStatus, colour: string | null, soldOn: string | null, receivedOn: string, branch: { id: string, code: string, name: string } } | null, transfer: { id: string } | null } };

export type StockCountsQueryVariables = Exact<{
  dealership?: string | null | undefined;
  branch?: string | null | undefined;
  figures: boolean;
}>;


export type StockCountsQuery = { available: { totalCount: number }, reserved: { totalCount: number }, inTransit: { totalCount: number }, damaged: { totalCount: number }, kpiNow?: { today: string, open: Array<{ currency: string | null, buckets: Array<{ fromAge: number | null, toAge: number | null, count: number, estimated: number, amount: { formatted: string } | null }>, total: { count: number, estimated: number, amount: { formatted: string } | null } }> } };

export type StockModelsQueryVariables = Exact<{
  dealership?: string | null | undefined;
}>;


export type StockModelsQuery = { bikeModels: { nodes: Array<{ id: string, name: string, retiredAt: string | null, leasable: boolean, vehicleClass: VehicleClass, listPrice: { amountMinor: number, formatted: string } }> } };

export type StockUnitQueryVariables = Exact<{
  id: string;
  bills: boolean;
}>;


export type StockUnitQuery = { node:
    | { id: string, chassisNumber: string, motorNumber: string, colour: string | null, modelYear: number | null, status: BikeUnitStatus, notes: string | null, receivedOn: string, soldOn: string | null, landedCost: { amountMinor: number, formatted: string } | null, model: { id: string, name: string, vehicleClass: VehicleClass, listPrice: { formatted: string } }, branch: { id: string, code: string, name: string }, bills?: Array<{ id: string, number: string, date: string, status: BillStatus, buyer: { name: string }, total: { formatted: string } }> }
    | Record<PropertyKey, never>
   | null };

export type StockUnitsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  isWide: boolean;
  filter?: BikeUnitFilter | null | undefined;
  orderBy?: BikeUnitOrder | null | undefined;
}>;


export type StockUnitsQuery = { bikeUnits: { totalCount: number, nodes: Array<{ id: string, chassisNumber: string, motorNumber: string, colour: string | null, status: BikeUnitStatus, receivedOn: string, soldOn: string | null, landedCost: { formatted: string } | null, model: { id: string, name: string, listPrice: { formatted: string } }, branch: { id: string, code: string, name: string, dealership?: { code: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SwapUnitMutationVariables = Exact<{
  input: SwapUnitInput;
}>;


export type SwapUnitMutation = { swapUnit: { bill: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type TakePaymentMutationVariables = Exact<{
  input: TakePaymentInput;
}>;


export type TakePaymentMutation = { takePayment: { payment: { id: string } | null, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type TransferCancelMutationVariables = Exact<{
  input: CancelTransferInput;
}>;


export type TransferCancelMutation = { cancelTransfer: { transfer: { id: string, status: StockTransferStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type TransferListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  isWide: boolean;
  filter?: StockTransferFilter | null | undefined;
  orderBy?: StockTransferOrder | null | undefined;
}>;


export type TransferListQuery = { stockTransfers: { totalCount: number, nodes: Array<{ id: string, chassisNumber: string, modelName: string, side: StockTransferSide, status: StockTransferStatus, notes: string | null, requestedOn: string, sentOn: string | null, receivedOn: string | null, cancelledOn: string | null, otherBranchCode: string, branch: { id: string, code: string, dealership?: { code: string } }, unit: { id: string, status: BikeUnitStatus } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TransferOfferMutationVariables = Exact<{
  input: OfferTransferInput;
}>;


export type TransferOfferMutation = { offerTransfer: { transfer: { id: string, status: StockTransferStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type TransferReceiveMutationVariables = Exact<{
  input: ReceiveTransferInput;
}>;


export type TransferReceiveMutation = { receiveTransfer: { transfer: { id: string, status: StockTransferStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type TransferRequestMutationVariables = Exact<{
  input: RequestTransferInput;
}>;


export type TransferRequestMutation = { requestTransfer: { transfer: { id: string, status: StockTransferStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type TransferSendMutationVariables = Exact<{
  input: SendTransferInput;
}>;


export type TransferSendMutation = { sendTransfer: { transfer: { id: string, status: StockTransferStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitCorrectMutationVariables = Exact<{
  input: UpdateUnitInput;
}>;


export type UnitCorrectMutation = { updateUnit: { unit: { id: string, status: BikeUnitStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitDamagedMutationVariables = Exact<{
  input: MarkUnitDamagedInput;
}>;


export type UnitDamagedMutation = { markUnitDamaged: { unit: { id: string, status: BikeUnitStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitReleaseMutationVariables = Exact<{
  input: ReleaseUnitInput;
}>;


export type UnitReleaseMutation = { releaseUnit: { unit: { id: string, status: BikeUnitStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitRemoveMutationVariables = Exact<{
  input: RemoveUnitInput;
}>;


export type UnitRemoveMutation = { removeUnit: { unit: { id: string, chassisNumber: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitRepairMutationVariables = Exact<{
  input: RepairUnitInput;
}>;


export type UnitRepairMutation = { repairUnit: { unit: { id: string, status: BikeUnitStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UnitReserveMutationVariables = Exact<{
  input: ReserveUnitInput;
}>;


export type UnitReserveMutation = { reserveUnit: { unit: { id: string, status: BikeUnitStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } };

export type UpdateCustomerMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type UpdateCustomerMutation = { updateCustomer: { customer: { id: string } | null, warnings: Array<{ code: CustomerWarningCode, other: { id: string, name: string } | null }>, userErrors: Array<{ field: Array<string>, code: UserErrorCode, message: string, allowed: Array<string> }> } };

export type ViewerQueryVariables = Exact<{
  isSomewhere: boolean;
}>;


export type ViewerQuery = { viewer: { name: string, email: string, role: Role | null, permissions: Array<PermissionName>, dealership: { id: string, code: string, name: string, currency: string, timeZone: string } | null, branch: { id: string, code: string, name: string } | null } | null, branding?: { dealerName: string | null, primaryColor: string, logo: string | null } };

/** What each operation of the console answers, and what it is given. */
export interface Operations {
  Account: { data: AccountQuery; variables: AccountQueryVariables };
  AccountChangePassword: { data: AccountChangePasswordMutation; variables: AccountChangePasswordMutationVariables };
  AccountEndOthers: { data: AccountEndOthersMutation; variables: AccountEndOthersMutationVariables };
  AccountEndSession: { data: AccountEndSessionMutation; variables: AccountEndSessionMutationVariables };
  AccountRecoveryCodes: { data: AccountRecoveryCodesMutation; variables: AccountRecoveryCodesMutationVariables };
  AccountRemoveFactor: { data: AccountRemoveFactorMutation; variables: AccountRemoveFactorMutationVariables };
  AdminArchiveBills: { data: AdminArchiveBillsMutation; variables: AdminArchiveBillsMutationVariables };
  AdminBranches: { data: AdminBranchesQuery; variables: AdminBranchesQueryVariables };
  AdminCancelJob: { data: AdminCancelJobMutation; variables: AdminCancelJobMutationVariables };
  AdminChangeMembership: { data: AdminChangeMembershipMutation; variables: AdminChangeMembershipMutationVariables };
  AdminCloseBranch: { data: AdminCloseBranchMutation; variables: AdminCloseBranchMutationVariables };
  AdminCreateBranch: { data: AdminCreateBranchMutation; variables: AdminCreateBranchMutationVariables };
  AdminCreateFinanceCompany: { data: AdminCreateFinanceCompanyMutation; variables: AdminCreateFinanceCompanyMutationVariables };
  AdminCreateModel: { data: AdminCreateModelMutation; variables: AdminCreateModelMutationVariables };
  AdminCreatePartnerKey: { data: AdminCreatePartnerKeyMutation; variables: AdminCreatePartnerKeyMutationVariables };
  AdminDealerships: { data: AdminDealershipsQuery; variables: AdminDealershipsQueryVariables };
  AdminEndMembership: { data: AdminEndMembershipMutation; variables: AdminEndMembershipMutationVariables };
  AdminEndStaffSessions: { data: AdminEndStaffSessionsMutation; variables: AdminEndStaffSessionsMutationVariables };
  AdminFinanceCompanies: { data: AdminFinanceCompaniesQuery; variables: AdminFinanceCompaniesQueryVariables };
  AdminInviteStaff: { data: AdminInviteStaffMutation; variables: AdminInviteStaffMutationVariables };
  AdminJobProgress: { data: AdminJobProgressSubscription; variables: AdminJobProgressSubscriptionVariables };
  AdminJobs: { data: AdminJobsQuery; variables: AdminJobsQueryVariables };
  AdminLetters: { data: AdminLettersQuery; variables: AdminLettersQueryVariables };
  AdminLook: { data: AdminLookQuery; variables: AdminLookQueryVariables };
  AdminModels: { data: AdminModelsQuery; variables: AdminModelsQueryVariables };
  AdminNumbers: { data: AdminNumbersQuery; variables: AdminNumbersQueryVariables };
  AdminOpenDealership: { data: AdminOpenDealershipMutation; variables: AdminOpenDealershipMutationVariables };
  AdminPartnerKeys: { data: AdminPartnerKeysQuery; variables: AdminPartnerKeysQueryVariables };
  AdminPeerMeasures: { data: AdminPeerMeasuresQuery; variables: AdminPeerMeasuresQueryVariables };
  AdminPreviewLetter: { data: AdminPreviewLetterQuery; variables: AdminPreviewLetterQueryVariables };
  AdminRebuildFigures: { data: AdminRebuildFiguresMutation; variables: AdminRebuildFiguresMutationVariables };
  AdminReopenBranch: { data: AdminReopenBranchMutation; variables: AdminReopenBranchMutationVariables };
  AdminRestoreFinanceCompany: { data: AdminRestoreFinanceCompanyMutation; variables: AdminRestoreFinanceCompanyMutationVariables };
  AdminRestoreModel: { data: AdminRestoreModelMutation; variables: AdminRestoreModelMutationVariables };
  AdminRetireFinanceCompany: { data: AdminRetireFinanceCompanyMutation; variables: AdminRetireFinanceCompanyMutationVariables };
  AdminRetireModel: { data: AdminRetireModelMutation; variables: AdminRetireModelMutationVariables };
  AdminRetryJob: { data: AdminRetryJobMutation; variables: AdminRetryJobMutationVariables };
  AdminRevokePartnerKey: { data: AdminRevokePartnerKeyMutation; variables: AdminRevokePartnerKeyMutationVariables };
  AdminRolePermissions: { data: AdminRolePermissionsQuery; variables: AdminRolePermissionsQueryVariables };
  AdminRotatePartnerKey: { data: AdminRotatePartnerKeyMutation; variables: AdminRotatePartnerKeyMutationVariables };
  AdminSetLetter: { data: AdminSetLetterMutation; variables: AdminSetLetterMutationVariables };
  AdminSetLogo: { data: AdminSetLogoMutation; variables: AdminSetLogoMutationVariables };
  AdminSetNumberPattern: { data: AdminSetNumberPatternMutation; variables: AdminSetNumberPatternMutationVariables };
  AdminSetPeerMeasure: { data: AdminSetPeerMeasureMutation; variables: AdminSetPeerMeasureMutationVariables };
  AdminSetTarget: { data: AdminSetTargetMutation; variables: AdminSetTargetMutationVariables };
  AdminSetTariff: { data: AdminSetTariffMutation; variables: AdminSetTariffMutationVariables };
  AdminSetTaxProfile: { data: AdminSetTaxProfileMutation; variables: AdminSetTaxProfileMutationVariables };
  AdminSettings: { data: AdminSettingsQuery; variables: AdminSettingsQueryVariables };
  AdminStaff: { data: AdminStaffQuery; variables: AdminStaffQueryVariables };
  AdminTargets: { data: AdminTargetsQuery; variables: AdminTargetsQueryVariables };
  AdminTariffs: { data: AdminTariffsQuery; variables: AdminTariffsQueryVariables };
  AdminUpdateBranch: { data: AdminUpdateBranchMutation; variables: AdminUpdateBranchMutationVariables };
  AdminUpdateDealership: { data: AdminUpdateDealershipMutation; variables: AdminUpdateDealershipMutationVariables };
  AdminUpdateFinanceCompany: { data: AdminUpdateFinanceCompanyMutation; variables: AdminUpdateFinanceCompanyMutationVariables };
  AdminUpdateLook: { data: AdminUpdateLookMutation; variables: AdminUpdateLookMutationVariables };
  AdminUpdateModel: { data: AdminUpdateModelMutation; variables: AdminUpdateModelMutationVariables };
  AdvanceRegistration: { data: AdvanceRegistrationMutation; variables: AdvanceRegistrationMutationVariables };
  Bill: { data: BillQuery; variables: BillQueryVariables };
  BillChanged: { data: BillChangedSubscription; variables: BillChangedSubscriptionVariables };
  Bills: { data: BillsQuery; variables: BillsQueryVariables };
  Branches: { data: BranchesQuery; variables: BranchesQueryVariables };
  CancelBill: { data: CancelBillMutation; variables: CancelBillMutationVariables };
  ChoosePassword: { data: ChoosePasswordMutation; variables: ChoosePasswordMutationVariables };
  CloseAdvance: { data: CloseAdvanceMutation; variables: CloseAdvanceMutationVariables };
  ConfirmIdentity: { data: ConfirmIdentityMutation; variables: ConfirmIdentityMutationVariables };
  ConfirmSecondFactor: { data: ConfirmSecondFactorMutation; variables: ConfirmSecondFactorMutationVariables };
  CreateCustomer: { data: CreateCustomerMutation; variables: CreateCustomerMutationVariables };
  CreditBill: { data: CreditBillMutation; variables: CreditBillMutationVariables };
  Customer: { data: CustomerQuery; variables: CustomerQueryVariables };
  Customers: { data: CustomersQuery; variables: CustomersQueryVariables };
  CustomersByNic: { data: CustomersByNicQuery; variables: CustomersByNicQueryVariables };
  CustomersByPhone: { data: CustomersByPhoneQuery; variables: CustomersByPhoneQueryVariables };
  Dashboard: { data: DashboardQuery; variables: DashboardQueryVariables };
  DeskModels: { data: DeskModelsQuery; variables: DeskModelsQueryVariables };
  DeskUnit: { data: DeskUnitQuery; variables: DeskUnitQueryVariables };
  DeskUnits: { data: DeskUnitsQuery; variables: DeskUnitsQueryVariables };
  DocumentLink: { data: DocumentLinkQuery; variables: DocumentLinkQueryVariables };
  EnquiryCreate: { data: EnquiryCreateMutation; variables: EnquiryCreateMutationVariables };
  EnquiryList: { data: EnquiryListQuery; variables: EnquiryListQueryVariables };
  EnquiryLose: { data: EnquiryLoseMutation; variables: EnquiryLoseMutationVariables };
  EnquiryShown: { data: EnquiryShownQuery; variables: EnquiryShownQueryVariables };
  FigureBranches: { data: FigureBranchesQuery; variables: FigureBranchesQueryVariables };
  FigureFacts: { data: FigureFactsQuery; variables: FigureFactsQueryVariables };
  FigureOpen: { data: FigureOpenQuery; variables: FigureOpenQueryVariables };
  FigurePeers: { data: FigurePeersQuery; variables: FigurePeersQueryVariables };
  FinanceCompanies: { data: FinanceCompaniesQuery; variables: FinanceCompaniesQueryVariables };
  IssueBill: { data: IssueBillMutation; variables: IssueBillMutationVariables };
  IssueProforma: { data: IssueProformaMutation; variables: IssueProformaMutationVariables };
  KpiChanged: { data: KpiChangedSubscription; variables: KpiChangedSubscriptionVariables };
  MailBill: { data: MailBillMutation; variables: MailBillMutationVariables };
  MakeDocument: { data: MakeDocumentMutation; variables: MakeDocumentMutationVariables };
  OfferAccept: { data: OfferAcceptMutation; variables: OfferAcceptMutationVariables };
  OfferConvert: { data: OfferConvertMutation; variables: OfferConvertMutationVariables };
  OfferCreate: { data: OfferCreateMutation; variables: OfferCreateMutationVariables };
  OfferCustomers: { data: OfferCustomersQuery; variables: OfferCustomersQueryVariables };
  OfferList: { data: OfferListQuery; variables: OfferListQueryVariables };
  OfferProforma: { data: OfferProformaMutation; variables: OfferProformaMutationVariables };
  OfferReject: { data: OfferRejectMutation; variables: OfferRejectMutationVariables };
  OfferSend: { data: OfferSendMutation; variables: OfferSendMutationVariables };
  OfferShown: { data: OfferShownQuery; variables: OfferShownQueryVariables };
  OfferUnits: { data: OfferUnitsQuery; variables: OfferUnitsQueryVariables };
  Performance: { data: PerformanceQuery; variables: PerformanceQueryVariables };
  Places: { data: PlacesQuery; variables: PlacesQueryVariables };
  PreviewBill: { data: PreviewBillQuery; variables: PreviewBillQueryVariables };
  PreviewClosing: { data: PreviewClosingQuery; variables: PreviewClosingQueryVariables };
  QuotationAccept: { data: QuotationAcceptMutation; variables: QuotationAcceptMutationVariables };
  QuotationConvert: { data: QuotationConvertMutation; variables: QuotationConvertMutationVariables };
  QuotationCreate: { data: QuotationCreateMutation; variables: QuotationCreateMutationVariables };
  QuotationList: { data: QuotationListQuery; variables: QuotationListQueryVariables };
  QuotationReject: { data: QuotationRejectMutation; variables: QuotationRejectMutationVariables };
  QuotationSend: { data: QuotationSendMutation; variables: QuotationSendMutationVariables };
  QuotationShown: { data: QuotationShownQuery; variables: QuotationShownQueryVariables };
  QuotationUpdate: { data: QuotationUpdateMutation; variables: QuotationUpdateMutationVariables };
  ReceiveUnits: { data: ReceiveUnitsMutation; variables: ReceiveUnitsMutationVariables };
  RecordDisbursement: { data: RecordDisbursementMutation; variables: RecordDisbursementMutationVariables };
  RefreshSession: { data: RefreshSessionMutation; variables: RefreshSessionMutationVariables };
  RefundPayment: { data: RefundPaymentMutation; variables: RefundPaymentMutationVariables };
  Registrations: { data: RegistrationsQuery; variables: RegistrationsQueryVariables };
  RequestPasswordReset: { data: RequestPasswordResetMutation; variables: RequestPasswordResetMutationVariables };
  ReversePayment: { data: ReversePaymentMutation; variables: ReversePaymentMutationVariables };
  Search: { data: SearchQuery; variables: SearchQueryVariables };
  SetUp: { data: SetUpMutation; variables: SetUpMutationVariables };
  SignIn: { data: SignInMutation; variables: SignInMutationVariables };
  SignOut: { data: SignOutMutation; variables: SignOutMutationVariables };
  StartSecondFactor: { data: StartSecondFactorMutation; variables: StartSecondFactorMutationVariables };
  StockChanged: { data: StockChangedSubscription; variables: StockChangedSubscriptionVariables };
  StockCounts: { data: StockCountsQuery; variables: StockCountsQueryVariables };
  StockModels: { data: StockModelsQuery; variables: StockModelsQueryVariables };
  StockUnit: { data: StockUnitQuery; variables: StockUnitQueryVariables };
  StockUnits: { data: StockUnitsQuery; variables: StockUnitsQueryVariables };
  SwapUnit: { data: SwapUnitMutation; variables: SwapUnitMutationVariables };
  TakePayment: { data: TakePaymentMutation; variables: TakePaymentMutationVariables };
  TransferCancel: { data: TransferCancelMutation; variables: TransferCancelMutationVariables };
  TransferList: { data: TransferListQuery; variables: TransferListQueryVariables };
  TransferOffer: { data: TransferOfferMutation; variables: TransferOfferMutationVariables };
  TransferReceive: { data: TransferReceiveMutation; variables: TransferReceiveMutationVariables };
  TransferRequest: { data: TransferRequestMutation; variables: TransferRequestMutationVariables };
  TransferSend: { data: TransferSendMutation; variables: TransferSendMutationVariables };
  UnitCorrect: { data: UnitCorrectMutation; variables: UnitCorrectMutationVariables };
  UnitDamaged: { data: UnitDamagedMutation; variables: UnitDamagedMutationVariables };
  UnitRelease: { data: UnitReleaseMutation; variables: UnitReleaseMutationVariables };
  UnitRemove: { data: UnitRemoveMutation; variables: UnitRemoveMutationVariables };
  UnitRepair: { data: UnitRepairMutation; variables: UnitRepairMutationVariables };
  UnitReserve: { data: UnitReserveMutation; variables: UnitReserveMutationVariables };
  UpdateCustomer: { data: UpdateCustomerMutation; variables: UpdateCustomerMutationVariables };
  Viewer: { data: ViewerQuery; variables: ViewerQueryVariables };
}
