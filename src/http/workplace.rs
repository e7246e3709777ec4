//! The dealership and branch a request names: in headers, or in the host name under a base domain.

use axum::http::{HeaderMap, HeaderName, header};

use crate::auth::Workplace;
use crate::error::{Error, Result};

const DEALERSHIP: HeaderName = HeaderName::from_static("x-forecourt-dealership");
const BRANCH: HeaderName = HeaderName::from_static("x-forecourt-branch");

/// What the request says about where it acts.
///
/// # Errors
/// `SCOPE_MISMATCH` when the header and the host name name different dealerships, or a header is no text.
pub(super) fn workplace(headers: &HeaderMap, base_domain: Option<&str>) -> Result<Workplace> {
    let by_header = text(headers, &DEALERSHIP)?;
    let by_host = match base_domain {
        Some(base) => text(headers, &header::HOST)?.and_then(|host| subdomain(&host, base)),
        None => None,
    };
    let dealership = match (by_header, by_host) {
        (Some(header), Some(host)) if header != host => return Err(Error::ScopeMismatch),
        (header, host) => header.or(host),
    };
    Ok(Workplace { dealership, branch: text(headers, &BRANCH)? })
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str().map(str::to_owned).map_err(|_| Error::ScopeMismatch));
    if values.next().is_some() { Err(Error::ScopeMismatch) } else { value.transpose() }
}

/// The label before `.base` in `host`, which may name a port: `colombo-ev` of `colombo-ev.example.com:8443`.
fn subdomain(host: &str, base: &str) -> Option<String> {
    let name = host.split(':').next()?.to_ascii_lowercase();
    let label = name.strip_suffix(&base.to_ascii_lowercase())?.strip_suffix('.')?;
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn said(pairs: &[(&HeaderName, &str)]) -> Result<Workplace> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).expect("a header"));
        }
        workplace(&headers, Some("forecourt.example"))
    }

    #[test]
    fn a_dealership_is_named_by_header_or_by_host() {
        let named = |dealership: Option<&str>| Workplace { dealership: dealership.map(str::to_owned), branch: None };
        for host in ["colombo-ev.forecourt.example", "Colombo-EV.forecourt.example:8443"] {
            assert_eq!(said(&[(&header::HOST, host)]).expect("agrees"), named(Some("colombo-ev")), "{host}");
        }
        for host in ["forecourt.example", "127.0.0.1:8080", "notforecourt.example", "example"] {
            assert_eq!(said(&[(&header::HOST, host)]).expect("names none"), named(None), "{host}");
        }
        let both = [(&header::HOST, "colombo-ev.forecourt.example"), (&DEALERSHIP, "colombo-ev")];
        assert_eq!(said(&both).expect("agrees"), named(Some("colombo-ev")));
    }

    #[test]
    fn a_contradiction_is_refused() {
        let contradictions: [&[_]; 2] = [
            &[(&header::HOST, "colombo-ev.forecourt.example"), (&DEALERSHIP, "kandy-ride")],
            &[(&DEALERSHIP, "colombo-ev"), (&DEALERSHIP, "kandy-ride")],
        ];
        for pairs in contradictions {
            assert!(matches!(said(pairs), Err(Error::ScopeMismatch)), "{pairs:?}");
        }
    }
}
