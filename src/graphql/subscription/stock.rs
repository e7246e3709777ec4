//! Stock as it changes.

use async_graphql::{Context, ID, SimpleObject, Subscription};

use super::super::bike_unit::BikeUnit;
use super::super::context::cx;
use super::super::stock_transfer::StockTransfer;
use super::turn::{Subject, Told, told};
use crate::event::What;
use crate::store::load::Key;

/// A unit was received or changed, or a transfer of one was asked for or moved on. Both are null when so much changed at
/// once that it is not told one by one: read anew what you show.
#[derive(SimpleObject)]
struct StockChange {
    /// The unit as it is now.
    unit: Option<BikeUnit>,
    /// Your branch's side of the transfer as it is now. A unit that leaves your branch for good is told by it.
    transfer: Option<StockTransfer>,
}

#[derive(Default)]
pub(in super::super) struct StockSubscription;

#[Subscription]
impl StockSubscription {
    /// Units and transfers of your scope as they are entered and changed, by whomever.
    async fn stock_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of one branch only.")] branch: Option<ID>,
    ) -> async_graphql::Result<Told<StockChange>> {
        let cx = cx(ctx);
        cx.permit::<BikeUnit>()?;
        let change = match Subject::Stock.heard(ctx, branch.as_ref()).await?.first() {
            None => None,
            Some(event) => {
                let key = |id| Key { dealership: event.dealership, id };
                match event.what {
                    What::Unit(id) => {
                        let unit: Option<BikeUnit> = cx.load(key(id)).await?;
                        unit.map(|unit| StockChange { unit: Some(unit), transfer: None })
                    }
                    What::Transfer(id) => {
                        let transfer: Option<StockTransfer> = cx.load(key(id)).await?;
                        transfer.map(|transfer| StockChange { unit: None, transfer: Some(transfer) })
                    }
                    _ => Some(StockChange { unit: None, transfer: None }),
                }
            }
        };
        Ok(told(change))
    }
}
