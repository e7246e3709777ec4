//! `bills`: sales, with the payments that can be concluded from them.
//!
//! A bill that completes an advance refers to it, so it is written after it: such pairs wait for the file's end.

use std::collections::{HashMap, HashSet};

use entity::bill::{self, Status};
use entity::kind::Source;
use entity::payment as payment_row;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::customer::{Buyer, Customers};
use super::document::Document;
use super::finance_company::FinanceCompanies;
use super::ground::{CURRENCY, Ground};
use super::journal::Journal;
use super::link::{Link, Links};
use super::load::Rows;
use super::model::Models;
use super::note::{Notes, Rejection};
use super::number::Numbers;
use super::stock::Stock;
use super::terms::Terms;
use super::user::Staff;
use super::{page, payment};
use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// Makes bills and payments.
pub(super) struct Bills<'a> {
    ground: &'a Ground<'a>,
    links: &'a Links,
    staff: Staff<'a>,
    models: Models<'a>,
    stock: Stock<'a>,
    finance_companies: FinanceCompanies<'a>,
    customers: Customers<'a>,
    numbers: Numbers,
    /// Converted advances that no bill completes yet.
    open_advances: HashMap<Uuid, OpenAdvance>,
    rows: Vec<bill::Model>,
    payments: Vec<payment_row::Model>,
    completions: Vec<Completion>,
    advances: Vec<Advance>,
}

struct OpenAdvance {
    paid: i64,
    /// Its payment is in the database already.
    earlier: bool,
}

/// A bill that waits for its advance.
struct Completion {
    row: bill::Model,
    advance: String,
    stated_balance: Option<i64>,
    notes: Notes,
}

/// An advance whose payment waits for the bill it counts towards.
struct Advance {
    id: Uuid,
    payment: Option<payment_row::Model>,
    notes: Notes,
}

impl<'a> Bills<'a> {
    pub(super) async fn open(
        ground: &'a Ground<'a>,
        links: &'a Links,
        users: &'a Journal,
        units: &'a Journal,
        tx: &Tx,
    ) -> Result<Self> {
        let mut stock = Stock::open(units, tx).await?;
        let mut numbers = Numbers::new("billNumber");
        let (mut open_advances, mut completed) = (HashMap::new(), HashSet::new());
        page::each(
            tx,
            tx.select::<bill::Entity>(),
            bill::Column::Id,
            |row| row.id,
            |row| {
                if matches!(row.status, Status::Pending | Status::Completed) {
                    row.unit_id.map(|unit| stock.claim(unit));
                }
                if row.is_advance && row.status == Status::Converted {
                    open_advances.insert(row.id, OpenAdvance { paid: row.advance_minor.unwrap_or(0), earlier: true });
                }
                completed.extend(row.advance_bill_id);
                numbers.hold(row.bill_number, row.number_key, format!("bill {}", row.id));
            },
        )
        .await?;
        open_advances.retain(|advance, _| !completed.contains(advance));
        Ok(Self {
            ground,
            links,
            staff: Staff::open(users, tx).await?,
            models: Models::open(ground, tx).await?,
            stock,
            finance_companies: FinanceCompanies::open(ground, tx).await?,
            customers: Customers::open(ground, tx).await?,
            numbers,
            open_advances,
            rows: Vec::new(),
            payments: Vec::new(),
            completions: Vec::new(),
            advances: Vec::new(),
        })
    }

    /// The row of a bill that is not refused; links and balance are still open.
    fn row(&mut self, document: &Document<'_>, terms: &Terms, notes: &mut Notes) -> bill::Model {
        let ground = self.ground;
        let (created_at, updated_at) =
            document.times(Some(terms.billed_at)).unwrap_or((terms.billed_at, terms.billed_at));
        let id = ground.id(created_at, &["bills", &notes.origin.id]);
        let buyer = Buyer::read(document, ground, notes);
        let (model_id, model_name) = self.model(document, notes);
        let chassis_number = document.written("chassisNumber");
        let motor_number = document.written("motorNumber");
        let proforma = document.object("proforma");
        let issued = proforma.as_ref().and_then(|proforma| proforma.date("issueDate", notes));
        let delivery = document.date("estimatedDeliveryDate", notes);
        bill::Model {
            dealership_id: ground.dealership,
            id,
            branch_id: ground.branch,
            bill_number: terms.number.clone(),
            number_key: text::search_key(&terms.number),
            billed_at: terms.billed_at,
            bill_date: ground.day(terms.billed_at),
            status: terms.status,
            sale_type: terms.sale_type,
            vehicle_class: terms.vehicle_class,
            is_advance: terms.is_advance,
            first_tricycle_sale: document.flag("isFirstTricycleSale").unwrap_or(false),
            customer_id: self.customers.of(&buyer, &notes.origin, created_at),
            buyer: buyer.seal(ground, ground.place("bill", "buyer", id)),
            customer_name: buyer.name,
            salesperson_id: self.staff.membership(document, "owner", notes),
            model_id,
            model_name,
            unit_id: self.stock.unit_of(document, chassis_number.as_deref(), terms.is_live(), notes),
            chassis_key: chassis_number.as_deref().map(text::search_key),
            chassis_number,
            motor_key: motor_number.as_deref().map(text::search_key),
            motor_number,
            currency: CURRENCY.to_owned(),
            vehicle_price_minor: terms.vehicle_price,
            rmv_charge_minor: terms.rmv_charge,
            down_payment_minor: terms.down_payment,
            leased_minor: terms.leased(),
            advance_minor: terms.advance,
            total_minor: terms.total,
            balance_minor: 0,
            // The old system kept neither disbursements nor taxes: not known is not zero.
            financier_balance_minor: None,
            above_ltv_cap: false,
            vat_minor: None,
            sscl_minor: None,
            supplier_tin: None,
            purchaser_tin: None,
            estimated_delivery_on: delivery.map(|at| ground.day(at)),
            delivered_on: None,
            cancelled_on: None,
            cancelled_reason: None,
            finance_company_id: proforma
                .as_ref()
                .and_then(|proforma| self.finance_companies.of_proforma(proforma, created_at, notes)),
            proforma_number: proforma.as_ref().and_then(|proforma| proforma.written("documentNumber")),
            proforma_on: issued.map(|at| ground.day(at)),
            landed_cost_minor: None,
            unit_received_on: None,
            converted_on: None,
            advance_bill_id: None,
            source: Source::Imported,
            created_at,
            updated_at,
        }
    }

    fn model(&self, document: &Document<'_>, notes: &mut Notes) -> (Option<Uuid>, String) {
        const FIELD: &str = "bikeModel";
        let Some(name) = document.written(FIELD) else {
            notes.repair(FIELD, "called Unknown model", "is missing");
            return (None, "Unknown model".to_owned());
        };
        let id = self.models.named(&name);
        if id.is_none() {
            notes.repair(FIELD, "kept as written, without a model", "no model has this name");
        }
        (id, name)
    }

    /// Keeps a bill that completes no advance, with its payments.
    fn keep(&mut self, document: &Document<'_>, mut row: bill::Model, stated: Option<i64>, notes: &mut Notes) {
        let taken = payment::advance(self.ground, &row);
        let settled = payment::settlement(self.ground, &row, 0);
        let paid = [&taken, &settled].into_iter().flatten().map(|payment| payment.amount_minor).sum();
        row.balance_minor = payment::balance(&row, paid);
        compare_balance(&row, stated, notes);
        match self.links.completion_of(&notes.origin.id) {
            Link::To(_) => {
                let open = OpenAdvance { paid: row.advance_minor.unwrap_or(0), earlier: false };
                self.open_advances.insert(row.id, open);
                self.advances.push(Advance { id: row.id, payment: taken, notes: notes.hand_over() });
            }
            Link::Broken(why) if document.reference("finalBillId").is_some() => {
                notes.repair("finalBillId", "left out", why);
                self.payments.extend(taken);
            }
            _ => self.payments.extend(taken),
        }
        self.payments.extend(settled);
        self.rows.push(row);
    }

    /// Links a bill with its advance, which is written by now if it ever will be; the advance to carry over.
    fn complete(&mut self, journal: &Journal, completion: Completion) -> (Option<Carried>, Notes) {
        const FIELD: &str = "originalAdvanceBillId";
        let Completion { mut row, advance, stated_balance, mut notes } = completion;
        let advance = journal.row(&advance);
        let open = advance.and_then(|id| self.open_advances.remove(&id).map(|open| (id, open)));
        let mut paid = 0;
        let carried = match (advance, open) {
            (_, Some((id, open))) => {
                row.advance_bill_id = Some(id);
                paid = open.paid;
                Some(Carried { advance: id, completion: row.id, earlier: open.earlier })
            }
            (None, None) => {
                notes.repair(FIELD, "left out", "refers to a bill that is not there");
                None
            }
            (Some(_), None) => {
                notes.repair(FIELD, "left out", "is no converted advance, or another bill completes it");
                None
            }
        };
        let settled = payment::settlement(self.ground, &row, paid);
        paid += settled.as_ref().map_or(0, |payment| payment.amount_minor);
        row.balance_minor = payment::balance(&row, paid);
        compare_balance(&row, stated_balance, &mut notes);
        self.payments.extend(settled);
        self.rows.push(row);
        (carried, notes)
    }
}

impl Bills<'_> {
    /// Copies to each sale the day from which its unit was in stock, and to each advance the day it was completed. The old
    /// system knew no costs.
    async fn note_what_sales_knew(&self, tx: &Tx) -> Result<()> {
        use bill::Column;
        let imported = || tx.scope().update::<bill::Entity>().filter(Column::Source.eq(Source::Imported));
        let received = "(select u.received_on from bike_unit u \
                        where u.dealership_id = bill.dealership_id and u.id = bill.unit_id)";
        let sales = imported()
            .filter(Column::BranchId.eq(self.ground.branch))
            .filter(Column::Status.is_in([Status::Completed, Status::Credited]))
            .col_expr(Column::UnitReceivedOn, Expr::cust(received));
        tx.update(sales).await?;
        let completed = "(select f.bill_date from bill f \
                         where f.dealership_id = bill.dealership_id and f.advance_bill_id = bill.id)";
        let advances = imported()
            .filter(Column::BranchId.eq(self.ground.branch))
            .filter(Column::Status.eq(Status::Converted))
            .col_expr(Column::ConvertedOn, Expr::cust(completed));
        tx.update(advances).await.map(drop)
    }
}

/// An advance that counts towards the bill completing it.
struct Carried {
    advance: Uuid,
    completion: Uuid,
    earlier: bool,
}

fn compare_balance(row: &bill::Model, stated: Option<i64>, notes: &mut Notes) {
    let live = matches!(row.status, Status::Pending | Status::Completed);
    let why = match (row.balance_minor, stated) {
        (..0, _) => "the advance exceeds the total: the customer has a credit",
        (balance, Some(stated)) if live && balance != stated => "disagrees with them",
        _ => return,
    };
    notes.repair("balanceAmount", "replaced by total less payments", why);
}

impl Rows for Bills<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let terms = Terms::read(document, notes)?;
        self.numbers.refuse_taken(&terms.number)?;
        // Nothing is refused from here on: what follows leaves rows and claims.
        let row = self.row(document, &terms, notes);
        self.numbers.note_similar(&row.number_key, notes);
        let holder = format!("document {}", notes.origin.id);
        self.numbers.hold(row.bill_number.clone(), row.number_key.clone(), holder);
        let id = row.id;
        let stated_balance = terms.stated_balance;
        match self.links.advance_of(&notes.origin.id) {
            Link::To(advance) => {
                self.completions.push(Completion { row, advance, stated_balance, notes: notes.hand_over() });
            }
            Link::Broken(why) => {
                notes.repair("originalAdvanceBillId", "left out", why);
                self.keep(document, row, stated_balance, notes);
            }
            Link::None => self.keep(document, row, stated_balance, notes),
        }
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        self.customers.write(tx).await?;
        self.finance_companies.write(tx).await?;
        tx.insert::<bill::Entity>(std::mem::take(&mut self.rows)).await?;
        tx.insert::<payment_row::Entity>(std::mem::take(&mut self.payments)).await
    }

    async fn finish(&mut self, tx: &Tx, journal: &Journal) -> Result<Vec<Notes>> {
        self.write(tx).await?;
        let (mut all_notes, mut completed) = (Vec::new(), HashMap::new());
        let mut moved = Vec::new();
        for completion in std::mem::take(&mut self.completions) {
            let (carried, notes) = self.complete(journal, completion);
            all_notes.push(notes);
            if let Some(carried) = carried {
                completed.insert(carried.advance, carried.completion);
                moved.extend(carried.earlier.then_some(carried));
            }
        }
        self.write(tx).await?;
        for Carried { advance, completion, .. } in moved {
            let payments = tx
                .scope()
                .update::<payment_row::Entity>()
                .filter(payment_row::Column::BillId.eq(advance))
                .col_expr(payment_row::Column::BillId, Expr::value(completion));
            tx.update(payments).await?;
        }
        for Advance { id, mut payment, mut notes } in std::mem::take(&mut self.advances) {
            match (completed.get(&id), &mut payment) {
                (Some(completion), Some(payment)) => payment.bill_id = *completion,
                (Some(_), None) => {}
                (None, _) => notes.repair("finalBillId", "left out", "refers to no bill imported with it"),
            }
            self.payments.extend(payment);
            all_notes.push(notes);
        }
        self.write(tx).await?;
        self.note_what_sales_knew(tx).await?;
        Ok(all_notes)
    }
}
