//! The words of letters.

mod change;
mod preview;

pub(super) use change::MailTemplateMutation;
use preview::MailPreview;
pub(super) use preview::MailPreviewQuery;

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::kind::MailKind;

use super::context::{Cx, cx};
use crate::error::Result;
use crate::integration::mail::{Template, is_necessary, meaning, variables};
use crate::permission::Permission;
use crate::post;

/// Letters for which a dealership may have words of its own.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum MailTemplateKind {
    /// To somebody who becomes a member of staff.
    Invitation,
    /// To a customer, with a bill.
    Bill,
}

/// The words of a dealership's letters of one kind.
pub(super) struct MailTemplate {
    kind: MailTemplateKind,
    template: Template,
    is_own: bool,
}

/// Something that is put into a letter where its template says so.
#[derive(SimpleObject)]
pub(super) struct MailPlaceholder {
    /// Written `{{ name }}`.
    name: &'static str,
    /// What is put there.
    description: &'static str,
    /// Whether the body must have it.
    is_necessary: bool,
}

impl MailTemplateKind {
    fn kind(self) -> MailKind {
        match self {
            Self::Invitation => MailKind::Invitation,
            Self::Bill => MailKind::Bill,
        }
    }

    fn of(kind: MailKind) -> Option<Self> {
        match kind {
            MailKind::Invitation => Some(Self::Invitation),
            MailKind::Bill => Some(Self::Bill),
            MailKind::Reset | MailKind::PasswordChanged | MailKind::SecondFactorChanged => None,
        }
    }
}

impl MailTemplate {
    /// The words that hold in the dealership acted in.
    async fn read(cx: &Cx, kind: MailTemplateKind) -> Result<Self> {
        let dealership = cx.scope()?.dealership()?;
        let own = post::own_template(&*cx.tx().await?, dealership, kind.kind()).await?;
        let is_own = own.is_some();
        Ok(Self { kind, template: own.unwrap_or_else(|| Template::of(kind.kind())), is_own })
    }
}

/// The words of a dealership's letters of one kind.
#[Object]
impl MailTemplate {
    /// Which letters.
    async fn kind(&self) -> MailTemplateKind {
        self.kind
    }

    /// Subject, with placeholders.
    async fn subject(&self) -> &str {
        &self.template.subject
    }

    /// Paragraphs, apart by empty lines, with placeholders.
    async fn body(&self) -> &str {
        &self.template.body
    }

    /// Whether the dealership wrote them; else they are the system's.
    async fn is_own(&self) -> bool {
        self.is_own
    }

    /// What may stand in subject and body.
    async fn placeholders(&self) -> Vec<MailPlaceholder> {
        let kind = self.kind.kind();
        let placeholder = |name: &&'static str| MailPlaceholder {
            name,
            description: meaning(name),
            is_necessary: is_necessary(kind, name),
        };
        variables(kind).iter().map(placeholder).collect()
    }

    /// A letter with these words, to somebody who is made up.
    async fn preview(&self, ctx: &Context<'_>) -> async_graphql::Result<MailPreview> {
        Ok(MailPreview::of(cx(ctx), self.kind, &self.template).await?)
    }
}

#[derive(Default)]
pub(super) struct MailTemplateQuery;

#[Object]
impl MailTemplateQuery {
    /// The words of letters of the dealership you act in, one for each kind that it may have words of its own for.
    async fn mail_templates(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<MailTemplate>> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::Administer)?;
        let mut templates = Vec::new();
        for kind in post::OWN_KINDS.into_iter().filter_map(MailTemplateKind::of) {
            templates.push(MailTemplate::read(cx, kind).await?);
        }
        Ok(templates)
    }
}
