//! Giving letters other words.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::super::change::UserError;
use super::super::context::cx;
use super::{MailTemplate, MailTemplateKind};
use crate::service::mail_template::SetMailTemplate;

/// The words that letters of a kind have from now on.
#[derive(InputObject)]
pub(in crate::graphql) struct SetMailTemplateInput {
    /// Which letters.
    kind: MailTemplateKind,
    /// Their words; null or left out: the system's.
    template: Option<MailTemplateInput>,
}

/// Words with placeholders: `{{ name }}`.
#[derive(InputObject)]
pub(in crate::graphql) struct MailTemplateInput {
    /// One line; 150 characters at most.
    pub(super) subject: String,
    /// Paragraphs, apart by empty lines; 5,000 characters at most.
    pub(super) body: String,
}

/// What became of the words of letters.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MailTemplatePayload {
    /// The words that hold now; null when they were refused.
    mail_template: Option<MailTemplate>,
    /// Why they were refused; empty when it was done.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub(in crate::graphql) struct MailTemplateMutation;

#[Object]
impl MailTemplateMutation {
    /// Gives letters of a kind words of the dealership's own, or the system's again. Letters that wait are sent with the new
    /// words.
    async fn set_mail_template(
        &self,
        ctx: &Context<'_>,
        input: SetMailTemplateInput,
    ) -> async_graphql::Result<MailTemplatePayload> {
        let cx = cx(ctx);
        let template = input.template.map(|own| (own.subject, own.body));
        match cx.change(Ok(SetMailTemplate::new(input.kind.kind(), template)), None).await? {
            Ok(()) => {
                let mail_template = Some(MailTemplate::read(cx, input.kind).await?);
                Ok(MailTemplatePayload { mail_template, user_errors: Vec::new() })
            }
            Err(user_errors) => Ok(MailTemplatePayload { mail_template: None, user_errors }),
        }
    }
}
