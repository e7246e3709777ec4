//! The words of a dealership's letters.

use entity::kind::MailKind;
use sea_orm::ActiveEnum;
use serde::Serialize;

use super::{Change, Desk, Event};
use crate::error::Result;
use crate::permission::Permission;
use crate::post;

/// Gives letters of a kind words of the dealership's own, or the system's again.
#[derive(Debug, Serialize)]
pub struct SetMailTemplate {
    /// The kind, as it is kept.
    kind: String,
    #[serde(skip)]
    of: MailKind,
    /// Subject and body.
    template: Option<(String, String)>,
}

impl SetMailTemplate {
    /// For letters of `kind`: this subject and body; the system's without one.
    pub fn new(kind: MailKind, template: Option<(String, String)>) -> Self {
        Self { kind: kind.to_value(), of: kind, template }
    }
}

impl Change for SetMailTemplate {
    type Outcome = ();
    const NAME: &'static str = "setMailTemplate";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<()> {
        desk.lock_dealership().await?;
        let own = self.template.as_ref().map(|(subject, body)| (subject.as_str(), body.as_str()));
        let what = if own.is_some() { "the dealership's own" } else { "the system's" };
        let row = post::set_template(&desk.tx, self.of, own, desk.now).await?;
        let summary = format!("{}: {what}", self.kind);
        desk.audit(Event { action: "mail_template_set", table: "mail_template", row, branch: None, summary })
    }
}
