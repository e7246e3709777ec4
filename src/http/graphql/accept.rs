//! As what an answer goes out: what the `Accept` header prefers of the two forms that GraphQL over HTTP has.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::refusal::Refusal;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum MediaType {
    /// In which a refused document is still 200: clients from before the specification look at nothing else.
    Json,
    /// In which the status tells whether anything ran.
    GraphqlResponse,
}

impl MediaType {
    /// The `Content-Type` of an answer.
    pub(in crate::http) fn text(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// What `headers` prefer; plain JSON where they leave it open, as old clients do.
    ///
    /// # Errors
    /// 406 where they take neither.
    pub(in crate::http) fn preferred(headers: &HeaderMap) -> Result<Self, Refusal> {
        let json = Wish::of(headers, "application/json");
        let response = Wish::of(headers, "application/graphql-response+json");
        match (json.quality, response.quality) {
            (0, 0) => Err(Refusal::new(
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                "Accept application/graphql-response+json or application/json.",
            )),
            (json, response_quality) if response_quality > json => Ok(Self::GraphqlResponse),
            (json, response_quality) if response_quality == json && response.is_by_name => Ok(Self::GraphqlResponse),
            _ => Ok(Self::Json),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for MediaType {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Self::preferred(&parts.headers)
    }
}

/// Whether whoever asks would rather have a page than data, as a browser's address bar does.
pub(in crate::http) fn prefers_page(headers: &HeaderMap) -> bool {
    let page = Wish::of(headers, "text/html");
    page.is_by_name && page.quality > Wish::of(headers, "application/json").quality
}

/// Whether a stream of events is wanted more than one answer is: some clients take either for anything they ask.
pub(in crate::http) fn prefers_events(headers: &HeaderMap) -> bool {
    let events = Wish::of(headers, "text/event-stream");
    let answers = ["application/json", "application/graphql-response+json"].map(|form| Wish::of(headers, form).quality);
    events.is_by_name && answers.iter().all(|answer| events.quality > *answer)
}

/// How much a media type is wanted.
#[derive(Clone, Copy)]
struct Wish {
    /// In thousandths; 0 is not at all.
    quality: u16,
    /// Not only by a range.
    is_by_name: bool,
}

impl Wish {
    fn of(headers: &HeaderMap, media_type: &str) -> Self {
        let lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let mut ranges = lines.flat_map(|line| line.split(',')).filter(|range| !range.trim().is_empty()).peekable();
        if ranges.peek().is_none() {
            return Self { quality: Range::WHOLE, is_by_name: false };
        }
        let ranges = ranges.filter_map(Range::parse);
        // The closest range counts, however little it wants: `*/*, text/html;q=0` is anything but a page.
        let closest = ranges.filter_map(|range| Some((range.closeness(media_type)?, range.quality))).max();
        match closest {
            Some((closeness, quality)) => Self { quality, is_by_name: closeness == Range::NAME },
            None => Self { quality: 0, is_by_name: false },
        }
    }
}

/// One of the things a client accepts (RFC 9110, 12.5.1).
struct Range<'a> {
    name: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    const NAME: u8 = 2;
    const WHOLE: u16 = 1000;

    /// Nothing of what is no range, or wants another charset than the one we write.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let mut quality = Self::WHOLE;
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            match key.trim().to_ascii_lowercase().as_str() {
                "q" => quality = thousandths(value.trim())?,
                "charset" if !is_utf8(value.trim()) => return None,
                _ => {}
            }
        }
        Some(Self { name, quality })
    }

    /// How closely it names a media type, if it holds it.
    fn closeness(&self, media_type: &str) -> Option<u8> {
        let whole = media_type.split_once('/').map(|(kind, _)| kind);
        match self.name {
            "*/*" => Some(0),
            name if name.eq_ignore_ascii_case(media_type) => Some(Self::NAME),
            name => name
                .strip_suffix("/*")
                .filter(|kind| whole.is_some_and(|own| own.eq_ignore_ascii_case(kind)))
                .map(|_| 1),
        }
    }
}

/// `0.5` is 500; three digits at most, as the grammar has it.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
    if digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: u16 = format!("{digits:0<3}").parse().ok()?;
    match (whole, digits) {
        ("0", digits) => Some(digits),
        ("1", 0) => Some(Range::WHOLE),
        _ => None,
    }
}

/// Whether a charset is the only one that JSON has.
pub(super) fn is_utf8(charset: &str) -> bool {
    let name = charset.trim_matches('"');
    name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(accept: &[&'static str]) -> HeaderMap {
        accept.iter().map(|line| (header::ACCEPT, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn the_closest_range_and_then_the_higher_quality_decide() {
        use MediaType::{GraphqlResponse, Json};
        let table: [(&[&str], Option<MediaType>); 22] = [
            (&[], Some(Json)),
            (&[""], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["application/json"], Some(Json)),
            (&["APPLICATION/JSON; charset=UTF-8"], Some(Json)),
            (&["application/graphql-response+json"], Some(GraphqlResponse)),
            (&["application/graphql-response+json, application/json;q=0.9"], Some(GraphqlResponse)),
            (&["application/json, application/graphql-response+json"], Some(GraphqlResponse)),
            (&["application/json", "application/graphql-response+json"], Some(GraphqlResponse)),
            (&["application/json, application/graphql-response+json;q=0.9"], Some(Json)),
            (&["application/graphql-response+json;q=0.001, */*;q=0"], Some(GraphqlResponse)),
            (&["application/json;q=0, */*"], Some(GraphqlResponse)),
            (&["application/graphql-response+json;q=0, application/*;q=0.1"], Some(Json)),
            (
                &["application/graphql-response+json, application/graphql+json, text/event-stream, multipart/mixed"],
                Some(GraphqlResponse),
            ),
            (&["text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"], Some(Json)),
            (&["application/json;q=2, application/graphql-response+json;q=0.1"], Some(GraphqlResponse)),
            (&["text/html"], None),
            (&["text/event-stream"], None),
            (&["application/json;q=0"], None),
            (&["application/json; charset=iso-8859-1"], None),
            (&["*/*;q=0.0"], None),
        ];
        for (accept, expected) in table {
            assert_eq!(MediaType::preferred(&headers(accept)).ok(), expected, "{accept:?}");
        }
    }

    #[test]
    fn a_browser_s_address_bar_wants_a_page_and_programs_do_not() {
        assert!(prefers_page(&headers(&["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"])));
        for accept in [&[][..], &["*/*"], &["text/*"], &["application/json, text/html"], &["text/html;q=0, */*"]] {
            assert!(!prefers_page(&headers(accept)), "{accept:?}");
        }
    }
    #[test]
    fn events_are_for_those_who_want_nothing_better() {
        for accept in [
            "text/event-stream",
            "Text/Event-Stream; charset=utf-8",
            "text/event-stream, multipart/mixed",
            "text/event-stream, application/json;q=0.9",
            "text/event-stream, */*; q=0.01",
        ] {
            assert!(prefers_events(&headers(&[accept])), "{accept}");
        }
        for accept in [
            "",
            "text/html",
            "text/event-stream;q=0",
            "text/event-stream;q=0.000",
            "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed",
            "*/*, text/event-stream",
            "text/event-stream;q=0.5, application/json",
        ] {
            assert!(!prefers_events(&headers(&[accept])), "{accept}");
        }
    }
}
