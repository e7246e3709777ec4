//! Key figures as they change.

use async_graphql::{Context, ID, SimpleObject, Subscription};

use super::super::branch::Branch;
use super::super::context::cx;
use super::super::date::Date;
use super::turn::{Subject, Told, told};
use crate::event::What;
use crate::store::load::Key;

/// Key figures changed.
#[derive(SimpleObject)]
struct KpiChange {
    /// Of which branches.
    branches: Vec<KpiBranchChange>,
}

/// Which figures of a branch changed.
#[derive(SimpleObject)]
struct KpiBranchChange {
    /// The branch.
    branch: Branch,
    /// First day whose figures changed; null where only what is open as of now did.
    from: Option<Date>,
    /// Last day whose figures changed; null where only what is open as of now did.
    to: Option<Date>,
    /// Whether what is open as of now changed: stock, receivables, promises.
    now: bool,
}

#[derive(Default)]
pub(in super::super) struct KpiSubscription;

#[Subscription]
impl KpiSubscription {
    /// Which key figures of your scope changed, so that you ask for them anew. Told at once, then once a second at most.
    async fn kpi_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of one branch only.")] branch: Option<ID>,
    ) -> async_graphql::Result<Told<KpiChange>> {
        let cx = cx(ctx);
        cx.require_reports().await?;
        let mut branches = Vec::new();
        for event in Subject::Figures.heard(ctx, branch.as_ref()).await? {
            let (What::Figures(figures), Some(id)) = (event.what, event.branch) else { continue };
            if let Some(branch) = cx.load(Key { dealership: event.dealership, id }).await? {
                let (from, to) = figures.days.map(|(from, to)| (Date(from), Date(to))).unzip();
                branches.push(KpiBranchChange { branch, from, to, now: figures.open });
            }
        }
        Ok(told((!branches.is_empty()).then_some(KpiChange { branches })))
    }
}
