//! Loaders: rows wanted one by one by many resolvers, read by one statement. They live for one request and read in its
//! transaction, so they hold its scope.

use std::collections::HashMap;
use std::sync::Arc;

use dataloader::BatchFn;
use dataloader::cached::Loader;
use entity::tenant::Tenant;
use entity::{
    bike_model, bike_unit, bill, branch, credit_note, customer, dealership, enquiry, finance_company, membership,
    number_pattern, payment, quotation, quotation_item, rmv_case, sales_quotation, stock_transfer, target, tariff,
    tax_profile, user,
};
use futures_util::FutureExt;
use sea_orm::sea_query::Value;
use sea_orm::{EntityTrait, ModelTrait};
use uuid::Uuid;

use super::context::Snapshot;
use super::gather::Gather;
use crate::error::{Error, Result};
use crate::store::load::{self, Key};

/// A loader with its cache, behind a gather. A macro, because only a named batch function's future is known to be `Send`.
macro_rules! gather {
    ($batch:expr) => {{
        let loader = Arc::new(Loader::new($batch).with_yield_count(0).with_max_batch_size(usize::MAX));
        Gather::new(move |keys| {
            let loader = Arc::clone(&loader);
            async move { loader.load_many(keys).await }.boxed()
        })
    }};
}

/// Rows by their own id.
pub(super) type One<E> = Gather<Key, Result<Option<Arc<<E as EntityTrait>::Model>>>>;

/// Rows by the id of the row they belong to.
pub(super) type Many<E> = Gather<Key, Result<Arc<Vec<<E as EntityTrait>::Model>>>>;

pub(super) struct Loaders {
    pub(super) dealership: One<dealership::Entity>,
    pub(super) branch: One<branch::Entity>,
    pub(super) membership: One<membership::Entity>,
    pub(super) person: Gather<Uuid, Result<Option<Arc<user::Model>>>>,
    pub(super) bike_model: One<bike_model::Entity>,
    pub(super) bike_unit: One<bike_unit::Entity>,
    pub(super) finance_company: One<finance_company::Entity>,
    pub(super) customer: One<customer::Entity>,
    pub(super) bill: One<bill::Entity>,
    pub(super) bills_of_unit: Many<bill::Entity>,
    pub(super) bills_of_advance: Many<bill::Entity>,
    pub(super) payment: One<payment::Entity>,
    pub(super) payments_of_bill: Many<payment::Entity>,
    pub(super) credit_note: One<credit_note::Entity>,
    pub(super) credit_notes_of_bill: Many<credit_note::Entity>,
    pub(super) quotation: One<quotation::Entity>,
    pub(super) invoices_of_quotation: Many<quotation::Entity>,
    pub(super) items_of_quotation: Many<quotation_item::Entity>,
    pub(super) stock_transfer: One<stock_transfer::Entity>,
    pub(super) rmv_case: One<rmv_case::Entity>,
    pub(super) rmv_cases_of_bill: Many<rmv_case::Entity>,
    pub(super) enquiry: One<enquiry::Entity>,
    pub(super) sales_quotation: One<sales_quotation::Entity>,
    pub(super) sales_quotations_of_enquiry: Many<sales_quotation::Entity>,
    pub(super) target: One<target::Entity>,
    pub(super) targets_of_branch: Many<target::Entity>,
    pub(super) tariff: One<tariff::Entity>,
    pub(super) tariffs_of_dealership: Many<tariff::Entity>,
    pub(super) tax_profile: One<tax_profile::Entity>,
    pub(super) tax_profiles_of_dealership: Many<tax_profile::Entity>,
    pub(super) number_pattern: One<number_pattern::Entity>,
    pub(super) number_patterns_of_dealership: Many<number_pattern::Entity>,
}

impl Loaders {
    pub(super) fn new(snapshot: &Arc<Snapshot>) -> Self {
        Self {
            dealership: one::<dealership::Entity>(snapshot),
            branch: one::<branch::Entity>(snapshot),
            membership: one::<membership::Entity>(snapshot),
            person: gather!(People(Arc::clone(snapshot))),
            bike_model: one::<bike_model::Entity>(snapshot),
            bike_unit: one::<bike_unit::Entity>(snapshot),
            finance_company: one::<finance_company::Entity>(snapshot),
            customer: one::<customer::Entity>(snapshot),
            bill: one::<bill::Entity>(snapshot),
            bills_of_unit: many::<bill::Entity>(snapshot, bill::Column::UnitId),
            bills_of_advance: many::<bill::Entity>(snapshot, bill::Column::AdvanceBillId),
            payment: one::<payment::Entity>(snapshot),
            payments_of_bill: many::<payment::Entity>(snapshot, payment::Column::BillId),
            credit_note: one::<credit_note::Entity>(snapshot),
            credit_notes_of_bill: many::<credit_note::Entity>(snapshot, credit_note::Column::BillId),
            quotation: one::<quotation::Entity>(snapshot),
            invoices_of_quotation: many::<quotation::Entity>(snapshot, quotation::Column::ConvertedFromId),
            items_of_quotation: many::<quotation_item::Entity>(snapshot, quotation_item::Column::QuotationId),
            stock_transfer: one::<stock_transfer::Entity>(snapshot),
            rmv_case: one::<rmv_case::Entity>(snapshot),
            rmv_cases_of_bill: many::<rmv_case::Entity>(snapshot, rmv_case::Column::BillId),
            enquiry: one::<enquiry::Entity>(snapshot),
            sales_quotation: one::<sales_quotation::Entity>(snapshot),
            sales_quotations_of_enquiry: many::<sales_quotation::Entity>(snapshot, sales_quotation::Column::EnquiryId),
            target: one::<target::Entity>(snapshot),
            targets_of_branch: many::<target::Entity>(snapshot, target::Column::BranchId),
            tariff: one::<tariff::Entity>(snapshot),
            tariffs_of_dealership: many::<tariff::Entity>(snapshot, tariff::Column::DealershipId),
            tax_profile: one::<tax_profile::Entity>(snapshot),
            tax_profiles_of_dealership: many::<tax_profile::Entity>(snapshot, tax_profile::Column::DealershipId),
            number_pattern: one::<number_pattern::Entity>(snapshot),
            number_patterns_of_dealership: many::<number_pattern::Entity>(
                snapshot,
                number_pattern::Column::DealershipId,
            ),
        }
    }
}

fn one<E: Tenant>(snapshot: &Arc<Snapshot>) -> One<E> {
    gather!(ById { snapshot: Arc::clone(snapshot), entity: std::marker::PhantomData::<E> })
}

fn many<E: Tenant>(snapshot: &Arc<Snapshot>, parent: E::Column) -> Many<E> {
    gather!(ByParent::<E> { snapshot: Arc::clone(snapshot), parent })
}

struct ById<E> {
    snapshot: Arc<Snapshot>,
    entity: std::marker::PhantomData<E>,
}

impl<E: Tenant> BatchFn<Key, Result<Option<Arc<E::Model>>>> for ById<E> {
    async fn load(&mut self, keys: &[Key]) -> HashMap<Key, Result<Option<Arc<E::Model>>>> {
        answer(keys, rows::<E>(&self.snapshot, E::id(), keys).await, |mut rows| rows.pop().map(Arc::new))
    }
}

struct ByParent<E: EntityTrait> {
    snapshot: Arc<Snapshot>,
    parent: E::Column,
}

impl<E: Tenant> BatchFn<Key, Result<Arc<Vec<E::Model>>>> for ByParent<E> {
    async fn load(&mut self, keys: &[Key]) -> HashMap<Key, Result<Arc<Vec<E::Model>>>> {
        answer(keys, rows::<E>(&self.snapshot, self.parent, keys).await, Arc::new)
    }
}

struct People(Arc<Snapshot>);

impl BatchFn<Uuid, Result<Option<Arc<user::Model>>>> for People {
    async fn load(&mut self, ids: &[Uuid]) -> HashMap<Uuid, Result<Option<Arc<user::Model>>>> {
        let found = async { load::people(&*self.0.tx().await?, ids).await };
        let found = found.await.map(|people| people.into_iter().map(|person| (person.id, vec![person])).collect());
        answer(ids, found, |mut people| people.pop().map(Arc::new))
    }
}

/// The rows whose `column` holds an id of `keys`, by key.
async fn rows<E: Tenant>(snapshot: &Snapshot, column: E::Column, keys: &[Key]) -> Result<HashMap<Key, Vec<E::Model>>> {
    let mut by_key: HashMap<Key, Vec<E::Model>> = HashMap::new();
    for row in load::many::<E>(&*snapshot.tx().await?, column, keys).await? {
        by_key.entry(Key { dealership: uuid(&row, E::dealership())?, id: uuid(&row, column)? }).or_default().push(row);
    }
    Ok(by_key)
}

/// One answer for every key: what `found` holds for it, or the failure of all.
fn answer<K: std::hash::Hash + Eq + Copy, M, A>(
    keys: &[K],
    found: Result<HashMap<K, Vec<M>>>,
    shape: impl Fn(Vec<M>) -> A,
) -> HashMap<K, Result<A>> {
    match found {
        Ok(mut found) => keys.iter().map(|key| (*key, Ok(shape(found.remove(key).unwrap_or_default())))).collect(),
        Err(error) => keys.iter().map(|key| (*key, Err(error.clone()))).collect(),
    }
}

fn uuid<M: ModelTrait>(row: &M, column: <M::Entity as EntityTrait>::Column) -> Result<Uuid> {
    match row.get(column) {
        Value::Uuid(Some(id)) => Ok(id),
        other => Err(Error::internal(anyhow::anyhow!("a key column holds {other:?}"))),
    }
}
