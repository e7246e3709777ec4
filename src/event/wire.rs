//! Events as processes tell them to each other.

use super::Event;

/// Bytes of a payload at most; PostgreSQL takes fewer than 8,000.
const LONGEST: usize = 7_000;

/// Payloads that hold all of `events`, in their order.
pub(crate) fn encode(events: &[Event]) -> serde_json::Result<Vec<String>> {
    let mut payloads: Vec<String> = Vec::new();
    for event in events {
        let event = serde_json::to_string(event)?;
        match payloads.last_mut() {
            Some(payload) if payload.len() + event.len() + 2 <= LONGEST => {
                payload.push(',');
                payload.push_str(&event);
            }
            _ => payloads.push(format!("[{event}")),
        }
    }
    payloads.iter_mut().for_each(|payload| payload.push(']'));
    Ok(payloads)
}

/// The events of a payload. What a newer release tells and this one does not know is passed over.
pub(crate) fn decode(payload: &str) -> Vec<Event> {
    let told: Vec<serde_json::Value> = serde_json::from_str(payload).unwrap_or_default();
    told.into_iter().filter_map(|event| serde_json::from_value(event).ok()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::super::{Figures, What};
    use super::*;

    #[test]
    fn events_arrive_as_they_went_however_many() {
        let figures = Figures { days: NaiveDate::from_ymd_opt(2026, 9, 1).map(|day| (day, day)), open: true };
        let what = [What::Bills, What::Stock, What::Figures(figures), What::Transfer(Uuid::from_u128(5))];
        let events: Vec<_> = (0..300_u128)
            .map(|n| Event {
                dealership: Uuid::from_u128(n),
                branch: Some(Uuid::from_u128(n)).filter(|_| n % 3 > 0),
                what: *what.get(usize::try_from(n % 5).expect("small")).unwrap_or(&What::Bill(Uuid::from_u128(n))),
            })
            .collect();
        let payloads = encode(&events).expect("JSON");
        assert!(payloads.len() > 3 && payloads.iter().all(|payload| payload.len() <= LONGEST));
        assert_eq!(payloads.iter().flat_map(|payload| decode(payload)).collect::<Vec<_>>(), events);
        assert!(encode(&[]).expect("JSON").is_empty());
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let id = Uuid::from_u128(1);
        let known = format!(r#"{{"dealership":"{id}","branch":null,"what":"bills"}}"#);
        let newer = format!(r#"{{"dealership":"{id}","branch":null,"what":{{"rocket":"{id}"}}}}"#);
        assert_eq!(decode(&format!("[{newer},{known}]")).len(), 1);
        for nonsense in ["", "{}", "[", "[1]", "nonsense"] {
            assert!(decode(nonsense).is_empty(), "{nonsense}");
        }
    }
}
