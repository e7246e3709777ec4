//! Two queries in one trip.

use entity::positioned::Positioned;
use sea_orm::sea_query::{Expr, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable, QueryTrait, Select};

use crate::error::Result;

/// The rows of both: one below the other, each with whose it is and the columns of both.
pub(super) async fn read<A, B>(
    db: &impl ConnectionTrait,
    first: Select<A>,
    second: Select<B>,
) -> Result<(Vec<A::Model>, Vec<B::Model>)>
where
    A: EntityTrait<Model: Positioned>,
    B: EntityTrait<Model: Positioned>,
{
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for row in db.query_all(&both(first, second)).await? {
        match row.try_get_by_index::<i32>(0)? {
            1 => ones.push(A::Model::at(&row, 1)?),
            _ => others.push(B::Model::at(&row, 1 + A::Column::iter().count())?),
        }
    }
    Ok((ones, others))
}

fn both<A: EntityTrait, B: EntityTrait>(first: Select<A>, second: Select<B>) -> SelectStatement {
    let mut both = half::<A, B>(first.into_query(), true);
    both.union(UnionType::All, half::<A, B>(second.into_query(), false));
    both
}

/// Columns without names of their own: they are read by their place.
fn half<A: EntityTrait, B: EntityTrait>(asked: SelectStatement, is_first: bool) -> SelectStatement {
    let mut half = Query::select();
    half.expr(Expr::cust(if is_first { "1" } else { "0" }));
    half.exprs(columns::<A>(is_first)).exprs(columns::<B>(!is_first)).from_subquery(asked, "asked");
    half
}

/// The columns of a table, or as many of nothing.
fn columns<E: EntityTrait>(are_there: bool) -> impl Iterator<Item = Expr> {
    E::Column::iter().map(move |column| if are_there { Expr::col(("asked", column)) } else { Expr::cust("null") })
}
