//! The browser, where it is installed.

use std::path::PathBuf;
use std::sync::OnceLock;

/// Names of its program.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser's program, or nothing on a machine without one.
///
/// # Panics
/// When there is none although the environment has `CI=true`.
pub(super) fn program() -> Option<&'static PathBuf> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = PROGRAM.get_or_init(find).as_ref();
    if found.is_none() {
        let wanted = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!wanted, "CI=true, but there is no browser: install the Debian package `chromium`");
        eprintln!("skipped: install chromium");
    }
    found
}

fn find() -> Option<PathBuf> {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
