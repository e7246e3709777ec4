//! Loaders: rows wanted one by one by many resolvers, read by one statement. They live for one request and read in its
//! transaction, so they hold its scope.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use dataloader::BatchFn;
use dataloader::cached::Loader;
use entity::tenant::Tenant;
use entity::{
    bike_model, bike_unit, bill, branch, credit_note, customer, dealership, document, enquiry, finance_company, job,
    membership, number_pattern, partner_key, partner_key_branch, payment, quotation, quotation_item, rmv_case,
    sales_quotation, stock_transfer, target, tariff, tax_profile, user,
};
use futures_util::FutureExt;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::context::Snapshot;
use super::gather::Gather;
use crate::error::Result;
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

/// All loaders of a snapshot, each made when it is first asked for: few operations need more than four.
macro_rules! loaders {
    (one: $($one:ident)*; many: $($many:ident: $child:ident by $parent:ident;)*) => {
        pub(super) struct Loaders {
            snapshot: Arc<Snapshot>,
            person: OnceLock<Gather<Uuid, Result<Option<Arc<user::Model>>>>>,
            $($one: OnceLock<One<$one::Entity>>,)*
            $($many: OnceLock<Many<$child::Entity>>,)*
        }

        impl Loaders {
            pub(super) fn new(snapshot: &Arc<Snapshot>) -> Self {
                Self {
                    snapshot: Arc::clone(snapshot),
                    person: OnceLock::new(),
                    $($one: OnceLock::new(),)*
                    $($many: OnceLock::new(),)*
                }
            }

            pub(super) fn person(&self) -> &Gather<Uuid, Result<Option<Arc<user::Model>>>> {
                self.person.get_or_init(|| gather!(People(Arc::clone(&self.snapshot))))
            }

            $(pub(super) fn $one(&self) -> &One<$one::Entity> {
                self.$one.get_or_init(|| one::<$one::Entity>(&self.snapshot))
            })*

            $(pub(super) fn $many(&self) -> &Many<$child::Entity> {
                self.$many.get_or_init(|| many::<$child::Entity>(&self.snapshot, $child::Column::$parent))
            })*
        }
    };
}

loaders! {
    one: bike_model bike_unit bill branch credit_note customer dealership document enquiry finance_company job membership
        number_pattern partner_key payment quotation rmv_case sales_quotation stock_transfer target tariff tax_profile;
    many:
        bills_of_advance: bill by AdvanceBillId;
        bills_of_unit: bill by UnitId;
        branches_of_partner_key: partner_key_branch by PartnerKeyId;
        credit_notes_of_bill: credit_note by BillId;
        documents_of_bill: document by BillId;
        documents_of_credit_note: document by CreditNoteId;
        documents_of_job: document by JobId;
        documents_of_quotation: document by QuotationId;
        documents_of_sales_quotation: document by SalesQuotationId;
        invoices_of_quotation: quotation by ConvertedFromId;
        items_of_quotation: quotation_item by QuotationId;
        number_patterns_of_dealership: number_pattern by DealershipId;
        payments_of_bill: payment by BillId;
        rmv_cases_of_bill: rmv_case by BillId;
        sales_quotations_of_enquiry: sales_quotation by EnquiryId;
        targets_of_branch: target by BranchId;
        tariffs_of_dealership: tariff by DealershipId;
        tax_profiles_of_dealership: tax_profile by DealershipId;
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
        let rows = rows::<E>(&self.snapshot, E::id(), keys).await;
        let answers = answer(keys, rows, |mut rows| rows.pop().map(Arc::new));
        self.snapshot.keep::<E>(&answers);
        answers
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
    let mut by_key: HashMap<Key, Vec<E::Model>> = HashMap::with_capacity(keys.len());
    for row in load::many::<E>(&*snapshot.tx().await?, column, keys).await? {
        by_key.entry(Key::of::<E>(&row, column)?).or_default().push(row);
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
