//! Bills as they change.

use async_graphql::{Context, ID, SimpleObject, Subscription};

use super::super::bill::Bill;
use super::super::context::cx;
use super::turn::{Subject, Told, told};
use crate::event::What;
use crate::store::load::Key;

/// A bill was issued or changed, or its payments, its credit note or its registration did.
#[derive(SimpleObject)]
struct BillChange {
    /// The bill as it is now. Null when so many changed at once that they are not told one by one: read anew what you show.
    bill: Option<Bill>,
}

#[derive(Default)]
pub(in super::super) struct BillSubscription;

#[Subscription]
impl BillSubscription {
    /// Bills of your scope as they are issued and changed, by whomever.
    async fn bill_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of one branch only.")] branch: Option<ID>,
    ) -> async_graphql::Result<Told<BillChange>> {
        let cx = cx(ctx);
        cx.permit::<Bill>()?;
        let change = match Subject::Bills.heard(ctx, branch.as_ref()).await?.first() {
            None => None,
            Some(event) => match event.what {
                What::Bill(id) => {
                    let bill: Option<Bill> = cx.load(Key { dealership: event.dealership, id }).await?;
                    bill.map(|bill| BillChange { bill: Some(bill) })
                }
                _ => Some(BillChange { bill: None }),
            },
        };
        Ok(told(change))
    }
}
