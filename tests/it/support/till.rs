//! A branch that sells: bikes of the test's own in stock, inputs of bills, what is on them.

use serde_json::{Value, json};

use super::desk::refusals;
use super::{Client, World};

/// What tests look at on a bill.
pub(crate) const BILL: &str = "bill { id number status date title saleType isAdvance firstTricycleSale aboveLtvCap
    vehiclePrice { amountMinor } rmvCharge { amountMinor } total { amountMinor formatted } balance { amountMinor }
    downPayment { amountMinor } leasedAmount { amountMinor } advanceAmount { amountMinor }
    financierBalance { amountMinor } vat { amountMinor } sscl { amountMinor } supplierTin purchaserTin
    estimatedDeliveryOn deliveredOn cancelledOn cancelledReason modelName chassisNumber motorNumber
    proformaNumber proformaOn buyer { name nic phone } customer { id name } salesperson { id name }
    unit { id status soldOn } registration { status dueOn closedOn } financeCompany { id } branch { code }
    payments { id amount { amountMinor } method paidOn reference receivedBill { id } reverses { id } }
    advanceBill { id } finalBill { id } creditNote { number date reason amount { amountMinor } vat { amountMinor } } }";

/// What tests look at on a payment.
pub(crate) const PAYMENT: &str = "payment { id amount { amountMinor } method paidOn reference reverses { id }
    bill { id balance { amountMinor } financierBalance { amountMinor } } }";

/// Somebody who sells.
pub(crate) struct Till {
    pub(crate) client: Client,
    dealer: Client,
    models: Value,
    /// A leasing company.
    pub(crate) company: Value,
    /// The branches of the dealership, the clerk's first.
    pub(crate) branches: Vec<Value>,
}

impl Till {
    pub(crate) async fn of(world: &World, persona: &str) -> Self {
        let dealer = world.client("dealer").await;
        let lists = "{ bikeModels { nodes { id name } } branches { nodes { id code } }
            bills(first: 1, filter: {saleType: LEASING}) { nodes { financeCompany { id } } } }";
        let mut lists = dealer.ask(lists).await;
        let mut branches = lists["branches"]["nodes"].take();
        let branches = branches.as_array_mut().expect("branches");
        branches.sort_by_key(|branch| branch["code"].to_string());
        Self {
            client: world.client(persona).await,
            dealer,
            models: lists["bikeModels"]["nodes"].take(),
            company: lists["bills"]["nodes"][0]["financeCompany"]["id"].take(),
            branches: branches.iter_mut().map(|branch| branch["id"].take()).collect(),
        }
    }

    /// The model with this in its name: the `Z9` at 399,500 rupees is registered and leased, the `C01` at 219,500 neither.
    pub(crate) fn model(&self, name: &str) -> &Value {
        let models = self.models.as_array().expect("models");
        let named = |model: &&Value| model["name"].as_str().is_some_and(|text| text.contains(name));
        &models.iter().find(named).expect("a known model")["id"]
    }

    /// New bikes of a model at the clerk's branch, named `mark` and a count.
    pub(crate) async fn bikes(&self, model: &str, mark: &str, count: usize) -> Vec<Value> {
        self.bikes_at(&self.branches[0], model, mark, count).await
    }

    /// [`Till::bikes`] at a branch.
    pub(crate) async fn bikes_at(&self, branch: &Value, model: &str, mark: &str, count: usize) -> Vec<Value> {
        let unit = |n| {
            let (chassis, motor) = (format!("{mark}C{n}"), format!("{mark}M{n}"));
            json!({"model": self.model(model), "chassisNumber": chassis, "motorNumber": motor})
        };
        let mut ids = Vec::new();
        for from in (0..count).step_by(500) {
            let units: Vec<_> = (from..count.min(from + 500)).map(unit).collect();
            let input = json!({"idempotencyKey": format!("bikes-{mark}-{from}"), "branch": branch, "units": units});
            let mut answer = self.dealer.done("receiveUnits", "units { id }", input).await;
            let units = answer["units"].as_array_mut().expect("units");
            ids.extend(units.iter_mut().map(|unit| unit["id"].take()));
        }
        ids
    }

    /// A new `Z9`.
    pub(crate) async fn bike(&self, mark: &str) -> Value {
        self.bikes("Z9", mark, 1).await.swap_remove(0)
    }

    /// A cash sale to somebody new, nothing paid yet.
    pub(crate) fn sale(key: &str, unit: &Value) -> Value {
        let person =
            json!({"name": "Nimal Perera", "nic": "831937395V", "phone": "0712345678", "address": "12 Temple Road"});
        json!({"idempotencyKey": key, "buyer": {"person": person}, "unit": unit, "payments": []})
    }

    /// A sale of which the customer pays `down`, a leasing company the rest.
    pub(crate) fn leased(&self, key: &str, unit: &Value, down: i64) -> Value {
        let mut sale = Self::sale(key, unit);
        sale["leasing"] = json!({"downPaymentMinor": down, "financeCompany": self.company});
        sale
    }

    /// An advance of a hundred thousand rupees, for delivery two weeks later.
    pub(crate) fn advance(key: &str, unit: &Value) -> Value {
        let mut sale = Self::sale(key, unit);
        sale["estimatedDeliveryOn"] = json!("2026-09-29");
        sale["payments"] = json!([{"method": "CASH", "amountMinor": 10_000_000}]);
        sale
    }

    /// Issues a bill.
    pub(crate) async fn issued(&self, input: Value) -> Value {
        self.bill("issueBill", input).await
    }

    /// The bill after a change of it.
    pub(crate) async fn bill(&self, mutation: &str, input: Value) -> Value {
        self.client.done(mutation, BILL, input).await["bill"].take()
    }

    /// The payment that a change made.
    pub(crate) async fn payment(&self, mutation: &str, input: Value) -> Value {
        self.client.done(mutation, PAYMENT, input).await["payment"].take()
    }

    /// Why a change was refused.
    pub(crate) async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        refusals(&self.client.change(mutation, "userErrors { code }", input).await)
    }

    /// A bill as it is now.
    pub(crate) async fn look(&self, bill: &Value) -> Value {
        let query =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on Bill {{ one: __typename {} }} }} }}", inside(BILL));
        self.client.ask_with(&query, json!({"id": bill["id"]})).await["node"].take()
    }
}

/// What is between the braces.
fn inside(fields: &str) -> &str {
    let (from, to) = (fields.find('{').expect("a brace"), fields.rfind('}').expect("a brace"));
    &fields[from + 1..to]
}

/// An amount on a document, in minor units.
pub(crate) fn minor(row: &Value, field: &str) -> Option<i64> {
    row[field]["amountMinor"].as_i64()
}
