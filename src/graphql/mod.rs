//! The API, one noun a file: its type, filter, order and root fields. Resolvers are two or three lines: what they know
//! lies in `store`; what they may is checked by [`Cx`].
//!
//! To add a noun: a file here with its type and `impl Noun`, its row in [`node`], its root field, its name in
//! [`QueryRoot`]; then `cargo run -- schema > schema.graphql`.

mod access;
mod account;
mod answer;
mod answer_order;
mod bike_model;
mod bike_unit;
mod bill;
mod branch;
mod branding;
mod buyer;
mod change;
mod connection;
mod context;
mod credit_note;
mod customer;
mod date;
mod dealership;
mod document;
mod eager;
mod enquiry;
mod error;
mod execute;
mod finance_company;
mod gather;
mod global_id;
mod identity;
mod job;
mod kpi;
mod loader;
mod mail_template;
mod money;
mod node;
mod nulls;
mod number_pattern;
mod operation;
mod partner_key;
mod payment;
mod permission;
mod plain;
mod quotation;
mod registration;
mod requires;
mod reveal;
mod sales_quotation;
mod search;
mod staff_member;
mod stock_transfer;
mod subscribe;
mod subscription;
mod target;
mod tariff;
mod tax_profile;
mod terms;
mod viewer;
mod visibility;

pub use context::Cx;
pub use error::present;
pub use execute::execute;
pub use operation::{Allowed, Examined};
pub use subscribe::{CHECKED, Subscriber, Told, subscribe};
pub use subscription::SubscriptionRoot;

use std::sync::Arc;
use std::time::Duration;

use async_graphql::registry::Registry;
use async_graphql::{MergedObject, OutputType, Schema, SchemaBuilder, ServerError, SubscriptionType, ValidationMode};

use crate::config::{self, Introspection};
use operation::{Preparation, StopHere};
use visibility::Shown;

/// Everything that can be read. Each field answers within the scope of whoever asks.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct QueryRoot(
    viewer::ViewerQuery,
    account::AccountQuery,
    account::IdentityProviderQuery,
    dealership::DealershipQuery,
    branch::BranchQuery,
    staff_member::StaffMemberQuery,
    branding::BrandingQuery,
    mail_template::MailTemplateQuery,
    mail_template::MailPreviewQuery,
    bike_model::BikeModelQuery,
    bike_unit::BikeUnitQuery,
    finance_company::FinanceCompanyQuery,
    partner_key::PartnerKeyQuery,
    customer::CustomerQuery,
    enquiry::EnquiryQuery,
    sales_quotation::SalesQuotationQuery,
    bill::BillQuery,
    bill::BillPreviewQuery,
    quotation::QuotationQuery,
    stock_transfer::StockTransferQuery,
    registration::RegistrationQuery,
    kpi::KpiQuery,
    job::JobQuery,
    node::NodeQuery,
    search::SearchQuery,
    access::AccessQuery,
    permission::PermissionQuery,
);

/// Everything that can be changed.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct MutationRoot(
    account::SignInMutation,
    account::ProviderMutation,
    account::DeviceMutation,
    account::PasswordMutation,
    account::SecondFactorMutation,
    dealership::DealershipMutation,
    staff_member::StaffMemberMutation,
    branch::BranchMutation,
    branding::BrandingMutation,
    mail_template::MailTemplateMutation,
    target::TargetMutation,
    tariff::TariffMutation,
    tax_profile::TaxProfileMutation,
    number_pattern::NumberPatternMutation,
    bike_model::BikeModelMutation,
    finance_company::FinanceCompanyMutation,
    partner_key::PartnerKeyMutation,
    customer::CustomerMutation,
    enquiry::EnquiryMutation,
    sales_quotation::SalesQuotationMutation,
    quotation::QuotationMutation,
    bike_unit::BikeUnitMutation,
    stock_transfer::StockTransferMutation,
    bill::BillMutation,
    payment::PaymentMutation,
    registration::RegistrationMutation,
    kpi::PeerMeasureMutation,
    job::JobMutation,
    document::DocumentMutation,
);

/// What executes operations.
type Executable = Schema<QueryRoot, MutationRoot, Shown<SubscriptionRoot>>;

/// The schema, and what is done with operations before they are executed.
#[derive(Clone)]
pub struct ForecourtSchema {
    executing: Executable,
    preparation: Arc<Preparation>,
    deadline: Duration,
}

impl ForecourtSchema {
    /// What a document is, if it is fit to run.
    ///
    /// # Errors
    /// Everything that is wrong with it, each in a sentence with its place.
    pub async fn examine(&self, text: &str) -> Result<Examined, Vec<String>> {
        let told = |error: ServerError| match error.locations.first() {
            Some(at) => format!("{at}: {}", error.message),
            None => error.message,
        };
        self.preparation.examine(text).await.map_err(|errors| errors.into_iter().map(told).collect())
    }
}

/// Builds the schema.
pub fn schema(limits: &config::Graphql) -> ForecourtSchema {
    let validating = builder().extension(StopHere);
    let validating = match limits.introspection {
        Introspection::Everybody => validating,
        // A suggestion tells names to whoever may not ask for them.
        Introspection::SignedIn | Introspection::Nobody => validating.disable_suggestions(),
    };
    ForecourtSchema {
        // What gets here is validated.
        executing: builder().validation_mode(ValidationMode::Fast).finish(),
        preparation: Arc::new(Preparation::new(validating.finish(), registry(), limits)),
        deadline: Duration::from_secs(limits.deadline_seconds.into()),
    }
}

fn builder() -> SchemaBuilder<QueryRoot, MutationRoot, Shown<SubscriptionRoot>> {
    Schema::build(QueryRoot::default(), MutationRoot::default(), Shown::default())
}

fn registry() -> Registry {
    let mut registry = Registry {
        query_type: QueryRoot::type_name().into_owned(),
        mutation_type: Some(MutationRoot::type_name().into_owned()),
        subscription_type: Some(SubscriptionRoot::type_name().into_owned()),
        ..Registry::default()
    };
    QueryRoot::create_type_info(&mut registry);
    MutationRoot::create_type_info(&mut registry);
    SubscriptionRoot::create_type_info(&mut registry);
    registry
}

/// The schema's text, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    builder().finish().sdl_with_options(options)
}
