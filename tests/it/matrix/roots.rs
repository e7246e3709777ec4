//! Every root field, asked by everybody.

use std::collections::BTreeSet;

use forecourt::scope::Reach;
use serde_json::{Value, json};

use super::{Outcomes, code, everybody, reviewed, subscriptions, written};
use crate::support::grammar::{Grammar, Member, Pruned};
use crate::support::places::Place;
use crate::support::samples::{PLACES, Samples};
use crate::support::{Client, World, seeded};

/// Ready-made operations, at least one for each root field. `<Bill.number>` stands for a sample's field; an operation that
/// has such is asked once for each place of the samples; `<place>` is the place itself.
const OPERATIONS: [(&str, &str); 173] = [
    ("Query.bikeModels", "bikeModels(first: 100, after: $after)"),
    ("Query.bikeUnits", "bikeUnits(first: 100, after: $after)"),
    ("Query.bill", r#"bill(number: "<Bill.number>")"#),
    ("Query.bill", r#"bill(number: "<Bill.number>", dealership: "<Dealership.id>")"#),
    ("Query.bills", "bills(first: 100, after: $after)"),
    ("Query.branches", "branches(first: 100, after: $after)"),
    ("Query.branches", r#"branches(first: 100, after: $after, dealership: "<Dealership.id>")"#),
    ("Query.branding", "branding"),
    ("Query.branding", r#"branding(dealership: "<Dealership.id>")"#),
    ("Query.branding", r#"branding(branch: "<Branch.id>")"#),
    ("Query.mailTemplates", "mailTemplates"),
    (
        "Query.previewMailTemplate",
        r#"previewMailTemplate(input: {kind: BILL, template: {subject: "Bill", body: "{{ link }}"}})"#,
    ),
    ("Query.customers", "customers(first: 100, after: $after)"),
    ("Query.customersByNic", r#"customersByNic(nic: "<Customer.nic>")"#),
    ("Query.customersByNic", r#"customersByNic(nic: "<Customer.nic>", dealership: "<Dealership.id>")"#),
    ("Query.customersByPhone", r#"customersByPhone(phone: "<Customer.phone>")"#),
    ("Query.customersByPhone", r#"customersByPhone(phone: "<Customer.phone>", dealership: "<Dealership.id>")"#),
    ("Query.search", r#"search(text: "<Bill.number>")"#),
    ("Query.search", r#"search(text: "<Customer.nic>")"#),
    ("Query.search", r#"search(text: "<Customer.phone>", dealership: "<Dealership.id>")"#),
    ("Query.previewBill", r#"previewBill(input: {branch: "<Branch.id>", unit: "<BikeUnit.id>"})"#),
    ("Query.previewBill", r#"previewBill(input: {branch: "<Branch.id>", model: "<BikeModel.id>"})"#),
    ("Query.previewClosing", r#"previewClosing(input: {bill: "<Bill.id>"})"#),
    ("Query.enquiries", "enquiries(first: 100, after: $after)"),
    ("Query.salesQuotations", "salesQuotations(first: 100, after: $after)"),
    ("Query.explainAccess", r#"explainAccess(coordinate: "Customer.nic")"#),
    ("Query.dealerships", "dealerships(first: 100, after: $after)"),
    ("Query.financeCompanies", "financeCompanies(first: 100, after: $after)"),
    ("Query.partnerKeys", "partnerKeys(first: 100, after: $after)"),
    ("Query.kpi", "kpi(range: {period: TWELVE_MONTHS}, measures: [UNITS, CASH_COLLECTED], groupBy: [BRANCH])"),
    ("Query.kpi", "kpi(range: {period: TWELVE_MONTHS}, measures: [GROSS_PROFIT], groupBy: [SALESPERSON])"),
    (
        "Query.kpi",
        r#"kpi(range: {period: TWELVE_MONTHS}, measures: [UNITS], groupBy: [BRANCH], filter: {branch: "<Branch.id>"})"#,
    ),
    (
        "Query.kpi",
        r#"kpi(range: {period: TWELVE_MONTHS}, measures: [UNITS], groupBy: [MODEL], filter: {model: "<BikeModel.id>", dealership: "<Dealership.id>"})"#,
    ),
    ("Query.kpiNow", "kpiNow"),
    ("Query.kpiNow", r#"kpiNow(place: {branch: "<Branch.id>"})"#),
    ("Query.kpiTargets", r#"kpiTargets(month: "2026-09-01", of: BRANCHES)"#),
    ("Query.kpiTargets", r#"kpiTargets(month: "2026-09-01", of: DEALERSHIPS, place: {dealership: "<Dealership.id>"})"#),
    ("Query.kpiPeers", r#"kpiPeers(measure: UNITS, month: "2026-08-01")"#),
    ("Query.kpiPeers", r#"kpiPeers(measure: UNITS, month: "2026-08-01", branch: "<Branch.id>")"#),
    ("Query.kpiPeerMeasures", "kpiPeerMeasures"),
    ("Query.dashboard", "dashboard(compareTo: PREVIOUS_PERIOD)"),
    ("Query.dashboard", r#"dashboard(place: {dealership: "<Dealership.id>"})"#),
    ("Query.identityProviders", "identityProviders"),
    ("Query.node", r#"node(id: "<Customer.id>")"#),
    ("Query.node", r#"node(id: "QgAA")"#),
    ("Query.quotations", "quotations(first: 100, after: $after)"),
    ("Query.registrations", "registrations(first: 100, after: $after)"),
    ("Query.rolePermissions", "rolePermissions"),
    ("Query.staff", "staff(first: 100, after: $after)"),
    ("Query.staff", r#"staff(first: 100, after: $after, filter: {branch: "<Branch.id>"})"#),
    ("Query.stockTransfers", "stockTransfers(first: 100, after: $after)"),
    ("Query.viewer", "viewer"),
    (
        "Mutation.createCustomer",
        r#"createCustomer(input: {idempotencyKey: "matrix-1/<place>", branch: "<Branch.id>", name: "Nimal Perera"})"#,
    ),
    ("Mutation.createCustomer", r#"createCustomer(input: {idempotencyKey: "matrix-0001", name: "Nimal Perera"})"#),
    ("Mutation.updateCustomer", r#"updateCustomer(input: {customer: "<Customer.id>", name: "Nimal Perera"})"#),
    (
        "Mutation.createEnquiry",
        r#"createEnquiry(input: {idempotencyKey: "matrix-7/<place>", branch: "<Branch.id>", name: "Nimal Perera", phone: "0712345678"})"#,
    ),
    (
        "Mutation.createEnquiry",
        r#"createEnquiry(input: {idempotencyKey: "matrix-8/<place>", name: "Nimal Perera", phone: "0712345678", model: "<BikeModel.id>"})"#,
    ),
    ("Mutation.loseEnquiry", r#"loseEnquiry(input: {enquiry: "<Enquiry.id>", reason: "No answer"})"#),
    (
        "Mutation.createSalesQuotation",
        r#"createSalesQuotation(input: {idempotencyKey: "matrix-9/<place>", branch: "<Branch.id>", buyer: {customer: "<Customer.id>"}, model: "<BikeModel.id>"})"#,
    ),
    (
        "Mutation.createSalesQuotation",
        r#"createSalesQuotation(input: {idempotencyKey: "matrix-10/<place>", buyer: {customer: "<Customer.id>"}, model: "<BikeModel.id>"})"#,
    ),
    ("Mutation.sendSalesQuotation", r#"sendSalesQuotation(input: {salesQuotation: "<SalesQuotation.id>"})"#),
    ("Mutation.acceptSalesQuotation", r#"acceptSalesQuotation(input: {salesQuotation: "<SalesQuotation.id>"})"#),
    ("Mutation.rejectSalesQuotation", r#"rejectSalesQuotation(input: {salesQuotation: "<SalesQuotation.id>"})"#),
    (
        "Mutation.issueSalesQuotationProforma",
        r#"issueSalesQuotationProforma(input: {salesQuotation: "<SalesQuotation.id>"})"#,
    ),
    (
        "Mutation.createQuotation",
        r#"createQuotation(input: {idempotencyKey: "matrix-11/<place>", branch: "<Branch.id>", buyer: {customer: "<Customer.id>"}, items: [{description: "Labour", quantity: "1.5", rateMinor: 150000}]})"#,
    ),
    (
        "Mutation.updateQuotation",
        r#"updateQuotation(input: {quotation: "<Quotation.id>", items: [{description: "Labour", quantity: "1.5", rateMinor: 150000}]})"#,
    ),
    ("Mutation.sendQuotation", r#"sendQuotation(input: {quotation: "<Quotation.id>"})"#),
    ("Mutation.acceptQuotation", r#"acceptQuotation(input: {quotation: "<Quotation.id>"})"#),
    ("Mutation.rejectQuotation", r#"rejectQuotation(input: {quotation: "<Quotation.id>"})"#),
    (
        "Mutation.convertQuotation",
        r#"convertQuotation(input: {idempotencyKey: "matrix-12/<place>", quotation: "<Quotation.id>"})"#,
    ),
    (
        "Mutation.receiveUnits",
        r#"receiveUnits(input: {idempotencyKey: "matrix-2/<place>", branch: "<Branch.id>", units: [{model: "<BikeModel.id>", chassisNumber: "X-1/<place>", motorNumber: "M-1/<place>"}]})"#,
    ),
    (
        "Mutation.receiveUnits",
        r#"receiveUnits(input: {idempotencyKey: "matrix-3/<place>", units: [{model: "<BikeModel.id>", chassisNumber: "<BikeUnit.chassisNumber>", motorNumber: "<BikeUnit.motorNumber>"}]})"#,
    ),
    ("Mutation.updateUnit", r#"updateUnit(input: {unit: "<BikeUnit.id>", colour: "Red"})"#),
    ("Mutation.reserveUnit", r#"reserveUnit(input: {unit: "<BikeUnit.id>"})"#),
    ("Mutation.releaseUnit", r#"releaseUnit(input: {unit: "<BikeUnit.id>"})"#),
    ("Mutation.markUnitDamaged", r#"markUnitDamaged(input: {unit: "<BikeUnit.id>"})"#),
    ("Mutation.repairUnit", r#"repairUnit(input: {unit: "<BikeUnit.id>"})"#),
    ("Mutation.removeUnit", r#"removeUnit(input: {unit: "<BikeUnit.id>", reason: "Stolen"})"#),
    (
        "Mutation.requestTransfer",
        r#"requestTransfer(input: {idempotencyKey: "matrix-4/<place>", chassisNumber: "<BikeUnit.chassisNumber>", from: "<Branch.id>"})"#,
    ),
    (
        "Mutation.requestTransfer",
        r#"requestTransfer(input: {idempotencyKey: "matrix-5", chassisNumber: "none", from: "BR02"})"#,
    ),
    (
        "Mutation.offerTransfer",
        r#"offerTransfer(input: {idempotencyKey: "matrix-6/<place>", unit: "<BikeUnit.id>", to: "<Branch.id>"})"#,
    ),
    ("Mutation.sendTransfer", r#"sendTransfer(input: {transfer: "<StockTransfer.id>"})"#),
    ("Mutation.receiveTransfer", r#"receiveTransfer(input: {transfer: "<StockTransfer.id>"})"#),
    ("Mutation.cancelTransfer", r#"cancelTransfer(input: {transfer: "<StockTransfer.id>"})"#),
    (
        "Mutation.issueBill",
        r#"issueBill(input: {idempotencyKey: "matrix-10/<place>", branch: "<Branch.id>", buyer: {customer: "<Customer.id>"}, unit: "<BikeUnit.id>", payments: []})"#,
    ),
    (
        "Mutation.issueBill",
        r#"issueBill(input: {idempotencyKey: "matrix-11/<place>", buyer: {person: {name: "Nimal Perera"}}, unit: "<BikeUnit.id>", leasing: {downPaymentMinor: 1, financeCompany: "<FinanceCompany.id>"}, payments: []})"#,
    ),
    (
        "Mutation.convertSalesQuotation",
        r#"convertSalesQuotation(input: {idempotencyKey: "matrix-18/<place>", salesQuotation: "<SalesQuotation.id>", unit: "<BikeUnit.id>", payments: []})"#,
    ),
    (
        "Mutation.closeAdvance",
        r#"closeAdvance(input: {idempotencyKey: "matrix-12/<place>", bill: "<Bill.id>", payments: []})"#,
    ),
    ("Mutation.cancelBill", r#"cancelBill(input: {bill: "<Bill.id>", reason: "None"})"#),
    ("Mutation.swapUnit", r#"swapUnit(input: {bill: "<Bill.id>", unit: "<BikeUnit.id>"})"#),
    (
        "Mutation.creditBill",
        r#"creditBill(input: {idempotencyKey: "matrix-13/<place>", bill: "<Bill.id>", reason: "None", returned: FOR_SALE})"#,
    ),
    ("Mutation.issueProforma", r#"issueProforma(input: {bill: "<Bill.id>"})"#),
    (
        "Mutation.takePayment",
        r#"takePayment(input: {idempotencyKey: "matrix-14/<place>", bill: "<Bill.id>", method: CASH, amountMinor: 1})"#,
    ),
    (
        "Mutation.recordDisbursement",
        r#"recordDisbursement(input: {idempotencyKey: "matrix-15/<place>", bill: "<Bill.id>", amountMinor: 1})"#,
    ),
    (
        "Mutation.reversePayment",
        r#"reversePayment(input: {idempotencyKey: "matrix-16/<place>", payment: "<Payment.id>", reason: "None"})"#,
    ),
    (
        "Mutation.refundPayment",
        r#"refundPayment(input: {idempotencyKey: "matrix-17/<place>", bill: "<Bill.id>", method: CASH, amountMinor: 1})"#,
    ),
    (
        "Mutation.advanceRegistration",
        r#"advanceRegistration(input: {registration: "<RmvCase.id>", to: DOCUMENTS_READY})"#,
    ),
    (
        "Mutation.createBikeModel",
        r#"createBikeModel(input: {idempotencyKey: "matrix-catalogue", name: "Swift", vehicleClass: E_TRICYCLE, listPriceMinor: 1, leasable: false})"#,
    ),
    (
        "Mutation.updateBikeModel",
        r#"updateBikeModel(input: {model: "<BikeModel.id>", name: "<BikeModel.name>", listPriceMinor: 1, leasable: true})"#,
    ),
    ("Mutation.retireBikeModel", r#"retireBikeModel(input: {model: "<BikeModel.id>"})"#),
    ("Mutation.restoreBikeModel", r#"restoreBikeModel(input: {model: "<BikeModel.id>"})"#),
    (
        "Mutation.createFinanceCompany",
        r#"createFinanceCompany(input: {idempotencyKey: "matrix-catalogue", name: "Lotus"})"#,
    ),
    (
        "Mutation.updateFinanceCompany",
        r#"updateFinanceCompany(input: {financeCompany: "<FinanceCompany.id>", name: "<FinanceCompany.name>"})"#,
    ),
    ("Mutation.retireFinanceCompany", r#"retireFinanceCompany(input: {financeCompany: "<FinanceCompany.id>"})"#),
    ("Mutation.restoreFinanceCompany", r#"restoreFinanceCompany(input: {financeCompany: "<FinanceCompany.id>"})"#),
    (
        "Mutation.createPartnerKey",
        r#"createPartnerKey(input: {idempotencyKey: "matrix-30/<place>", financeCompany: "<FinanceCompany.id>", name: "Portal", scopes: [BILL_STATUS_READ], expiresAt: "2027-01-01T00:00:00Z"})"#,
    ),
    (
        "Mutation.createPartnerKey",
        r#"createPartnerKey(input: {idempotencyKey: "matrix-31/<place>", financeCompany: "<FinanceCompany.id>", name: "Portal", scopes: [BILL_STATUS_READ], branches: ["<Branch.id>"], expiresAt: "2027-01-01T00:00:00Z"})"#,
    ),
    (
        "Mutation.rotatePartnerKey",
        r#"rotatePartnerKey(input: {idempotencyKey: "matrix-32/<place>", partnerKey: "<PartnerKey.id>"})"#,
    ),
    ("Mutation.revokePartnerKey", r#"revokePartnerKey(input: {partnerKey: "<PartnerKey.id>", reason: "None"})"#),
    (
        "Mutation.inviteStaff",
        r#"inviteStaff(input: {idempotencyKey: "matrix-13/<place>", email: "nimal@example.com", name: "Nimal Perera", role: SALES, branch: "<Branch.id>"})"#,
    ),
    (
        "Mutation.inviteStaff",
        r#"inviteStaff(input: {idempotencyKey: "matrix-0014", email: "kamala@example.com", name: "Kamala Silva", role: DEALER_ADMIN})"#,
    ),
    (
        "Mutation.inviteStaff",
        r#"inviteStaff(input: {idempotencyKey: "matrix-0015", email: "sunil@example.com", name: "Sunil Dias", role: HQ_ANALYST})"#,
    ),
    (
        "Mutation.changeMembership",
        r#"changeMembership(input: {idempotencyKey: "matrix-16/<place>", staffMember: "<StaffMember.id>", role: AUDITOR})"#,
    ),
    ("Mutation.endMembership", r#"endMembership(input: {staffMember: "<StaffMember.id>"})"#),
    (
        "Mutation.openDealership",
        r#"openDealership(input: {idempotencyKey: "matrix-opening", code: "colombo-ev", name: "Galle", timeZone: "Asia/Colombo", currency: "LKR", branch: {code: "BR01", name: "Galle"}, admin: {email: "galle@example.com", name: "Ruwan"}})"#,
    ),
    ("Mutation.updateDealership", r#"updateDealership(input: {name: "Renamed", discountLimitBp: 500})"#),
    (
        "Mutation.createBranch",
        r#"createBranch(input: {idempotencyKey: "matrix-branch", code: "<Branch.code>", name: "Galle"})"#,
    ),
    (
        "Mutation.createBranch",
        r#"createBranch(input: {idempotencyKey: "matrix-branch", code: "GALLE", name: "Galle"})"#,
    ),
    (
        "Mutation.updateBranch",
        r#"updateBranch(input: {branch: "<Branch.id>", code: "<Branch.code>", name: "<Branch.name>"})"#,
    ),
    ("Mutation.closeBranch", r#"closeBranch(input: {branch: "<Branch.id>"})"#),
    ("Mutation.reopenBranch", r#"reopenBranch(input: {branch: "<Branch.id>"})"#),
    (
        "Mutation.setTariff",
        r#"setTariff(input: {idempotencyKey: "matrix-tariff", vehicleClass: E_TRICYCLE, saleType: CASH, rmvChargeMinor: 1, validFrom: "2098-01-01"})"#,
    ),
    (
        "Mutation.setTaxProfile",
        r#"setTaxProfile(input: {idempotencyKey: "matrix-taxes", vatBp: 1800, ssclBp: 250, validFrom: "2098-01-01"})"#,
    ),
    (
        "Mutation.setNumberPattern",
        r#"setNumberPattern(input: {idempotencyKey: "matrix-number", series: BILL, pattern: "B-{YY}-{BRANCH}-{N}", validFrom: "2098-01-01"})"#,
    ),
    (
        "Mutation.setTarget",
        r#"setTarget(input: {idempotencyKey: "matrix-1/<place>", branch: "<Branch.id>", month: "2026-10-01", units: 20})"#,
    ),
    (
        "Mutation.setTarget",
        r#"setTarget(input: {idempotencyKey: "matrix-target", month: "2026-10-01", revenueMinor: 1})"#,
    ),
    ("Query.jobs", "jobs(first: 100, after: $after)"),
    ("Mutation.makeDocument", r#"makeDocument(input: {bill: "<Bill.id>"})"#),
    ("Mutation.makeDocument", r#"makeDocument(input: {quotation: "<Quotation.id>"})"#),
    ("Mutation.makeDocument", r#"makeDocument(input: {salesQuotation: "<SalesQuotation.id>"})"#),
    ("Mutation.makeDocument", r#"makeDocument(input: {stockReport: {branch: "<Branch.id>"}})"#),
    ("Mutation.makeDocument", "makeDocument(input: {stockReport: {}})"),
    (
        "Mutation.makeDocument",
        r#"makeDocument(input: {financierReport: {financeCompany: "<FinanceCompany.id>", month: "2026-08-01"}})"#,
    ),
    (
        "Mutation.mailBill",
        r#"mailBill(input: {idempotencyKey: "matrix-mail", bill: "<Bill.id>", email: "nimal@example.com"})"#,
    ),
    ("Mutation.archiveBills", r#"archiveBills(input: {branch: "<Branch.id>", month: "2026-08-01"})"#),
    ("Mutation.archiveBills", r#"archiveBills(input: {month: "2026-08-01"})"#),
    ("Mutation.cancelJob", r#"cancelJob(input: {job: "<Job.id>"})"#),
    ("Mutation.retryJob", r#"retryJob(input: {job: "<Job.id>"})"#),
    ("Mutation.rebuildKeyFigures", "rebuildKeyFigures(input: {})"),
    ("Mutation.rebuildKeyFigures", r#"rebuildKeyFigures(input: {branch: "<Branch.id>", month: "2026-08-01"})"#),
    ("Mutation.setPeerMeasure", "setPeerMeasure(input: {measure: UNITS, open: false})"),
    ("Mutation.updateBranding", r##"updateBranding(input: {primaryColor: "#00aa00"})"##),
    ("Mutation.updateBranding", r##"updateBranding(input: {branch: "<Branch.id>", primaryColor: "#00aa00"})"##),
    (
        "Mutation.updateBranding",
        r##"updateBranding(input: {staffMember: "<StaffMember.id>", primaryColor: "#00aa00"})"##,
    ),
    ("Mutation.setLogo", "setLogo(input: {image: null})"),
    ("Mutation.setLogo", r#"setLogo(input: {branch: "<Branch.id>", image: "bm8gbG9nbw=="})"#),
    ("Mutation.setLogo", r#"setLogo(input: {branch: "<Branch.id>"})"#),
    ("Mutation.setMailTemplate", "setMailTemplate(input: {kind: BILL})"),
    ("Mutation.signIn", r#"signIn(input: {email: "clerk@colombo-ev.example", password: "demo-password-2026"})"#),
    ("Mutation.signIn", r#"signIn(input: {email: "nobody@colombo-ev.example", password: "another-password"})"#),
    (
        "Mutation.signIn",
        r#"signIn(input: {email: "clerk@colombo-ev.example", password: "demo-password-2026", dealership: "ruhuna-motors"})"#,
    ),
    ("Mutation.signIn", r#"signIn(input: {email: "dealer@colombo-ev.example", password: "demo-password-2026"})"#),
    ("Mutation.signInWithProvider", r#"signInWithProvider(input: {provider: "none", idToken: "none", nonce: "none"})"#),
    ("Mutation.switchContext", "switchContext(input: {})"),
    ("Mutation.switchContext", r#"switchContext(input: {dealership: "<Dealership.code>"})"#),
    (
        "Mutation.switchContext",
        r#"switchContext(input: {dealership: "<Dealership.code>", branch: "<Branch.code>", role: HQ_ADMIN})"#,
    ),
    ("Query.account", "account"),
    ("Mutation.refreshSession", r#"refreshSession(input: {refreshToken: "frt_none"})"#),
    ("Mutation.refreshSession", "refreshSession(input: {})"),
    ("Mutation.confirmIdentity", r#"confirmIdentity(input: {password: "another-password"})"#),
    ("Mutation.confirmIdentity", r#"confirmIdentity(input: {code: "000000"})"#),
    (
        "Mutation.changePassword",
        r#"changePassword(input: {present: "another-password", new: "quince orchard 77 lamp"})"#,
    ),
    ("Mutation.requestPasswordReset", r#"requestPasswordReset(input: {email: "nobody@example.com"})"#),
    ("Mutation.choosePassword", r#"choosePassword(input: {token: "none", password: "quince orchard 77 lamp"})"#),
    (
        "Mutation.setUp",
        r#"setUp(input: {token: "none", email: "first@example.com", name: "First", password: "quince orchard 77 lamp"})"#,
    ),
    ("Mutation.confirmSecondFactor", r#"confirmSecondFactor(input: {code: "000000"})"#),
    ("Mutation.startSecondFactor", "startSecondFactor"),
    ("Mutation.renewRecoveryCodes", "renewRecoveryCodes"),
    ("Mutation.endSession", r#"endSession(input: {session: "<StaffMember.id>"})"#),
    ("Mutation.endOtherSessions", "endOtherSessions"),
    ("Mutation.endStaffSessions", r#"endStaffSessions(input: {staffMember: "<StaffMember.id>"})"#),
    // Whoever asks these is somebody else afterwards: last.
    ("Mutation.removeSecondFactor", "removeSecondFactor"),
    ("Mutation.signOut", "signOut"),
];

#[test]
fn every_root_field_has_an_operation() {
    let grammar = Grammar::read();
    let fields = ["Query", "Mutation", "Subscription"]
        .into_iter()
        .flat_map(|root| grammar.fields(root).into_iter().map(move |field| format!("{root}.{}", field.name)));
    let real: BTreeSet<_> = fields.collect();
    let operations = OPERATIONS.iter().map(|(field, _)| field);
    let operations = operations.chain(subscriptions::OPERATIONS.iter().map(|(field, _)| field));
    let asked: BTreeSet<_> = operations.map(|field| (*field).to_owned()).collect();
    let missing: Vec<_> = real.difference(&asked).collect();
    assert!(missing.is_empty(), "give these an operation in tests/it/matrix/roots.rs: {missing:?}");
    let gone: Vec<_> = asked.difference(&real).collect();
    assert!(gone.is_empty(), "the schema has no {gone:?}: take them out of tests/it/matrix/roots.rs");
}

seeded!(everybody_asks_every_root_field, async |world: World| {
    let grammar = Grammar::read();
    let samples = Samples::of_group(&world, &grammar).await;
    let mut clients = Vec::new();
    for persona in everybody() {
        clients.push((persona, world.client(persona).await));
    }
    let mut matrix = String::new();
    for (coordinate, template) in OPERATIONS {
        let (root, name) = coordinate.split_once('.').expect("a coordinate");
        let field = grammar.fields(root).into_iter().find(|field| field.name == name).expect("a root field");
        matrix += &format!("{coordinate} by {template}\n");
        let places: &[&str] = if template.contains('<') { &PLACES } else { &[""] };
        for place in places {
            let operation = filled(&world, samples, template, place);
            let operation = format!("{} {}", root.to_lowercase(), document(&grammar, &field, &operation));
            let mut outcomes = Outcomes::default();
            for (persona, client) in &clients {
                outcomes.add(persona, outcome(&world, client, &operation).await);
            }
            matrix += &format!("  {}\n{}", if place.is_empty() { "." } else { place }, outcomes.lines());
        }
    }
    reviewed("root_fields", &matrix);
});

/// The operation with its samples' fields.
fn filled(world: &World, samples: &Samples, template: &str, place: &str) -> String {
    let mut parts = template.split('<');
    let mut operation = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('>').expect("a sample's name ends");
        if name == "place" {
            operation += &format!("{place}{rest}");
            continue;
        }
        let (kind, field) = name.split_once('.').expect("Type.field");
        operation += samples.text(kind, field, world.places.at(place));
        operation += rest;
    }
    operation
}

fn document(grammar: &Grammar, field: &Member, operation: &str) -> String {
    match field.kind.strip_suffix("Connection") {
        Some(noun) => {
            let fields = grammar.selection(noun, 0, &Pruned::new());
            format!(
                "($after: String) {{ answer: {operation} {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {fields} }} }} }}"
            )
        }
        None if !grammar.is_composite(&field.kind) => format!("{{ answer: {operation} }}"),
        None => format!("{{ answer: {operation} {{ {} }} }}", grammar.selection(&field.kind, 1, &Pruned::new())),
    }
}

/// The code of the error or the refusal, else the places that the answer, all its pages together, tells something of.
async fn outcome(world: &World, client: &Client, operation: &str) -> String {
    let (mut told, mut after) = (BTreeSet::new(), Value::Null);
    loop {
        let answer = client.send(operation, json!({"after": after})).await;
        if let Some(code) = code(&answer) {
            return code.to_owned();
        }
        let answer = &answer["data"]["answer"];
        if let Some(code) = answer["userErrors"][0]["code"].as_str() {
            return format!("refused: {code}");
        }
        if let Some(token) = answer["accessToken"].as_str() {
            return format!("token for {}", reach(world, token).await);
        }
        told.extend(world.places.told_by(answer));
        if answer["pageInfo"]["hasNextPage"] != true {
            return written(world, &told);
        }
        after = answer["pageInfo"]["endCursor"].clone();
    }
}

async fn reach(world: &World, token: &str) -> String {
    let scope = world.with_token(token.to_owned()).scope().await.expect("a scope");
    let whole = |dealership: &uuid::Uuid| Place { dealership: *dealership, branch: None };
    let places = match scope.reach() {
        Reach::Everything => return "everything".to_owned(),
        Reach::Dealerships(all) => all.iter().map(whole).collect(),
        Reach::Dealership(one) => BTreeSet::from([whole(one)]),
        Reach::Branches { .. } => unreachable!("people reach one branch or all"),
        Reach::Branch { dealership, branch } => {
            BTreeSet::from([Place { dealership: *dealership, branch: Some(*branch) }])
        }
    };
    written(world, &places)
}
