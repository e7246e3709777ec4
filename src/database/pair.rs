//! Two queries in one trip.

use entity::positioned::Positioned;
use sea_orm::sea_query::{Expr, IntoIden, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryTrait, Select};

use crate::error::Result;

/// The column that tells whose row it is.
const IS_FIRST: &str = "is_first";

const FIRST: &str = "first_";
const SECOND: &str = "second_";

/// The rows of both: one below the other, each with the columns of both.
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
    let mut both = Query::select().expr_as(Expr::cust("1"), IS_FIRST).to_owned();
    columns::<A>(&mut both, FIRST, true);
    columns::<B>(&mut both, SECOND, false);
    both.from_subquery(first.into_query(), "asked");
    let mut below = Query::select().expr_as(Expr::cust("0"), IS_FIRST).to_owned();
    columns::<A>(&mut below, FIRST, false);
    columns::<B>(&mut below, SECOND, true);
    below.from_subquery(second.into_query(), "asked");
    both.union(UnionType::All, below).to_owned()
}

/// The columns of a table, or as many of nothing.
fn columns<E: EntityTrait>(select: &mut SelectStatement, prefix: &str, are_there: bool) {
    for column in E::Column::iter() {
        let value = if are_there { Expr::col(("asked", column)) } else { Expr::cust("null") };
        select.expr_as(value, format!("{prefix}{}", column.as_str()).into_iden());
    }
}
