//! The file of refused documents, whole: it holds personal data, so only its owner may read it.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

/// Where refused documents go; the file is made with the first of them.
pub(super) struct Rejects {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    line: u64,
    why: &'a str,
    raw: &'a str,
}

impl Rejects {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None }
    }

    /// Keeps one refused line.
    pub(super) fn write(&mut self, file: &str, line: u64, why: &str, raw: &str) -> anyhow::Result<()> {
        let sink = match &mut self.file {
            Some(sink) => sink,
            None => self.file.insert(BufWriter::new(private_file(&self.path)?)),
        };
        serde_json::to_writer(&mut *sink, &Entry { file, line, why, raw })
            .map_err(std::io::Error::from)
            .and_then(|()| sink.write_all(b"\n"))
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Makes sure that all is on disk; the path, where there was something to write.
    pub(super) fn finish(mut self) -> anyhow::Result<Option<PathBuf>> {
        let Some(sink) = &mut self.file else { return Ok(None) };
        sink.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
        Ok(Some(self.path))
    }
}

/// A file of an earlier import is replaced, not reused: its mode might be another.
fn private_file(path: &Path) -> anyhow::Result<File> {
    let removed = match std::fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    };
    removed
        .and_then(|()| File::options().write(true).create_new(true).mode(0o600).open(path))
        .with_context(|| format!("cannot make the file of refused documents {}", path.display()))
}
