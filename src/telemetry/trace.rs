//! W3C Trace Context: the trace that a request belongs to, taken in and given on. Whether anything is exported or not, every
//! request has one.

use axum::http::{HeaderMap, HeaderName};
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};
use opentelemetry::{Context, trace::TraceContextExt};
use reqwest::RequestBuilder;
use tokio::task::JoinHandle;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::request::{self, Here};
use crate::crypto;

/// The header that names a trace, the span in it that asks, and whether it is recorded.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// Characters of a `tracestate` that are taken; W3C asks for no more.
const LONGEST_STATE: usize = 512;

/// The id of the trace that the present request belongs to; outside of a request, one that nothing else has.
pub fn id() -> String {
    request::context().map_or_else(new_trace_id, |context| context.trace_id()).to_string()
}

/// Runs `future` in a task of its own, as a part of the present request: its spans and log lines are of the same trace.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    tokio::spawn(Here::now().run(future))
}

/// Tells whoever is asked which trace they are asked for.
pub fn tell(request: RequestBuilder) -> RequestBuilder {
    let exported = Span::current().context().span().span_context().clone();
    let context = if exported.is_valid() { Some(exported) } else { request::context() };
    match context {
        Some(context) => request.header(TRACEPARENT, header(&context)),
        None => request,
    }
}

/// A place in the trace of whoever asks, or in a new one: the span's own where spans are exported, else one made up.
pub(super) fn join(parent: Option<SpanContext>, span: &Span) -> SpanContext {
    if let Some(parent) = &parent {
        // Fails when nothing is exported, which needs no parent.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent.clone()));
    }
    let exported = span.context().span().span_context().clone();
    if exported.is_valid() {
        return exported;
    }
    let span_id = SpanId::from(u64::from_be_bytes(crypto::random()));
    match parent {
        Some(parent) => {
            SpanContext::new(parent.trace_id(), span_id, parent.trace_flags(), false, parent.trace_state().clone())
        }
        None => SpanContext::new(new_trace_id(), span_id, TraceFlags::default(), false, TraceState::default()),
    }
}

/// The text of a `traceparent`.
pub(super) fn header(context: &SpanContext) -> String {
    let flags = context.trace_flags() & TraceFlags::SAMPLED;
    format!("00-{}-{}-{:02x}", context.trace_id(), context.span_id(), flags.to_u8())
}

/// What a request says about the trace it belongs to. Whatever is not as W3C wants it is as if it were not there; the
/// propagator of `opentelemetry_sdk` takes ids of any length.
pub(super) fn parent(headers: &HeaderMap) -> Option<SpanContext> {
    let mut lines = headers.get_all(TRACEPARENT).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    let line = line.to_str().ok()?;
    let version = hex::<u8>(line.get(..2)?)?;
    let is_whole = match version {
        0 => line.len() == 55,
        0xff => false,
        // A later version may say more.
        _ => line.len() == 55 || line.get(55..56) == Some("-"),
    };
    let are_apart = [2, 35, 52].iter().all(|&at| line.get(at..=at) == Some("-"));
    if !is_whole || !are_apart {
        return None;
    }
    let trace_id = TraceId::from(hex::<u128>(line.get(3..35)?)?);
    let span_id = SpanId::from(hex::<u64>(line.get(36..52)?)?);
    let flags = TraceFlags::new(hex::<u8>(line.get(53..55)?)?) & TraceFlags::SAMPLED;
    Some(SpanContext::new(trace_id, span_id, flags, true, state(headers))).filter(SpanContext::is_valid)
}

fn state(headers: &HeaderMap) -> TraceState {
    let lines: Vec<_> = headers.get_all(TRACESTATE).iter().filter_map(|line| line.to_str().ok()).collect();
    let text = lines.join(",");
    if text.len() > LONGEST_STATE { TraceState::default() } else { text.parse().unwrap_or_default() }
}

/// A number in small hexadecimal digits.
fn hex<N: TryFrom<u128>>(text: &str) -> Option<N> {
    let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    u128::from_str_radix(text, 16).ok().filter(|_| is_hex).and_then(|number| N::try_from(number).ok())
}

fn new_trace_id() -> TraceId {
    TraceId::from(u128::from_be_bytes(crypto::random()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn taken(lines: &[&str], state: &str) -> Option<SpanContext> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(TRACEPARENT, line.parse().expect("a header"));
        }
        headers.append(TRACESTATE, state.parse().expect("a header"));
        parent(&headers)
    }

    #[test]
    fn a_good_header_is_taken_and_given_on() {
        let context = taken(&[GOOD], "a=1,b=2").expect("good");
        assert_eq!(header(&context), GOOD);
        assert_eq!(context.trace_state().header(), "a=1,b=2");
        let later = format!("01{}-more", &GOOD[2..]);
        assert_eq!(header(&taken(&[&later], "").expect("a later version")), GOOD);
        let unknown_flags = GOOD.replace("-01", "-fe");
        assert_eq!(header(&taken(&[&unknown_flags], "").expect("good")), GOOD.replace("-01", "-00"));
    }

    #[test]
    fn a_bad_header_is_as_none() {
        let bad = [
            String::new(),
            "nonsense".to_owned(),
            GOOD.to_uppercase(),
            format!("{GOOD}-more"),
            format!("{GOOD}-"),
            format!("ff{}", &GOOD[2..]),
            format!("01{}more", &GOOD[2..]),
            GOOD.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
            GOOD.replace("00f067aa0ba902b7", &"0".repeat(16)),
            GOOD.replace("4bf9", "+bf9"),
            "00-42-1-01".to_owned(),
            format!("00-{}é-00f067aa0ba902b7-01", &GOOD[3..33]),
        ];
        for line in bad {
            assert_eq!(taken(&[&line], ""), None, "{line}");
        }
        assert_eq!(taken(&[GOOD, GOOD], ""), None, "two of them");
    }

    #[test]
    fn a_bad_state_is_as_none() {
        for state in ["no pairs", &"k=v,".repeat(200)] {
            let context = taken(&[GOOD], state).expect("the trace holds");
            assert_eq!(context.trace_state().header(), "", "{state}");
        }
    }
}
