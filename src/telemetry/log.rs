//! The log: lines for people or for machines, with whatever looks secret or personal by its name masked. Nobody is to log
//! such things; this is the net below that rule.

use std::fmt::{self, Debug};
use std::io::{self, IsTerminal};

use anyhow::anyhow;
use chrono::{SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, fmt as lines};

use super::request;
use crate::config::{self, LogFormat};

/// Words of which none may be part of a field's name.
const HIDDEN: [&str; 20] = [
    "address",
    "authorization",
    "body",
    "cookie",
    "credential",
    "email",
    "header",
    "headers",
    "ip",
    "key",
    "mail",
    "nic",
    "otp",
    "params",
    "password",
    "phone",
    "secret",
    "token",
    "variables",
    "values",
];

const MASK: &str = "[hidden]";

/// Modules whose lines and spans are ours to vouch for.
const OURS: [&str; 3] = ["forecourt", "entity", "migration"];

/// What writes the log to standard error.
///
/// # Errors
/// When the filter cannot be read.
pub(super) fn layer<S>(config: &config::Log) -> anyhow::Result<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let wanted = EnvFilter::try_new(&config.filter)
        .map_err(|error| anyhow!("the setting `log.filter` is not usable: {error}"))?;
    let filter = wanted.and(filter_fn(is_vouched_for));
    let log = lines::layer().with_writer(io::stderr);
    Ok(match config.format {
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).fmt_fields(TextFields).with_filter(filter).boxed(),
        LogFormat::Json => log.fmt_fields(JsonFields).event_format(JsonLines).with_filter(filter).boxed(),
    })
}

/// Libraries print statements, headers and what else passes through them once they are asked for details.
fn is_vouched_for(metadata: &Metadata<'_>) -> bool {
    let module = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || OURS.contains(&module)
}

/// Whether a field's value is for nobody's eyes, by the words of its name.
fn is_hidden(name: &str) -> bool {
    let mut words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| HIDDEN.iter().any(|hidden| word.eq_ignore_ascii_case(hidden)))
}

/// Fields as a person reads them.
struct TextFields;

impl<'w> FormatFields<'w> for TextFields {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'w>, fields: R) -> fmt::Result {
        let mut text = Text { writer, is_first: true, outcome: Ok(()) };
        fields.record(&mut text);
        text.outcome
    }
}

struct Text<'w> {
    writer: Writer<'w>,
    is_first: bool,
    outcome: fmt::Result,
}

impl Visit for Text<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let name = field.name();
        // Those are for traces.
        if name.starts_with("otel.") {
            return;
        }
        let space = if std::mem::take(&mut self.is_first) { "" } else { " " };
        let written = match name {
            "message" => write!(self.writer, "{space}{value:?}"),
            name if is_hidden(name) => write!(self.writer, "{space}{name}={MASK}"),
            name => write!(self.writer, "{space}{name}={value:?}"),
        };
        self.outcome = self.outcome.and(written);
    }
}

/// Fields as a JSON object.
struct JsonFields;

impl<'w> FormatFields<'w> for JsonFields {
    fn format_fields<R: RecordFields>(&self, mut writer: Writer<'w>, fields: R) -> fmt::Result {
        write!(writer, "{}", Value::Object(Fields::of(fields).0))
    }

    fn add_fields(&self, current: &'w mut FormattedFields<Self>, fields: &tracing::span::Record<'_>) -> fmt::Result {
        let mut all = Fields(serde_json::from_str(&current.fields).unwrap_or_default());
        fields.record(&mut all);
        current.fields = Value::Object(all.0).to_string();
        Ok(())
    }
}

/// Values by their fields' names.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn of(fields: impl RecordFields) -> Self {
        let mut all = Self::default();
        fields.record(&mut all);
        all
    }

    fn add(&mut self, field: &Field, value: impl FnOnce() -> Value) {
        let name = field.name();
        if !name.starts_with("otel.") {
            self.0.insert(name.to_owned(), if is_hidden(name) { json!(MASK) } else { value() });
        }
    }
}

impl Visit for Fields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, || json!(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, || json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field, || json!(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, || json!(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.add(field, || json!(format!("{value:?}")));
    }
}

/// A JSON object a line.
struct JsonLines;

impl<S, N> FormatEvent<S, N> for JsonLines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, ctx: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut fields = Fields::of(event).0;
        // A line of a task that outlives its request says which it was; others are of the present request's trace.
        let trace_id = fields.remove("trace_id");
        let trace_id = trace_id.or_else(|| request::context().map(|context| json!(context.trace_id().to_string())));
        let spans = ctx.event_scope().into_iter().flat_map(|scope| scope.from_root());
        let spans = spans.map(|span| {
            let extensions = span.extensions();
            let known = extensions.get::<FormattedFields<N>>().map(|known| known.fields.as_str()).unwrap_or_default();
            let mut fields: Map<String, Value> = serde_json::from_str(known).unwrap_or_default();
            fields.remove("trace_id");
            fields.insert("name".to_owned(), json!(span.name()));
            Value::Object(fields)
        });
        let mut line = json!({
            "timestamp": Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true),
            "level": event.metadata().level().as_str(),
            "target": event.metadata().target(),
            "fields": fields,
        });
        let spans: Vec<_> = spans.collect();
        let spans = (!spans.is_empty()).then_some(Value::Array(spans));
        for (name, value) in [("trace_id", trace_id), ("spans", spans)] {
            if let (Some(value), Some(line)) = (value, line.as_object_mut()) {
                line.insert(name.to_owned(), value);
            }
        }
        writeln!(writer, "{line}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// What is logged meanwhile.
    fn logged(is_json: bool, work: impl FnOnce()) -> String {
        #[derive(Clone, Default)]
        struct Lines(Arc<Mutex<Vec<u8>>>);
        impl Write for Lines {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().expect("no holder panics").write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let kept = Lines::default();
        let writer = kept.clone();
        let layer = lines::layer().with_ansi(false).with_writer(move || writer.clone());
        let registry = tracing_subscriber::registry();
        match is_json {
            true => {
                let layer = layer.fmt_fields(JsonFields).event_format(JsonLines);
                tracing::subscriber::with_default(registry.with(layer), work);
            }
            false => tracing::subscriber::with_default(registry.with(layer.fmt_fields(TextFields)), work),
        }
        String::from_utf8(kept.0.lock().expect("no holder panics").clone()).expect("text")
    }

    fn say() {
        let span = tracing::error_span!(
            "request",
            otel.kind = "server",
            route = "/graphql",
            access_token = "s3cret",
            later = tracing::field::Empty
        );
        span.record("later", 7);
        span.in_scope(|| {
            tracing::warn!(trace_id = "abc", email = "a@b.example", customer.phone = ?Some("077"), is_done = true, rows = 3, "said");
        });
    }

    #[test]
    fn what_looks_secret_or_personal_is_hidden() {
        for is_json in [false, true] {
            let text = logged(is_json, say);
            for secret in ["s3cret", "a@b.example", "077", "otel"] {
                assert!(!text.contains(secret), "{text}");
            }
            assert!(text.contains("said") && text.contains("/graphql"), "{text}");
        }
    }

    #[test]
    fn a_line_for_machines_is_one_object() {
        let text = logged(true, say);
        let mut line: Value = serde_json::from_str(text.trim_end()).expect("one object");
        assert!(line["timestamp"].take().is_string());
        assert_eq!(
            line,
            json!({
                "timestamp": null,
                "level": "WARN",
                "target": "forecourt::telemetry::log::tests",
                "trace_id": "abc",
                "fields": {"message": "said", "email": MASK, "customer.phone": MASK, "is_done": true, "rows": 3},
                "spans": [{"name": "request", "route": "/graphql", "access_token": MASK, "later": 7}],
            })
        );
    }

    #[test]
    fn a_name_is_hidden_by_any_of_its_words() {
        for name in ["password", "Authorization", "new_password", "customer.nic", "http.request.header.cookie"] {
            assert!(is_hidden(name), "{name}");
        }
        for name in ["message", "cause", "reason", "code", "provider", "tokens_left", "monkey"] {
            assert!(!is_hidden(name), "{name}");
        }
    }
}
