//! The programs, where they are installed.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// What is asked of each, and the Debian package that has it.
const PROGRAMS: [(&str, &str, &str); 6] = [
    ("pdffonts", "-v", "poppler-utils"),
    ("pdftotext", "-v", "poppler-utils"),
    ("pdftoppm", "-v", "poppler-utils"),
    ("qpdf", "--version", "qpdf"),
    ("pango-view", "--version", "pango1.0-tools"),
    ("hb-view", "--version", "libharfbuzz-bin"),
];

/// Whether all of `programs` are installed; if not, says so, and fails where the environment has `CI=true`.
pub(super) fn installed(programs: &[&str]) -> bool {
    let missing: Vec<_> = PROGRAMS
        .iter()
        .filter(|(program, version, _)| {
            let run = Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
            programs.contains(program) && run.is_err()
        })
        .map(|(.., package)| *package)
        .collect();
    if missing.is_empty() {
        return true;
    }
    let wanted = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!wanted, "CI=true, but the judges of documents are missing: install {}", missing.join(", "));
    eprintln!("skipped: install {}", missing.join(", "));
    false
}

/// What a program prints about a file, given as its last argument, or before `then`.
pub(super) fn ask(program: &str, arguments: &[&str], file: &[u8], then: &[&str]) -> Vec<u8> {
    let mut place = tempfile::NamedTempFile::new().expect("a file");
    place.write_all(file).expect("a file of our own");
    let output = Command::new(program).args(arguments).arg(place.path()).args(then).output().expect("it runs");
    told(program, output)
}

/// What a program prints.
pub(super) fn run(program: &str, arguments: &[&str]) -> Vec<u8> {
    told(program, Command::new(program).args(arguments).output().expect("it runs"))
}

/// The text of a file, as a reader copies it.
pub(super) fn text(file: &[u8]) -> String {
    String::from_utf8(ask("pdftotext", &["-layout"], file, &["-"])).expect("UTF-8")
}

/// The text of a file in the order in which it is read, with single blanks.
pub(super) fn prose(file: &[u8]) -> String {
    let text = String::from_utf8(ask("pdftotext", &[], file, &["-"])).expect("UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn told(program: &str, output: Output) -> Vec<u8> {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaint.is_empty(),
        "{program}: {complaint}{}",
        String::from_utf8_lossy(&output.stdout)
    );
    output.stdout
}
