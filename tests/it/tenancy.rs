//! What a role may read of a row it may see.

use serde_json::Value;

use crate::support::{PERSONAS, World, seeded};

seeded!(identity_and_cost_are_shown_to_roles_that_may_read_them, async |world: World| {
    let mut seen = String::new();
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let customer = client.send("{ customers(first: 1) { nodes { nic } } }", Value::Null).await;
        let nic = match customer["data"]["customers"]["nodes"][0]["nic"].as_str() {
            Some(nic) if nic.starts_with('•') => "masked",
            Some(_) => "in clear",
            None => customer["errors"][0]["extensions"]["code"].as_str().expect("a code"),
        }
        .to_owned();
        let units = client.send("{ bikeUnits(first: 50) { nodes { landedCost { amountMinor } } } }", Value::Null).await;
        let cost = match units["data"]["bikeUnits"]["nodes"].as_array() {
            Some(units) if units.iter().any(|unit| unit["landedCost"].is_object()) => "shown",
            Some(_) => "hidden",
            None => units["errors"][0]["extensions"]["code"].as_str().expect("a code"),
        };
        seen += &format!("{persona:<12} NIC {nic:<10} cost {cost}\n");
    }
    insta::assert_snapshot!("who_sees_identity_and_cost", seen);
});
