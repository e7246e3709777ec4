//! Whether a document fits the schema: all rules of the specification. What is found fit is executed by another build of the
//! same schema, which does not check it again.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Request, ServerError, ValidationResult};

use super::super::Executable;

pub(super) struct Validator(Executable);

impl Validator {
    /// `schema` has [`StopHere`] among its extensions.
    pub(super) fn new(schema: Executable) -> Self {
        Self(schema)
    }

    /// # Errors
    /// Whatever is wrong with it, place by place.
    pub(super) async fn validate(
        &self,
        document: &ExecutableDocument,
        request: &Request,
    ) -> Result<(), Vec<ServerError>> {
        let mut check = Request::new("").variables(request.variables.clone());
        check.operation_name.clone_from(&request.operation_name);
        check.set_parsed_query(document.clone());
        let errors = self.0.execute(check).await.errors;
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Ends an execution when the document is validated; no errors mean that it is fit.
pub(in crate::graphql) struct StopHere;

impl ExtensionFactory for StopHere {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for StopHere {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await.and_then(|_| Err(Vec::new()))
    }
}
