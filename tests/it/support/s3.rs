//! An S3 that the test runs itself: it checks signatures and conditions as a real one does.

use std::sync::Arc;

use axum::Router;
use axum::error_handling::HandleError;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use forecourt::config::Config;
use s3s::HttpError;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

const BUCKET: &str = "forecourt-files";
const ACCESS_KEY: &str = "AKIDFORECOURT";
/// What only the bucket and the installation know.
pub(crate) const SECRET_KEY: &str = "a secret of two";

/// A bucket, on a port of its own, for as long as the test runs.
pub(crate) struct S3 {
    /// What `files.endpoint` is set to.
    pub(crate) endpoint: String,
    _folder: TempDir,
}

impl S3 {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("a bucket");
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("a folder"));
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let failed = |error: HttpError| async move { (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}")) };
        let router = Router::new().fallback_service(HandleError::new(service.build(), failed));
        let router = router.layer(from_fn_with_state(Arc::default(), one_by_one));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { endpoint, _folder: folder }
    }

    /// Settings of an installation that keeps its files there.
    pub(crate) fn config(&self) -> Config {
        config(&self.endpoint, SECRET_KEY, "")
    }
}

/// A put on a condition is one step to S3 and R2. The library looks first and writes then, so of two at once both could find
/// nothing: here they come one after the other.
async fn one_by_one(State(turn): State<Arc<Mutex<()>>>, request: Request, next: Next) -> Response {
    let _turn = match request.headers().contains_key(header::IF_NONE_MATCH) {
        true => Some(turn.lock().await),
        false => None,
    };
    next.run(request).await
}

/// Settings of an installation that keeps its files at `endpoint`, with more of them.
pub(crate) fn config(endpoint: &str, secret_key: &str, more: &str) -> Config {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let endpoint = if endpoint.is_empty() { String::new() } else { format!("endpoint = \"{endpoint}\"") };
    let style = if more.contains("path_style") { "" } else { "path_style = true" };
    let settings = format!(
        "[files]\nbucket = \"{BUCKET}\"\naccess_key = \"{ACCESS_KEY}\"\nsecret_key = \"{secret_key}\"\n{endpoint}\n{style}\n{more}"
    );
    std::fs::write(file.path(), settings).expect("written");
    Config::load(Some(file.path()), &[]).expect("valid settings")
}
