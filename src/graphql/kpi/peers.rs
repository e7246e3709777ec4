//! How a branch stands among others that it does not see.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::peer_measure;
use sea_orm::{ColumnTrait, QueryFilter};

use super::super::branch::Branch;
use super::super::change::UserError;
use super::super::context::{Cx, cx};
use super::super::date::Date;
use super::super::global_id::{self, Tag};
use super::figure::KpiNumber;
use crate::error::{Error, Result};
use crate::kpi::{self, Measure, Peers, Standings, VERSION};
use crate::scope::{Reach, Scope};
use crate::service::peer_measure::SetPeerMeasure;
use crate::store;
use crate::store::load::Key;

/// Why nothing is told.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum KpiPeersRefusal {
    /// Head office has not opened this figure to comparison.
    NotOpened,
    /// Too few branches can be compared: one could be told from the others.
    TooFewBranches,
}

/// How a branch stands among its peers: those of all dealerships to which head office has opened the figure, that traded all
/// through the month and keep the same currency. Of theirs the mean is told, and nothing else.
pub(in crate::graphql) struct KpiPeers {
    measure: Measure,
    month: Date,
    peers: Peers,
}

impl KpiPeers {
    pub(super) async fn of(cx: &Cx, measure: Measure, month: Date, branch: Option<&ID>) -> Result<Self> {
        cx.scope()?.require(measure.definition().permission)?;
        let own = own_branch(cx, branch).await?;
        let tx = cx.app().read(Scope::system("comparison with peers")).await?;
        let fewest = cx.app().fewest_peers();
        let peers = kpi::peers(&tx, own, measure, month.0, cx.app().now(), fewest).await?;
        Ok(Self { measure, month, peers })
    }

    fn shown(&self) -> Option<Standings> {
        match self.peers {
            Peers::Shown(standings) => Some(standings),
            Peers::NotOpened | Peers::TooFew => None,
        }
    }

    fn number(&self, value: Option<i64>) -> Option<KpiNumber> {
        value.map(|value| KpiNumber { value, unit: self.measure.definition().unit })
    }
}

/// The branch acted in, or the one that is named by those who see several.
async fn own_branch(cx: &Cx, named: Option<&ID>) -> Result<Key> {
    let key = match (named, cx.scope()?.reach()) {
        (Some(id), _) => global_id::expect(Tag::Branch, id)?,
        (None, Reach::Branch { dealership, branch }) => Key { dealership: *dealership, id: *branch },
        (None, _) => return Err(Error::bad_input("branch", "You act in several branches: name one.")),
    };
    cx.load::<Branch>(key).await?.map(|_| key).ok_or(Error::NotFound)
}

/// How a branch stands among its peers: those of all dealerships to which head office has opened the figure, that traded all
/// through the month and keep the same currency. Of theirs the mean is told, and nothing else.
#[Object]
impl KpiPeers {
    /// Which version of the definitions it was made by.
    async fn definition_version(&self) -> i32 {
        VERSION
    }

    /// Which figure.
    async fn measure(&self) -> Measure {
        self.measure
    }

    /// First day of the month.
    async fn month(&self) -> Date {
        self.month
    }

    /// Why nothing is told; null when something is.
    async fn refusal(&self) -> Option<KpiPeersRefusal> {
        match self.peers {
            Peers::NotOpened => Some(KpiPeersRefusal::NotOpened),
            Peers::TooFew => Some(KpiPeersRefusal::TooFewBranches),
            Peers::Shown(_) => None,
        }
    }

    /// How many branches are compared, this one among them.
    async fn branches(&self) -> Option<usize> {
        self.shown().map(|shown| shown.branches)
    }

    /// Their mean.
    async fn mean(&self) -> Option<KpiNumber> {
        self.number(self.shown()?.mean)
    }

    /// This branch's value.
    async fn own(&self) -> Option<KpiNumber> {
        self.number(self.shown()?.own)
    }

    /// This branch's rank, 1 the largest; equals have the same.
    async fn rank(&self) -> Option<usize> {
        self.shown()?.rank
    }

    /// The part of the other branches that are below it; 0.125 is 12.5 %.
    async fn percentile(&self) -> Option<KpiNumber> {
        let value = self.shown()?.percentile?;
        Some(KpiNumber { value, unit: kpi::Unit::Share })
    }
}

/// The figures that are open to comparison in the dealership acted in.
pub(super) async fn opened(cx: &Cx) -> Result<Vec<Measure>> {
    cx.require_reports().await?;
    let tx = cx.tx().await?;
    let dealership = cx.scope()?.dealership()?;
    let rows = store::peer_measure::open(&tx).filter(peer_measure::Column::DealershipId.eq(dealership));
    let rows = tx.all(rows).await?;
    let is_open = |measure: &Measure| rows.iter().any(|row| row.measure == measure.name());
    Ok(Measure::ALL.iter().copied().filter(is_open).collect())
}

/// A figure to open to comparison, or to close.
#[derive(InputObject)]
pub(in crate::graphql) struct SetPeerMeasureInput {
    /// Which.
    measure: Measure,
    /// Whether branches may be compared by it from now on.
    open: bool,
}

/// What became of it.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PeerMeasurePayload {
    /// The figures that are open in the dealership now; null when it was refused.
    opened: Option<Vec<Measure>>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub(in crate::graphql) struct PeerMeasureMutation;

#[Object]
impl PeerMeasureMutation {
    /// Opens a figure to comparison between branches in the dealership you act in, or closes it: each of them then sees the
    /// mean of all that are compared and its own rank, and no row of another.
    async fn set_peer_measure(
        &self,
        ctx: &Context<'_>,
        input: SetPeerMeasureInput,
    ) -> async_graphql::Result<PeerMeasurePayload> {
        let cx = cx(ctx);
        let SetPeerMeasureInput { measure, open } = input;
        Ok(match cx.change(Ok(SetPeerMeasure { measure: measure.name(), open }), None).await? {
            Ok(_) => PeerMeasurePayload { opened: Some(opened(cx).await?), user_errors: Vec::new() },
            Err(user_errors) => PeerMeasurePayload { opened: None, user_errors },
        })
    }
}
