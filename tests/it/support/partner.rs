//! Keys of leasing companies, and the bills they may ask about.

use forecourt::auth;
use forecourt::scope::Scope;
use serde_json::{Value, json};

use super::{Client, World};

/// The leasing company whose keys tests use; each dealership of the group works with it.
pub(crate) const COMPANY: &str = "Mahaweli Crest Leasing PLC";

/// Another one.
pub(crate) const OTHER_COMPANY: &str = "Walawe Harbour Finance PLC";

/// What a leasing company knows of a bill.
#[derive(Clone, Debug)]
pub(crate) struct Leased {
    pub(crate) number: String,
    pub(crate) chassis: String,
    pub(crate) branch: String,
    /// The bill as its dealership sees it.
    pub(crate) row: Value,
}

impl Leased {
    /// Where the bill is asked for.
    pub(crate) fn path(&self) -> String {
        format!("/partner/v1/bills/{}?chassis={}", self.number, self.chassis)
    }
}

impl World {
    /// The id of a leasing company, as a dealership knows it.
    pub(crate) async fn company(&self, client: &Client, name: &str) -> String {
        let query = "query($name: String) { financeCompanies(filter: {search: $name}) { nodes { id } } }";
        // By its first word: each word of a search begins the name.
        let found = client.ask_with(query, json!({"name": name.split(' ').next()})).await;
        found["financeCompanies"]["nodes"][0]["id"].as_str().expect("the group works with it").to_owned()
    }

    /// The bills that a company finances, as a persona sees them.
    pub(crate) async fn leased(&self, persona: &str, company: &str) -> Vec<Leased> {
        let client = self.client(persona).await;
        let company = self.company(&client, company).await;
        let query = "query($company: ID) { bills(first: 100, filter: {financeCompany: $company}) { nodes {
            number chassisNumber date status branch { code } vehiclePrice { amountMinor currency }
            downPayment { amountMinor currency } leasedAmount { amountMinor currency }
            financierBalance { amountMinor currency } registration { status } } } }";
        let mut found = client.ask_with(query, json!({"company": company})).await;
        let rows = found["bills"]["nodes"].as_array_mut().expect("bills").drain(..);
        let text = |row: &Value, field: &str| row[field].as_str().map(str::to_owned);
        let leased = rows.filter_map(|row| {
            let (number, chassis) = (text(&row, "number")?, text(&row, "chassisNumber")?);
            Some(Leased { number, chassis, branch: text(&row["branch"], "code")?, row })
        });
        leased.collect()
    }

    /// What the dealer is answered who makes a key, the fields in `changes` apart.
    pub(crate) async fn make_key(&self, idempotency_key: &str, changes: Value) -> Value {
        let dealer = self.client("dealer").await;
        let mut input = json!({
            "idempotencyKey": format!("partner-key-{idempotency_key}"),
            "financeCompany": self.company(&dealer, COMPANY).await,
            "name": "Core banking",
            "scopes": ["BILL_STATUS_READ"],
            "expiresAt": "2027-09-01T00:00:00Z",
        });
        for (field, value) in changes.as_object().expect("fields") {
            input[field] = value.clone();
        }
        dealer.change("createPartnerKey", &format!("secret partnerKey {{ {KEY} }}"), input).await
    }

    /// A new key's text and what the API says of it.
    pub(crate) async fn key(&self, idempotency_key: &str, changes: Value) -> (String, Value) {
        let mut answer = self.make_key(idempotency_key, changes).await;
        assert_eq!(answer["userErrors"], json!([]), "{answer}");
        (answer["secret"].as_str().expect("a text").to_owned(), answer["partnerKey"].take())
    }

    /// The ids of the dealer's branches.
    pub(crate) async fn branch_ids(&self, codes: &[&str]) -> Vec<String> {
        let found = self.client("dealer").await.ask("{ branches { nodes { id code } } }").await;
        let id = |code: &&str| {
            let mut branches = found["branches"]["nodes"].as_array().expect("branches").iter();
            let branch = branches.find(|branch| branch["code"] == **code).expect("a branch");
            branch["id"].as_str().expect("an id").to_owned()
        };
        codes.iter().map(id).collect()
    }

    /// The scope of a key of the company's that is limited to branches, or of the whole dealership's.
    pub(crate) async fn partner(&self, branches: &[&str]) -> Scope {
        let limits = match branches {
            [] => json!({}),
            codes => json!({"branches": self.branch_ids(codes).await}),
        };
        let (text, _) = self.key(&format!("scope-{}", branches.concat()), limits).await;
        let partner = auth::authenticate_partner(&self.home.app, &text, None).await.expect("the key holds");
        partner.scope().clone()
    }
}

/// What is asked of a key.
pub(crate) const KEY: &str = "id name keyId lastFour state scopes networks expiresAt createdAt lastUsedAt
    lastUsedNetwork revokedAt revokedReason branches { code } financeCompany { name } createdBy { role }
    revokedBy { role } successor { id }";
