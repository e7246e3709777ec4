//! Where this machine keeps the server's binaries.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where systems put them beside the path: folder, beginning of an entry's name, binaries below that entry.
const PLACES: &[(&str, &str, &str)] = &[
    ("/usr/lib/postgresql", "", "bin"), // Debian
    ("/usr", "pgsql-", "bin"),          // Red Hat
    ("/usr/libexec", "postgresql", ""), // Alpine
    ("/usr/local", "pgsql", "bin"),     // built by hand
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"), // Homebrew on Intel
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// A folder that holds `initdb` and `postgres`.
pub(super) fn find() -> Option<PathBuf> {
    on_path().or_else(told_by_pg_config).or_else(newest_installed)
}

fn on_path() -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| is_complete(folder))
}

fn told_by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    is_complete(&folder).then_some(folder)
}

fn newest_installed() -> Option<PathBuf> {
    let versions = PLACES.iter().flat_map(|(folder, prefix, below)| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let versions = entries.filter(|entry| starts_with(&entry.file_name(), prefix));
        versions.map(move |entry| (version(&entry.file_name()), entry.path().join(below)))
    });
    versions.filter(|(_, folder)| is_complete(folder)).max().map(|(_, folder)| folder)
}

fn is_complete(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

fn starts_with(name: &OsStr, prefix: &str) -> bool {
    name.as_encoded_bytes().starts_with(prefix.as_bytes())
}

/// The first number of a folder's name, e.g. 15 of `postgresql@15`.
fn version(name: &OsStr) -> u32 {
    let name = name.to_string_lossy();
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}
