//! What letters look like, before anybody is sent one.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::super::change::{UserError, told};
use super::super::context::{Cx, cx};
use super::MailTemplateKind;
use super::change::MailTemplateInput;
use crate::error::Result;
use crate::integration::mail::Template;
use crate::permission::Permission;
use crate::post;

/// Words that letters may have; names are those of `SetMailTemplateInput`.
#[derive(InputObject)]
pub(in crate::graphql) struct PreviewMailTemplateInput {
    /// Which letters.
    kind: MailTemplateKind,
    /// Their words.
    template: MailTemplateInput,
}

/// A letter as nobody is sent it: whom it is to, and what it is about, is made up.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MailPreview {
    /// One line.
    subject: String,
    /// What readers of plain text see, down to the sender's name.
    body: String,
}

/// What a letter would look like, or why its words would be refused.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MailPreviewPayload {
    /// The letter; null where its words would be refused.
    preview: Option<MailPreview>,
    /// Why they would be; empty where they would not.
    user_errors: Vec<UserError>,
}

impl MailPreview {
    /// A letter of the dealership acted in.
    pub(super) async fn of(cx: &Cx, kind: MailTemplateKind, template: &Template) -> Result<Self> {
        let dealership = cx.scope()?.dealership()?;
        let words = post::preview(cx.app(), &*cx.tx().await?, dealership, kind.kind(), template).await?;
        Ok(Self { subject: words.subject, body: words.text })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct MailPreviewQuery;

#[Object]
impl MailPreviewQuery {
    /// What a letter would look like with other words. Nothing is written, nobody is sent it.
    async fn preview_mail_template(
        &self,
        ctx: &Context<'_>,
        input: PreviewMailTemplateInput,
    ) -> async_graphql::Result<MailPreviewPayload> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::Administer)?;
        let PreviewMailTemplateInput { kind, template: MailTemplateInput { subject, body } } = input;
        match told(post::written(kind.kind(), &subject, &body))? {
            Ok(template) => {
                let preview = Some(MailPreview::of(cx, kind, &template).await?);
                Ok(MailPreviewPayload { preview, user_errors: Vec::new() })
            }
            Err(user_errors) => Ok(MailPreviewPayload { preview: None, user_errors }),
        }
    }
}
