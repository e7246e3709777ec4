//! `quotations`: repair and insurance-claim estimates, and the invoices made from them.
//!
//! An invoice refers to its quotation by their common number, so invoices wait for the file's end.

use std::collections::HashMap;

use entity::quotation::{self, Kind, Status};
use entity::quotation_item;
use uuid::Uuid;

use super::customer::{Buyer, Customers};
use super::document::Document;
use super::ground::{CURRENCY, Ground};
use super::item::Item;
use super::journal::Journal;
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::number::Numbers;
use super::page;
use super::user::Staff;
use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// How numbers begin, in search form.
const QUOTATION: &str = "gm-quo-";
const INVOICE: &str = "gm-inv-";

/// Makes quotations with their items.
pub(super) struct Quotations<'a> {
    ground: &'a Ground<'a>,
    staff: Staff<'a>,
    customers: Customers<'a>,
    numbers: Numbers,
    /// Converted quotations that no invoice refers to yet, by their number in search form.
    open: HashMap<String, Uuid>,
    rows: Vec<quotation::Model>,
    items: Vec<quotation_item::Model>,
    invoices: Vec<(quotation::Model, Vec<quotation_item::Model>, Notes)>,
}

impl<'a> Quotations<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, users: &'a Journal, tx: &Tx) -> Result<Self> {
        let mut numbers = Numbers::new("quotationNumber");
        let (mut open, mut invoiced) = (HashMap::new(), Vec::new());
        page::each(
            tx,
            tx.select::<quotation::Entity>(),
            quotation::Column::Id,
            |row| row.id,
            |row| {
                if is_open(&row) {
                    open.insert(row.number_key.clone(), row.id);
                }
                invoiced.extend(row.converted_from_id);
                numbers.hold(row.quotation_number, row.number_key, format!("quotation {}", row.id));
            },
        )
        .await?;
        open.retain(|_, id| !invoiced.contains(id));
        Ok(Self {
            ground,
            staff: Staff::open(users, tx).await?,
            customers: Customers::open(ground, tx).await?,
            numbers,
            open,
            rows: Vec::new(),
            items: Vec::new(),
            invoices: Vec::new(),
        })
    }

    fn row(&mut self, document: &Document<'_>, written: Written, notes: &mut Notes) -> quotation::Model {
        let ground = self.ground;
        let Written { number, quoted_at, kind, status, total_minor } = written;
        let (created_at, updated_at) = document.times(Some(quoted_at)).unwrap_or((quoted_at, quoted_at));
        let id = ground.id(created_at, &["quotations", &notes.origin.id]);
        let buyer = Buyer::read(document, ground, notes);
        quotation::Model {
            dealership_id: ground.dealership,
            id,
            branch_id: ground.branch,
            number_key: text::search_key(&number),
            quotation_number: number,
            kind,
            status,
            quoted_at,
            quoted_on: ground.day(quoted_at),
            customer_id: self.customers.of(&buyer, &notes.origin, created_at),
            buyer: buyer.seal(ground, ground.place("quotation", "buyer", id)),
            customer_name: buyer.name,
            registration_number: document.written("bikeRegNo"),
            accident_on: document.date("accidentDate", notes).map(|at| ground.day(at)),
            claim_number: document.written("claimNumber"),
            insurance_company: document.written("insuranceCompany"),
            currency: CURRENCY.to_owned(),
            total_minor,
            remarks: document.text("remarks"),
            salesperson_id: self.staff.membership(document, "owner", notes),
            converted_from_id: None,
            created_at,
            updated_at,
        }
    }

    fn keep(&mut self, row: quotation::Model, items: Vec<quotation_item::Model>, notes: &mut Notes) {
        if row.kind == Kind::Invoice {
            self.invoices.push((row, items, notes.hand_over()));
            return;
        }
        if is_open(&row) {
            self.open.insert(row.number_key.clone(), row.id);
        }
        self.rows.push(row);
        self.items.extend(items);
    }
}

/// What of a quotation can be refused.
struct Written {
    number: String,
    quoted_at: chrono::DateTime<chrono::Utc>,
    kind: Kind,
    status: Status,
    total_minor: i64,
}

impl Written {
    fn read(document: &Document<'_>, notes: &mut Notes) -> Result<Self, Rejection> {
        Ok(Self {
            number: required(document.written("quotationNumber"), "quotationNumber")?,
            quoted_at: required(document.date("quotationDate", notes), "quotationDate")?,
            kind: kind(document)?,
            status: status(document)?,
            total_minor: required(document.money("totalAmount", notes)?, "totalAmount")?,
        })
    }
}

impl Rows for Quotations<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let written = Written::read(document, notes)?;
        self.numbers.refuse_taken(&written.number)?;
        let items = Item::read_all(document, written.total_minor, notes)?;
        // Nothing is refused from here on: what follows leaves rows.
        let row = self.row(document, written, notes);
        self.numbers.note_similar(&row.number_key, notes);
        let holder = format!("document {}", notes.origin.id);
        self.numbers.hold(row.quotation_number.clone(), row.number_key.clone(), holder);
        let id = row.id;
        let items = items.into_iter().zip(1..).map(|(item, position)| item.row(self.ground, &row, position)).collect();
        self.keep(row, items, notes);
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        self.customers.write(tx).await?;
        tx.insert::<quotation::Entity>(std::mem::take(&mut self.rows)).await?;
        tx.insert::<quotation_item::Entity>(std::mem::take(&mut self.items)).await
    }

    async fn finish(&mut self, tx: &Tx, _journal: &Journal) -> Result<Vec<Notes>> {
        self.write(tx).await?;
        let mut all_notes = Vec::new();
        for (mut row, items, mut notes) in std::mem::take(&mut self.invoices) {
            let tail = row.number_key.strip_prefix(INVOICE);
            row.converted_from_id = tail.and_then(|tail| self.open.remove(&format!("{QUOTATION}{tail}")));
            if row.converted_from_id.is_none() {
                notes.repair("quotationNumber", "kept without a quotation", "no converted quotation has its number");
            }
            self.rows.push(row);
            self.items.extend(items);
            all_notes.push(notes);
        }
        self.write(tx).await?;
        Ok(all_notes)
    }
}

fn is_open(row: &quotation::Model) -> bool {
    row.kind == Kind::Quotation && row.status == Status::Converted
}

fn kind(document: &Document<'_>) -> Result<Kind, Rejection> {
    match document.text("type").unwrap_or_default().to_lowercase().as_str() {
        "quotation" => Ok(Kind::Quotation),
        "invoice" => Ok(Kind::Invoice),
        _ => Err(Rejection::new("has an unknown type")),
    }
}

fn status(document: &Document<'_>) -> Result<Status, Rejection> {
    match document.text("status").unwrap_or_default().to_lowercase().as_str() {
        "draft" => Ok(Status::Draft),
        "sent" => Ok(Status::Sent),
        "accepted" => Ok(Status::Accepted),
        "rejected" => Ok(Status::Rejected),
        "converted" => Ok(Status::Converted),
        _ => Err(Rejection::new("has an unknown status")),
    }
}
