//! Search by the beginnings of words. Each way to find a row is a query of its own with an index range of its own; a
//! union of them is never slower than its parts, where an `or` of them would walk the whole list.

use entity::tenant::Tenant;
use entity::{customer_term, dealership};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use crate::database::Tx;
use crate::scope::Reach;
use crate::text;

/// Narrows `query` to rows found by every word of `text`: at the beginning of one of `keys`, or, where `customer`
/// names the column, at the beginning of a word of the customer's name.
pub(super) fn matching<E: Tenant>(
    tx: &Tx,
    query: Select<E>,
    text: &str,
    keys: &[E::Column],
    customer: Option<E::Column>,
) -> Select<E> {
    text::search_words(text).iter().fold(anchor(tx, query), |query, word| {
        let (from, to) = text::prefix_range(word);
        let by_key = keys.iter().map(|key| anchored::<E>(tx).filter(key.gte(&from)).filter(key.lt(&to)));
        let by_name = customer.map(|column| anchored::<E>(tx).filter(column.in_subquery(named(tx, &from, &to))));
        let mut ways = by_key.chain(by_name).map(place);
        let Some(mut found) = ways.next() else { return query };
        found.unions(ways.map(|way| (UnionType::Distinct, way)));
        let row = Expr::tuple([Expr::col(E::dealership().as_column_ref()), Expr::col(E::id().as_column_ref())]);
        query.filter(row.in_subquery(found))
    })
}

/// Customers with a word of their name in `[from, to)`.
fn named(tx: &Tx, from: &str, to: &str) -> SelectStatement {
    use customer_term::Column::{CustomerId, Term};
    let terms = anchored::<customer_term::Entity>(tx).filter(Term.gte(from)).filter(Term.lt(to));
    terms.select_only().column(CustomerId).into_query()
}

fn anchored<E: Tenant>(tx: &Tx) -> Select<E> {
    anchor(tx, tx.select::<E>())
}

/// Names the dealerships even for a scope that reaches all, so that an index with the dealership first serves the query.
fn anchor<E: Tenant>(tx: &Tx, query: Select<E>) -> Select<E> {
    match tx.scope().reach() {
        Reach::Everything => {
            let all = tx.select::<dealership::Entity>().select_only().column(dealership::Column::Id).into_query();
            query.filter(E::dealership().in_subquery(all))
        }
        _ => query,
    }
}

fn place<E: Tenant>(query: Select<E>) -> SelectStatement {
    query.select_only().column(E::dealership()).column(E::id()).into_query()
}
