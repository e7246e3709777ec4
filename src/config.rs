//! Settings, one struct a concern: the defaults in `forecourt.example.toml`, then a file, then the environment
//! (`FORECOURT_DATABASE_URL` is `url` under `[database]`), then flags.

mod files;
mod graphql;
mod http;
mod jobs;
mod mail;
mod provider;
mod subscriptions;
mod telemetry;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Toml};
use secrecy::SecretString;
use serde::Deserialize;

pub use files::{Bucket, Files};
pub use graphql::{DocumentPolicy, Graphql, Introspection};
pub use http::Http;
pub use jobs::Jobs;
pub use mail::{Mail, MailServer, MailTls};
pub(crate) use provider::is_trusted;
pub use provider::{Algorithm, MembershipRule, Provider};
pub use subscriptions::Subscriptions;
pub use telemetry::Telemetry;

/// The annotated example: documentation, defaults and test input in one.
pub const EXAMPLE: &str = include_str!("../forecourt.example.toml");

const DEFAULT_FILE: &str = "forecourt.toml";

/// All settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where rows live.
    pub database: Database,
    /// How the gateway is reached.
    pub http: Http,
    /// What operations may ask for.
    pub graphql: Graphql,
    /// Where the master key is.
    pub keys: Keys,
    /// How people are known.
    pub auth: Auth,
    /// What figures tell.
    pub kpi: Kpi,
    /// How much those who listen may ask for.
    pub subscriptions: Subscriptions,
    /// How work is done that nobody waits for.
    pub jobs: Jobs,
    /// Where documents, exports and logos are kept.
    pub files: Files,
    /// The server that letters are handed to.
    pub mail: Mail,
    /// What is written to the log.
    pub log: Log,
    /// Where traces and figures go.
    pub telemetry: Telemetry,
}

/// Where rows live.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://PATH` or `postgres://…`.
    pub url: String,
    /// Connections of one process.
    pub max_connections: u32,
    /// How long a statement may take that somebody waits for, and how long they wait for a connection.
    pub statement_seconds: NonZeroU32,
    /// Serve as a login that row-level security does not bind by itself.
    pub allow_privileged_login: bool,
}

/// Where the master key is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// 32 bytes in base64; outranks `file`.
    pub master_key: Option<SecretString>,
    /// A file that holds them.
    pub file: Option<PathBuf>,
}

/// How people are known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// `iss` of our tokens.
    pub issuer: String,
    /// `aud` of our tokens.
    pub audience: String,
    /// How long an access token holds.
    pub access_token_seconds: u32,
    /// How long a device may stay silent and still be signed in.
    pub idle_seconds: u32,
    /// After how long a device has to sign in again, whatever it did.
    pub session_seconds: u32,
    /// Who else is believed about people.
    #[serde(default)]
    pub provider: Vec<Provider>,
    /// How passwords are hashed.
    pub passwords: Passwords,
}

/// How passwords are hashed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    /// Memory of one hash.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes of it.
    pub lanes: u32,
    /// Hashes computed at a time.
    pub at_once: usize,
    /// Askers that wait at most, of each kind: those known and strangers.
    pub waiting: usize,
}

/// What figures tell.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// Fewer branches than this are not compared with each other; 3 at least.
    pub fewest_peers: usize,
}

/// What is written to the log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Directives as `tracing` reads them.
    pub filter: String,
    /// For people or for machines.
    pub format: LogFormat,
}

/// For people or for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line a person reads.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads all sources; `overrides` are `(key, value)` pairs from flags, e.g. `("database.url", "sqlite://x.db")`.
    ///
    /// # Errors
    /// Names the key at fault, where it was set, and the fix.
    pub fn load(file: Option<&Path>, overrides: &[(&str, String)]) -> anyhow::Result<Self> {
        if let Some(file) = file
            && !file.is_file()
        {
            bail!("there is no configuration file {}", file.display());
        }
        let environment = Env::prefixed("FORECOURT_")
            .filter(|name| !name.starts_with("TEST_") && name != "CONFIG")
            .map(|name| key(name.as_str()).into());
        let mut sources = Figment::from(Toml::string(EXAMPLE))
            .merge(Toml::file(file.unwrap_or(Path::new(DEFAULT_FILE))))
            .merge(environment);
        for (key, value) in overrides {
            sources = sources.merge((*key, value));
        }
        let config: Self = sources
            .extract()
            .map_err(|errors| anyhow!(errors.into_iter().map(explain).collect::<Vec<_>>().join("\n")))?;
        provider::check(&config.auth.provider)?;
        config.files.bucket()?;
        config.mail.server()?;
        Ok(config)
    }
}

/// The setting that a variable of the environment is: `AUTH_PASSWORDS_PASSES` is `passes` under `[auth.passwords]`.
fn key(variable: &str) -> String {
    let variable = variable.to_ascii_lowercase();
    match variable.strip_prefix("auth_passwords_") {
        Some(name) => format!("auth.passwords.{name}"),
        None => variable.replacen('_', ".", 1),
    }
}

/// One fault of the settings in a sentence: the key, its source, what is wrong and what would be right.
fn explain(error: figment::Error) -> String {
    let source = match &error.metadata {
        Some(metadata) if metadata.name.contains("environment") => " (from the environment)".to_owned(),
        Some(metadata) => match &metadata.source {
            Some(source) => format!(" (from {source})"),
            None => String::new(),
        },
        None => String::new(),
    };
    let path = error.path.join(".");
    match &error.kind {
        Kind::UnknownField(name, known) => {
            let (section, known) = (path.strip_suffix(name.as_str()).unwrap_or(&path), known.join(", "));
            format!("unknown setting `{section}{name}`{source}: known here are {known}; remove it or correct its name")
        }
        Kind::MissingField(name) => format!("the setting `{path}{name}` is missing: see forecourt.example.toml"),
        kind => format!("the setting `{path}`{source} is not usable: {kind}; see forecourt.example.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("forecourt.toml");
        std::fs::write(&path, file).expect("writable");
        Config::load(Some(&path), &[]).map_err(|error| {
            let text = error.to_string();
            // A file near the working directory is named from there.
            let named =
                text.split_once("(from ").and_then(|(told, rest)| Some((told, rest.split_once("/forecourt.toml)")?)));
            named.map_or(text.clone(), |(told, (_, rest))| format!("{told}(from FILE){rest}"))
        })
    }

    #[test]
    fn the_example_holds_the_defaults() {
        let config = load("").expect("the defaults are valid");
        assert_eq!(config.auth.access_token_seconds, 600);
        assert_eq!(config.log.format, LogFormat::Text);
    }

    #[test]
    fn a_bad_value_names_its_key_and_the_fix() {
        insta::assert_snapshot!(
            load("[http]\nlisten = \"nowhere\"").expect_err("refused"),
            @"the setting `http.listen` (from FILE) is not usable: invalid socket address syntax; see forecourt.example.toml"
        );
        insta::assert_snapshot!(load("[database]\nstatement_seconds = 0").expect_err("refused"), @"the setting `database.statement_seconds` (from FILE) is not usable: invalid value signed int `0`, expected a nonzero u32; see forecourt.example.toml");
        insta::assert_snapshot!(load("[http]\nallowed_origins = [\"*\"]").expect_err("refused"), @r#"the setting `http.allowed_origins` (from FILE) is not usable: "*" would let too many ask: every page anybody visits could act for them, as browsers send cookies along; name each origin; see forecourt.example.toml"#);
        insta::assert_snapshot!(load("[http]\nallowed_origins = [\"https://office.example/\"]").expect_err("refused"), @r#"the setting `http.allowed_origins` (from FILE) is not usable: "https://office.example/" is no origin as browsers write it; write it like "https://office.example", in small letters, with no path and no port that goes without saying; see forecourt.example.toml"#);
        insta::assert_snapshot!(load("[database]\nmax_connections = \"many\"").expect_err("refused"), @r#"the setting `database.max_connections` (from FILE) is not usable: invalid type: found string "many", expected u32; see forecourt.example.toml"#);
    }

    #[test]
    fn a_bad_provider_names_its_key_and_the_fix() {
        let provider = |rest: &str| {
            let whole = "[[auth.provider]]\nname = \"a\"\nissuer = \"https://a.example\"\nclient_id = \"b\"\n";
            load(&format!("{whole}{rest}")).expect_err("refused")
        };
        insta::assert_snapshot!(provider("algorithms = [\"HS256\"]"), @"the setting `auth.provider.0.algorithms.0` (from FILE) is not usable: unknown variant: found `HS256`, expected `one of `RS256`, `ES256`, `EdDSA``; see forecourt.example.toml");
        insta::assert_snapshot!(provider("email_domains = [\"nowhere\"]"), @r#"the setting `auth.provider.0.email_domains` (from FILE) is not usable: "nowhere" is no domain; write it like "colombo-ev.example"; see forecourt.example.toml"#);
        let rule = |role: &str| {
            format!("memberships = [{{claim = \"g\", value = \"v\", dealership = \"d\", role = \"{role}\"}}]")
        };
        insta::assert_snapshot!(provider(&rule("KING")), @r#"the setting `auth.provider.0.memberships.0.role` (from FILE) is not usable: there is no role "KING"; write one of HQ_ADMIN, HQ_ANALYST, DEALER_ADMIN, BRANCH_MANAGER, SALES, INVENTORY, SERVICE, AUDITOR; see forecourt.example.toml"#);
        insta::assert_snapshot!(provider(&rule("SALES")), @"the setting `auth.provider.0.memberships.0.branch` is missing: SALES is a role at one branch; name it");
        insta::assert_snapshot!(provider("[[auth.provider]]\nname = \"a\"\nissuer = \"https://b.example\"\nclient_id = \"b\""), @r#"the setting `auth.provider.1.name` is not usable: another provider is called "a" too; give each a name of its own"#);
        let plain = load("[[auth.provider]]\nname = \"a\"\nissuer = \"http://a.example\"\nclient_id = \"b\"");
        insta::assert_snapshot!(plain.expect_err("refused"), @"the setting `auth.provider.0.issuer` (from FILE) is not usable: it must begin with https://; http:// is for addresses of this machine only; see forecourt.example.toml");
    }

    #[test]
    fn a_bad_telemetry_setting_names_its_key_and_the_fix() {
        insta::assert_snapshot!(load("[telemetry]\nsample_ratio = 101").expect_err("refused"), @"the setting `telemetry.sample_ratio` (from FILE) is not usable: 101 is no percentage; write a whole number from 0 to 100; see forecourt.example.toml");
        insta::assert_snapshot!(load("[telemetry]\notlp_endpoint = \"collector:4318\"").expect_err("refused"), @"the setting `telemetry.otlp_endpoint` (from FILE) is not usable: it must be an address like http://127.0.0.1:4318; see forecourt.example.toml");
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        insta::assert_snapshot!(load("[http]\nport = 80").expect_err("refused"), @"unknown setting `http.port` (from FILE): known here are listen, base_domain, public_url, trusted_proxies, allowed_origins, max_body_bytes, read_seconds, idle_seconds, max_connections, drain_notice_seconds, drain_seconds; remove it or correct its name");
        insta::assert_snapshot!(load("[htp]\nlisten = \"127.0.0.1:1\"").expect_err("refused"), @"unknown setting `htp` (from FILE): known here are database, http, graphql, keys, auth, kpi, subscriptions, jobs, files, mail, log, telemetry; remove it or correct its name");
    }

    #[test]
    fn a_variable_is_a_setting_of_its_section() {
        assert_eq!(key("DATABASE_MAX_CONNECTIONS"), "database.max_connections");
        assert_eq!(key("AUTH_ACCESS_TOKEN_SECONDS"), "auth.access_token_seconds");
        assert_eq!(key("AUTH_PASSWORDS_MEMORY_KIB"), "auth.passwords.memory_kib");
    }

    #[test]
    fn a_flag_outranks_the_file() {
        let config = Config::load(None, &[("database.url", "sqlite://flag.db".into())]).expect("valid");
        assert_eq!(config.database.url, "sqlite://flag.db");
    }
}
