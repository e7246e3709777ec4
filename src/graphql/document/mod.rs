//! Documents that were made.

mod change;
mod made;

pub(super) use change::DocumentMutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::document::{Entity, Model};
use secrecy::ExposeSecret;

use super::bill::Bill;
use super::branch::Branch;
use super::context::{Cx, cx};
use super::credit_note::CreditNote;
use super::date::Date;
use super::dealership::Dealership;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::loader::{Loaders, One};
use super::money::Money;
use super::node::Noun;
use super::quotation::Quotation;
use super::sales_quotation::SalesQuotation;
use super::staff_member::StaffMember;
use crate::crypto::Place;
use crate::error::Result;
use crate::integration::files::{self, Key as FileKey, Shown};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::document;
use crate::store::load::Key;

/// A document.
#[derive(Clone)]
pub(super) struct Document(Arc<Model>);

impl From<Arc<Model>> for Document {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Noun for Document {
    type Entity = Entity;
    /// Each is for those who may read what it is of.
    const PERMISSION: Option<Permission> = None;

    fn loader(loaders: &Loaders) -> &One<Entity> {
        loaders.document()
    }

    fn is_shown(row: &Model, scope: &Scope) -> bool {
        scope.may(document::permission(row))
    }
}

/// What is printed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::document::Kind")]
pub(super) enum DocumentKind {
    /// A bill of a dealership registered for VAT.
    TaxInvoice,
    /// A bill of any other.
    Invoice,
    /// A bill that was taken as an advance.
    AdvanceReceipt,
    /// A credit note.
    CreditNote,
    /// What a leasing company is shown before it pays.
    Proforma,
    /// An offer of a bike.
    SalesQuotation,
    /// A repair or claim quotation.
    ClaimQuotation,
    /// The invoice made of one.
    ClaimInvoice,
    /// The stock as it stood.
    StockReport,
    /// What a leasing company finances of a month's sales.
    FinancierReport,
    /// The bills of a month, a file each, in one zip.
    Archive,
}

/// What a browser does with a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "files::Disposition")]
pub(super) enum Disposition {
    /// It is shown, if it is of a kind that can be.
    Inline,
    /// It is saved.
    Attachment,
}

/// A link to a file. Whoever has it may fetch the file until it ends: keep it as you keep a password.
#[derive(SimpleObject)]
pub(super) struct DocumentLink {
    /// The address.
    url: String,
    /// When it ends.
    expires_at: DateTime<Utc>,
}

impl Document {
    /// A link, which is put on record where the file tells of a person.
    async fn open(&self, cx: &Cx, disposition: files::Disposition) -> Result<Option<DocumentLink>> {
        let (row, scope, files) = (&self.0, cx.scope()?, cx.app().files());
        if !document::may_open(scope, row) {
            return Ok(None);
        }
        if document::names_people(row.kind) {
            let place = Place { dealership: row.dealership_id, table: "document", column: "file", row: row.id };
            cx.reveal(place, "file", Some(String::new()))?;
        }
        let key: FileKey = row.file.parse()?;
        let name = if row.is_copy { format!("{} copy", row.number) } else { row.number.clone() };
        let lifetime = files.link_lifetime();
        let expires_at = cx.app().now() + lifetime;
        let link = files.sign(scope, &key, &Shown::new(disposition, &name, key.kind()), lifetime).await?;
        Ok(Some(DocumentLink { url: link.expose_secret().to_owned(), expires_at }))
    }
}

/// What was printed: a file that stays as it is.
#[Object]
impl Document {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Document, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// What it is.
    async fn kind(&self) -> DocumentKind {
        self.0.kind.into()
    }

    /// Its number as printed; of a report, what it is about.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The day printed on it.
    async fn date(&self) -> Date {
        Date(self.0.issued_on)
    }

    /// What it comes to: of a sale what the customer pays, of a proforma what is to be leased; null where there is nothing.
    async fn total(&self) -> Option<Money<'_>> {
        self.0.total_minor.map(|minor| Money::new(minor, &self.0.currency))
    }

    /// Whether it is a reprint: every page says `COPY ONLY`, and the rest as the original does.
    async fn is_copy(&self) -> bool {
        self.0.is_copy
    }

    /// The layout it is set in; a copy's is the original's.
    async fn template_version(&self) -> i32 {
        self.0.template_version
    }

    /// How long its file is, in bytes.
    async fn size(&self) -> i64 {
        self.0.bytes
    }

    /// Where anybody may check that it is genuine: what its QR code says; null where it has none.
    async fn check_url(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(document::check_url(cx(ctx).app(), &self.0))
    }

    /// A fresh link to its file, good for some minutes; null if your role may not see all that is on it. Links to documents
    /// that name people are put on record.
    async fn link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What a browser does with it.", default_with = "Disposition::Inline")]
        disposition: Disposition,
    ) -> async_graphql::Result<Option<DocumentLink>> {
        Ok(self.open(cx(ctx), disposition.into()).await?)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who had it made; null for head office and for work that was done later.
    async fn created_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.created_by_id).await?)
    }

    /// The bill that it is of.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.bill_id).await?)
    }

    /// The credit note that it is of.
    async fn credit_note(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<CreditNote>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.credit_note_id).await?)
    }

    /// The quotation or claim invoice that it is of.
    async fn quotation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Quotation>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.quotation_id).await?)
    }

    /// The offer that it is of.
    async fn sales_quotation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<SalesQuotation>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.sales_quotation_id).await?)
    }

    /// The branch it concerns; null where it concerns all of them.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// The dealership whose it is.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}
