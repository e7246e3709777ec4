//! GraphQL documents that the operator trusts, added and removed from the command line.

use entity::trusted_document::{Column, Entity, Model};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, QueryFilter};

use crate::app::App;
use crate::error::Result;
use crate::scope::Scope;
use crate::store;

/// A document to be trusted.
pub struct Document {
    /// What clients may call it.
    pub name: String,
    /// SHA-256 of the text, in small hexadecimal digits.
    pub hash: String,
    /// The document.
    pub text: String,
}

/// Trusts documents. One that is trusted already stays as it is, and becomes the latest of its name.
pub async fn add(app: &App, documents: Vec<Document>) -> Result<()> {
    let tx = app.write(Scope::system("add trusted documents")).await?;
    let hashes: Vec<_> = documents.iter().map(|document| document.hash.as_str()).collect();
    tx.delete(tx.scope().delete_shared::<Entity>()?.filter(Column::Hash.is_in(hashes))).await?;
    let row = |document: Document| {
        let Document { name, hash, text } = document;
        Model { hash, name, text, added_at: app.now() }
    };
    tx.insert_shared::<Entity>(documents.into_iter().map(row).collect()).await?;
    tx.commit().await
}

/// Trusts a document no longer: all texts of a name, or the one with this hash. Gives how many there were.
pub async fn remove(app: &App, name_or_hash: &str) -> Result<u64> {
    let tx = app.write(Scope::system("remove trusted documents")).await?;
    let gone = Column::Name.eq(name_or_hash).or(Column::Hash.eq(name_or_hash));
    let removed = tx.delete(tx.scope().delete_shared::<Entity>()?.filter(gone)).await?;
    tx.commit().await?;
    Ok(removed)
}

/// All of them, the latest of a name last.
pub async fn all(app: &App) -> Result<Vec<store::trusted_document::Listed>> {
    store::trusted_document::list(&app.read(Scope::system("list trusted documents")).await?).await
}
