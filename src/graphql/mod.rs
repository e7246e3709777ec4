//! The API, one noun a file: its type, filter, order and root fields. Resolvers are two or three lines: what they know
//! lies in `store`; what they may is checked by [`Cx`].
//!
//! To add a noun: a file here with its type and `impl Noun`, its row in [`node`], its root field, its name in
//! [`QueryRoot`]; then `cargo run -- schema > schema.graphql`.

mod access;
mod account;
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
mod finance_company;
mod gather;
mod global_id;
mod identity;
mod kpi;
mod loader;
mod money;
mod node;
mod number_pattern;
mod partner_key;
mod payment;
mod quotation;
mod registration;
mod requires;
mod reveal;
mod sales_quotation;
mod staff_member;
mod stock_transfer;
mod target;
mod tariff;
mod tax_profile;
mod terms;
mod viewer;

pub use context::Cx;
pub use error::present;

use std::sync::Arc;

use async_graphql::{EmptySubscription, MergedObject, Pos, Request, Response, Schema};
use document::Documents;

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
    bike_model::BikeModelQuery,
    bike_unit::BikeUnitQuery,
    finance_company::FinanceCompanyQuery,
    partner_key::PartnerKeyQuery,
    customer::CustomerQuery,
    enquiry::EnquiryQuery,
    sales_quotation::SalesQuotationQuery,
    bill::BillQuery,
    quotation::QuotationQuery,
    stock_transfer::StockTransferQuery,
    registration::RegistrationQuery,
    kpi::KpiQuery,
    node::NodeQuery,
    access::AccessQuery,
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
);

/// The executable schema.
#[derive(Clone)]
pub struct ForecourtSchema {
    schema: Schema<QueryRoot, MutationRoot, EmptySubscription>,
    documents: Arc<Documents>,
}

/// Builds the schema.
pub fn schema() -> ForecourtSchema {
    ForecourtSchema { schema: build(), documents: Arc::default() }
}

fn build() -> Schema<QueryRoot, MutationRoot, EmptySubscription> {
    Schema::build(QueryRoot::default(), MutationRoot::default(), EmptySubscription).finish()
}

/// Runs one operation and gives its errors their codes; `trace_id` stands for whatever went wrong on our side.
pub async fn execute(schema: &ForecourtSchema, mut request: Request, cx: Cx, trace_id: &str) -> Response {
    let session = Arc::clone(&cx.session);
    // A document that does not parse has no answer to sort; the executor says what is wrong with it.
    let document = schema.documents.parse(&mut request);
    let operation = request.operation_name.clone();
    let mut response = schema.schema.execute(request.data(cx)).await;
    if let Some(document) = document {
        answer_order::restore(&mut response.data, &document, operation.as_deref());
    }
    answer_order::restore_errors(&mut response.errors);
    if let Err(error) = session.settle().await {
        let error = async_graphql::Error::new_with_source(error).into_server_error(Pos::default());
        response = Response::from_errors(vec![error]);
    }
    present(&mut response, trace_id);
    response
}

/// The schema's text, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    build().sdl_with_options(options)
}
