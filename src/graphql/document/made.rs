//! Documents are made in several steps, of which only the last is a change.

use super::super::change::{Changed, told};
use super::super::context::Cx;
use crate::error::Result;
use crate::service::document::{self, MailBill, Subject};
use crate::store::load::Key;

impl Cx {
    /// Has a document made; what is read from now on is read after it.
    pub(super) async fn make(&self, subject: Result<Subject>) -> Result<Changed<Key>> {
        let made = async { document::make(self.app(), self.scope()?, subject?).await };
        let made = made.await;
        self.renew();
        told(made)
    }

    /// Has a bill mailed; what is read from now on is read after it.
    pub(super) async fn mail(&self, wanted: Result<MailBill>, key: &str) -> Result<Changed<Key>> {
        let mailed = async { document::mail(self.app(), self.scope()?, &wanted?, key).await };
        let mailed = mailed.await;
        self.renew();
        told(mailed)
    }
}
