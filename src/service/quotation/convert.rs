//! The invoice of an accepted quotation: made once, by whoever locks the quotation first.

use entity::quotation::{Entity, Kind, Model, Status};
use entity::quotation_item;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::{FIELD, audit, locked};
use crate::crypto::Place;
use crate::error::Result;
use crate::identity::Identity;
use crate::permission::Permission;
use crate::service::number::{self, Series};
use crate::service::{Change, Desk, step};
use crate::store::load::Key;
use crate::text;

/// Makes the invoice of an accepted quotation.
#[derive(Debug, Serialize)]
pub struct ConvertQuotation {
    /// Which.
    pub quotation: Key,
}

impl Change for ConvertQuotation {
    /// The invoice.
    type Outcome = Key;
    const NAME: &'static str = "convertQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let quotation = locked(desk, self.quotation).await?;
        step(FIELD, quotation.status, Status::Converted)?;
        let quotation = Model { status: Status::Converted, updated_at: desk.now, ..quotation };
        desk.save::<Entity>(quotation.clone()).await?;
        let invoice = invoice(desk, &quotation).await?;
        desk.insert::<Entity>(vec![invoice.clone()]).await?;
        copy_items(desk, &quotation, &invoice).await?;
        audit(desk, "quotation_converted", &quotation)?;
        audit(desk, "invoice_created", &invoice)?;
        Ok(Key { dealership: invoice.dealership_id, id: invoice.id })
    }
}

async fn invoice(desk: &Desk<'_>, quotation: &Model) -> Result<Model> {
    let (id, day) = (desk.fresh_id(), desk.today().await?);
    let branch = Key { dealership: quotation.dealership_id, id: quotation.branch_id };
    let branch = desk.open_branch(FIELD, branch).await?;
    let salesperson_id = desk.membership(branch.id)?;
    let quotation_number = number::take(desk, Series::Invoice, &branch, day).await?;
    Ok(Model {
        id,
        number_key: text::search_key(&quotation_number),
        quotation_number,
        kind: Kind::Invoice,
        // As it is handed out.
        status: Status::Sent,
        quoted_at: desk.now,
        quoted_on: day,
        buyer: resealed(desk, quotation, id)?,
        salesperson_id,
        converted_from_id: Some(quotation.id),
        created_at: desk.now,
        updated_at: desk.now,
        ..quotation.clone()
    })
}

/// The buyer as written on the quotation; a sealed cell opens at its own row only.
fn resealed(desk: &Desk<'_>, quotation: &Model, invoice: uuid::Uuid) -> Result<Option<Vec<u8>>> {
    let place = |row| Place { dealership: quotation.dealership_id, table: "quotation", column: "buyer", row };
    let reseal = |sealed: &Vec<u8>| {
        let buyer = Identity::open(desk.keys(), place(quotation.id), sealed)?;
        Ok(buyer.seal(desk.keys(), place(invoice)))
    };
    quotation.buyer.as_ref().map(reseal).transpose()
}

async fn copy_items(desk: &Desk<'_>, quotation: &Model, invoice: &Model) -> Result<()> {
    use quotation_item::Column;
    let query = desk
        .tx
        .select::<quotation_item::Entity>()
        .filter(Column::DealershipId.eq(quotation.dealership_id))
        .filter(Column::QuotationId.eq(quotation.id))
        .order_by_asc(Column::Position);
    let items = desk.tx.all(query).await?.into_iter();
    let items = items.map(|item| quotation_item::Model { id: desk.fresh_id(), quotation_id: invoice.id, ..item });
    desk.insert::<quotation_item::Entity>(items.collect()).await
}
