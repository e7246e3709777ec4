//! The judges, where they are installed: outside of the source tree, once.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Of this repository.
pub(super) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What each needs, how one asks for it, and what to install.
const NEEDS: [(&str, &[&str], &str); 5] = [
    ("node", &["--eval", "process.exitCode = Number(parseInt(process.versions.node) < 20)"], "Node.js 20 or newer"),
    ("npm", &["--version"], "npm"),
    ("curl", &["--version"], "curl"),
    ("jq", &["--version"], "jq"),
    ("python3", &["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"], "Python 3.11 with venv"),
];

/// The folder of the judges, or nothing on a machine that cannot run them.
///
/// # Panics
/// When they cannot be installed, and when something is missing although the environment has `CI=true`.
pub(super) fn folder() -> Option<&'static Path> {
    static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match FOLDER.get_or_init(install) {
        Ok(folder) => Some(folder),
        Err(missing) => {
            let wanted = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!wanted, "CI=true, but the judges cannot run: {missing}");
            eprintln!("skipped: {missing}");
            None
        }
    }
}

fn install() -> Result<PathBuf, String> {
    let missing: Vec<_> =
        NEEDS.iter().filter(|(program, arguments, _)| !runs(program, arguments)).map(|(.., what)| *what).collect();
    if !missing.is_empty() {
        return Err(format!("install {}", missing.join(", ")));
    }
    // Beside the binaries that are tested: target/conformance.
    let folder = Path::new(env!("CARGO_BIN_EXE_forecourt")).ancestors().nth(2).expect("a target folder");
    let folder = folder.join("conformance");
    let output = Command::new(format!("{ROOT}/bench/conformance/install")).arg(&folder).output().expect("it runs");
    match output.status.success() {
        true => Ok(folder),
        false => Err(format!("bench/conformance/install fails: {}", String::from_utf8_lossy(&output.stdout))),
    }
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let run = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}
