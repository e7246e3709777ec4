//! Offers of bikes: priced by the server, sent, accepted, rejected, shown to a financier.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{Client, World, seeded};

const FIELDS: &str =
    "salesQuotation { id number status date validUntil saleType modelName remarks proformaNumber proformaOn
    vehiclePrice { amountMinor } rmvCharge { amountMinor } downPayment { amountMinor } leased { amountMinor }
    total { formatted } buyer { name nic phone } customer { id } model { id } financeCompany { id } salesperson { id }
    enquiry { id status } branch { code } }";

/// What a clerk picks from.
struct Counter {
    client: Client,
    models: Value,
    company: Value,
}

impl Counter {
    async fn of(world: &World, persona: &str) -> Self {
        let client = world.client(persona).await;
        let models = client.ask("{ bikeModels { nodes { id name leasable listPrice { amountMinor } } } }").await;
        let leased = "{ bills(first: 1, filter: {saleType: LEASING}) { nodes { financeCompany { id } } } }";
        let company = client.ask(leased).await["bills"]["nodes"][0]["financeCompany"]["id"].take();
        Self { client, models: models["bikeModels"]["nodes"].clone(), company }
    }

    /// The model of a name's end, at 399,500 rupees for the `Z9`, 219,500 for the `C01`, which is not leased.
    fn model(&self, name: &str) -> &Value {
        let models = self.models.as_array().expect("models");
        let named = |model: &&Value| model["name"].as_str().is_some_and(|text| text.contains(name));
        &models.iter().find(named).expect("a known model")["id"]
    }

    fn offer(&self, key: &str) -> Value {
        json!({
            "idempotencyKey": key,
            "buyer": {"person": {"name": "Nimal Perera", "nic": "831937395V", "phone": "0712345678"}},
            "model": self.model("Z9"),
        })
    }

    fn leased(&self, key: &str, down: i64) -> Value {
        let mut offer = self.offer(key);
        offer["leasing"] = json!({"downPaymentMinor": down, "financeCompany": self.company});
        offer
    }

    async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        refusals(&self.client.change(mutation, FIELDS, input).await)
    }

    async fn made(&self, input: Value) -> Value {
        self.client.done("createSalesQuotation", FIELDS, input).await["salesQuotation"].take()
    }

    async fn moved(&self, mutation: &str, offer: &Value) -> Value {
        let input = json!({"salesQuotation": offer["id"]});
        self.client.done(mutation, FIELDS, input).await["salesQuotation"].take()
    }
}

fn minor(offer: &Value, field: &str) -> Option<i64> {
    offer[field]["amountMinor"].as_i64()
}

seeded!(what_is_to_be_paid_follows_the_tariff_of_the_day, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    let cash = counter.made(counter.offer("offer-cash")).await;
    assert_eq!((minor(&cash, "vehiclePrice"), minor(&cash, "rmvCharge")), (Some(39_950_000), Some(1_300_000)));
    assert_eq!((&cash["total"]["formatted"], &cash["saleType"]), (&json!("Rs. 412,500.00"), &json!("CASH")));
    assert_eq!((&cash["status"], &cash["validUntil"]), (&json!("DRAFT"), &json!("2026-09-29")));
    assert_eq!(cash["buyer"], json!({"name": "Nimal Perera", "nic": "831937395V", "phone": "+94712345678"}));
    let leased = counter.made(counter.leased("offer-leased", 12_000_000)).await;
    assert_eq!((minor(&leased, "rmvCharge"), minor(&leased, "downPayment")), (Some(1_350_000), Some(12_000_000)));
    assert_eq!((minor(&leased, "leased"), &leased["total"]["formatted"]), (Some(27_950_000), &json!("Rs. 120,000.00")));
    assert_eq!(leased["financeCompany"]["id"], counter.company);
    let mut bicycle = counter.offer("offer-bicycle");
    (bicycle["model"], bicycle["buyer"]) = (counter.model("C01").clone(), json!({"customer": cash["customer"]["id"]}));
    let bicycle = counter.made(bicycle).await;
    assert_eq!((minor(&bicycle, "rmvCharge"), &bicycle["total"]["formatted"]), (Some(0), &json!("Rs. 219,500.00")));
    assert_eq!((&bicycle["customer"], &bicycle["buyer"]["nic"]), (&cash["customer"], &json!("831937395V")));
    // Numbers of a branch and a month follow each other.
    let numbers = [&cash, &leased, &bicycle].map(|offer| {
        let number = offer["number"].as_str().expect("a number");
        number.strip_prefix("26SEP_BR01_S_").expect("the series").parse::<u32>().expect("a count")
    });
    assert_eq!([numbers[1], numbers[2]], [numbers[0] + 1, numbers[0] + 2]);
    assert_eq!(world.trail("sales_quotation_created").await.len(), 3);
    let found = "query($f: SalesQuotationFilter) { salesQuotations(filter: $f) { totalCount } }";
    for filter in
        [json!({"search": cash["number"]}), json!({"search": "perera nimal", "saleType": "LEASING", "status": "DRAFT"})]
    {
        let found = counter.client.ask_with(found, json!({"f": filter})).await;
        assert_ne!(found["salesQuotations"]["totalCount"], 0, "{filter}");
    }
});

seeded!(a_large_discount_needs_somebody_who_may_give_it, async |world: World| {
    let (clerk, manager) = (Counter::of(&world, "clerk").await, Counter::of(&world, "manager").await);
    // The limit is five percent: 379,525 rupees.
    let at = |counter: &Counter, key: &str, price: i64| {
        let mut offer = counter.offer(key);
        offer["priceMinor"] = json!(price);
        offer
    };
    clerk.made(at(&clerk, "offer-at-limit", 37_952_500)).await;
    clerk.made(at(&clerk, "offer-above-list", 45_000_000)).await;
    let below = at(&clerk, "offer-below", 37_952_499);
    let answer = clerk.client.change("createSalesQuotation", FIELDS, below).await;
    assert_eq!(refusals(&answer), ["DISCOUNT_NEEDS_APPROVAL input.priceMinor"]);
    assert!(answer["userErrors"][0]["message"].as_str().is_some_and(|text| text.contains("Rs. 379,525.00")));
    manager.made(at(&manager, "offer-below", 37_952_499)).await;
});

seeded!(an_offer_that_cannot_be_is_refused, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    for (text, code) in unfit_lines() {
        let mut offer = counter.offer("offer-0001");
        offer["buyer"]["person"]["name"] = json!(text);
        assert_eq!(counter.refused("createSalesQuotation", offer).await, [format!("{code} input.buyer.person.name")]);
    }
    for (field, value, expected) in [
        ("priceMinor", json!(0), "OUT_OF_RANGE input.priceMinor"),
        ("priceMinor", json!(-1), "OUT_OF_RANGE input.priceMinor"),
        ("priceMinor", json!(i64::MAX), "OUT_OF_RANGE input.priceMinor"),
        ("validUntil", json!("9999-12-31"), "OUT_OF_RANGE input.validUntil"),
        ("validUntil", json!("2026-09-14"), "OUT_OF_RANGE input.validUntil"),
        ("validUntil", json!("2027-09-17"), "OUT_OF_RANGE input.validUntil"),
        ("remarks", json!("a\0b"), "INVALID input.remarks"),
        ("model", json!("no id"), "NOT_FOUND input.model"),
        ("enquiry", json!("no id"), "NOT_FOUND input.enquiry"),
        ("buyer", json!({"customer": "no id"}), "NOT_FOUND input.buyer.customer"),
        ("buyer", json!({"person": {"name": "A", "phone": "1"}}), "INVALID input.buyer.person.phone"),
    ] {
        let mut offer = counter.offer("offer-0001");
        offer[field] = value.clone();
        assert_eq!(counter.refused("createSalesQuotation", offer).await, [expected], "{value}");
    }
    for (down, expected) in [
        (0, "OUT_OF_RANGE input.leasing.downPaymentMinor"),
        (i64::MAX, "OUT_OF_RANGE input.leasing.downPaymentMinor"),
        (39_950_001, "OUT_OF_RANGE input.leasing.downPaymentMinor"),
    ] {
        let offer = counter.leased("offer-0001", down);
        assert_eq!(counter.refused("createSalesQuotation", offer).await, [expected], "{down}");
    }
    let mut bicycle = counter.leased("offer-0001", 5_000_000);
    bicycle["model"] = counter.model("C01").clone();
    assert_eq!(counter.refused("createSalesQuotation", bicycle).await, ["INVALID input.leasing"]);
    let mut foreign = counter.leased("offer-0001", 5_000_000);
    foreign["leasing"]["financeCompany"] = Counter::of(&world, "stranger").await.company;
    assert_eq!(counter.refused("createSalesQuotation", foreign).await, ["NOT_FOUND input.leasing.financeCompany"]);
    // Nothing of it was kept, the new customer neither.
    assert_eq!(world.trail("customer_created").await.len(), 0);
});

seeded!(an_enquiry_is_answered_by_an_offer, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    let asked = json!({"idempotencyKey": "enquiry-1", "name": "Nimal Perera", "phone": "0712345678"});
    let enquiry = counter.client.done("createEnquiry", "enquiry { id }", asked).await["enquiry"]["id"].take();
    for key in ["offer-0001", "offer-0002"] {
        let mut offer = counter.offer(key);
        offer["enquiry"] = enquiry.clone();
        assert_eq!(counter.made(offer).await["enquiry"], json!({"id": enquiry, "status": "QUOTED"}));
    }
    assert_eq!(world.trail("enquiry_quoted").await.len(), 1);
    let lost = json!({"enquiry": enquiry, "reason": "Price too high"});
    let lost = counter.client.done("loseEnquiry", "enquiry { status salesQuotations { number } }", lost).await;
    assert_eq!(lost["enquiry"]["salesQuotations"].as_array().expect("offers").len(), 2);
    let mut offer = counter.offer("offer-0003");
    offer["enquiry"] = enquiry;
    assert_eq!(counter.refused("createSalesQuotation", offer).await, ["INVALID_TRANSITION input.enquiry"]);
});

seeded!(an_offer_moves_on_as_its_table_says, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    let offer = counter.made(counter.offer("offer-0001")).await;
    let input = json!({"salesQuotation": offer["id"]});
    let early = counter.client.change("acceptSalesQuotation", FIELDS, input.clone()).await;
    assert_eq!(refusals(&early), ["INVALID_TRANSITION input.salesQuotation"]);
    assert_eq!(early["userErrors"][0]["allowed"], json!(["SENT"]));
    let undecided = counter.refused("rejectSalesQuotation", input.clone()).await;
    assert_eq!(undecided, ["INVALID_TRANSITION input.salesQuotation"]);
    assert_eq!(counter.moved("sendSalesQuotation", &offer).await["status"], "SENT");
    assert_eq!(counter.moved("acceptSalesQuotation", &offer).await["status"], "ACCEPTED");
    let late = counter.client.change("rejectSalesQuotation", FIELDS, input).await;
    assert_eq!(late["userErrors"][0]["allowed"], json!(["CONVERTED"]));
    let another = counter.made(counter.offer("offer-0002")).await;
    counter.moved("sendSalesQuotation", &another).await;
    assert_eq!(counter.moved("rejectSalesQuotation", &another).await["status"], "REJECTED");
    for (action, times) in
        [("sales_quotation_sent", 2), ("sales_quotation_accepted", 1), ("sales_quotation_rejected", 1)]
    {
        let events = world.trail(action).await;
        assert_eq!(events.len(), times, "{action}");
        assert!(events[0].summary.starts_with("26SEP_BR01_S_"), "{events:?}");
    }
    // After its last day an offer is neither sent nor accepted, only rejected.
    let (draft, old) =
        (counter.made(counter.offer("offer-0003")).await, counter.made(counter.offer("offer-0004")).await);
    counter.moved("sendSalesQuotation", &old).await;
    world.home.clock.advance(TimeDelta::days(15));
    let counter = Counter::of(&world, "clerk").await;
    for (mutation, offer) in [("sendSalesQuotation", &draft), ("acceptSalesQuotation", &old)] {
        let input = json!({"salesQuotation": offer["id"]});
        assert_eq!(counter.refused(mutation, input).await, ["INVALID input.salesQuotation"], "{mutation}");
    }
    assert_eq!(counter.moved("rejectSalesQuotation", &old).await["status"], "REJECTED");
});

seeded!(a_leasing_offer_has_one_proforma, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    let cash = counter.made(counter.offer("offer-cash")).await;
    let input = json!({"salesQuotation": cash["id"]});
    assert_eq!(counter.refused("issueSalesQuotationProforma", input).await, ["INVALID input.salesQuotation"]);
    let leased = counter.made(counter.leased("offer-leased", 12_000_000)).await;
    let issued = counter.moved("issueSalesQuotationProforma", &leased).await;
    assert_eq!((&issued["proformaNumber"], &issued["proformaOn"]), (&json!("26SEP_BR01_P_1"), &json!("2026-09-15")));
    let input = json!({"salesQuotation": leased["id"]});
    assert_eq!(
        counter.refused("issueSalesQuotationProforma", input).await,
        ["INVALID_TRANSITION input.salesQuotation"]
    );
    let another = counter.made(counter.leased("offer-another", 12_000_000)).await;
    counter.moved("sendSalesQuotation", &another).await;
    counter.moved("rejectSalesQuotation", &another).await;
    let input = json!({"salesQuotation": another["id"]});
    assert_eq!(
        counter.refused("issueSalesQuotationProforma", input).await,
        ["INVALID_TRANSITION input.salesQuotation"]
    );
    assert_eq!(world.trail("proforma_issued").await.len(), 1);
});

seeded!(offers_are_made_once_and_by_those_who_sell, async |world: World| {
    let counter = Counter::of(&world, "clerk").await;
    let offer = counter.made(counter.offer("offer-0001")).await;
    assert_eq!(counter.made(counter.offer("offer-0001")).await, offer);
    let mut another = counter.offer("offer-0001");
    another["remarks"] = json!("With a helmet.");
    assert_eq!(counter.refused("createSalesQuotation", another).await, ["IDEMPOTENCY_KEY_REUSED"]);
    assert_eq!(world.trail("customer_created").await.len(), 1);
    for (persona, expected) in [
        ("sibling", "NOT_FOUND input.salesQuotation"),
        ("stranger", "NOT_FOUND input.salesQuotation"),
        ("service", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("hq-of-two", "DEALERSHIP_REQUIRED"),
        ("anonymous", "UNAUTHENTICATED"),
    ] {
        let input = json!({"salesQuotation": offer["id"]});
        let answer = world.client(persona).await.change("sendSalesQuotation", FIELDS, input).await;
        assert_eq!(refusals(&answer), [expected], "{persona}");
    }
    // A customer of the sibling's is nobody here.
    let dealer = world.client("dealer").await;
    let customers = dealer.ask("{ customers(first: 100) { nodes { id branch { code } } } }").await;
    let customers = customers["customers"]["nodes"].as_array().expect("customers").clone();
    let theirs = customers.iter().find(|customer| customer["branch"]["code"] == "BR02").expect("one of theirs");
    let mut offer = counter.offer("offer-0002");
    offer["buyer"] = json!({"customer": theirs["id"]});
    assert_eq!(counter.refused("createSalesQuotation", offer.clone()).await, ["NOT_FOUND input.buyer.customer"]);
    // Nor for somebody who sees both branches and makes the offer in one of them.
    let branches = dealer.ask("{ branches { nodes { id code } } }").await["branches"]["nodes"].take();
    let own = branches.as_array().expect("branches").iter().find(|branch| branch["code"] == "BR01").expect("there");
    offer["branch"] = own["id"].clone();
    let answer = dealer.change("createSalesQuotation", FIELDS, offer).await;
    assert_eq!(refusals(&answer), ["NOT_FOUND input.buyer.customer"]);
});
