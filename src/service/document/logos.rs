//! Logos to be printed, each read and decoded once for all documents of a run.

use crate::app::App;
use crate::document::Logo;
use crate::error::{Error, Result};
use crate::integration::files::Key;
use crate::scope::Scope;

/// Logos that are held at a time; more than most dealerships have branches with one of their own.
const MOST: usize = 16;

/// Longest file that may be one.
const LONGEST: u64 = 2 << 20;

/// Logos that were read. What lies under a key never changes, so none of them is ever out of date.
#[derive(Default)]
pub(super) struct Logos(Vec<(String, Option<Logo>)>);

impl Logos {
    /// The logo under a key. A file that is missing or broken stops nothing from being printed, without a logo then; a store
    /// that fails does: what is printed is printed once, and the next attempt may find the logo.
    pub(super) async fn read(&mut self, app: &App, scope: &Scope, key: Option<&str>) -> Result<Option<Logo>> {
        let Some(key) = key else { return Ok(None) };
        if let Some((_, logo)) = self.0.iter().find(|(own, _)| own == key) {
            return Ok(logo.clone());
        }
        let logo = match read(app, scope, key).await {
            Ok(logo) => Some(logo),
            Err(Missing::Failed(error)) => return Err(error),
            Err(Missing::Unfit(why)) => {
                tracing::warn!(key, why, "printing without a logo");
                None
            }
        };
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((key.to_owned(), logo.clone()));
        Ok(logo)
    }
}

/// Why there is no logo.
enum Missing {
    /// There is none that could be printed.
    Unfit(&'static str),
    /// Nobody knows: the store failed.
    Failed(Error),
}

async fn read(app: &App, scope: &Scope, key: &str) -> Result<Logo, Missing> {
    let key: Key = key.parse().map_err(|_| Missing::Unfit("its key is none"))?;
    let stored = app.files().get(scope, &key, u64::MAX).await.map_err(|error| match error {
        Error::NotFound => Missing::Unfit("its file is not there"),
        error => Missing::Failed(error),
    })?;
    if stored.length > LONGEST {
        return Err(Missing::Unfit("its file is too long"));
    }
    let bytes = stored.bytes().await.map_err(Missing::Failed)?;
    let read = tokio::task::spawn_blocking(move || Logo::read(&bytes)).await;
    read.map_err(|error| Missing::Failed(Error::internal(error)))?.map_err(|_| Missing::Unfit("its file is broken"))
}
