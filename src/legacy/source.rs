//! The files of a dump, read line by line: never a whole file in memory.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::collection::Collection;

/// The longest line that is read; MongoDB's own documents of this kind are some kilobytes.
const MAX_LINE: usize = 1 << 20;

/// The files found in a directory.
pub(super) struct Dump {
    files: Vec<(Collection, PathBuf, u64)>,
    /// Files that look like collections and are none that is known.
    pub(super) ignored: Vec<String>,
}

/// One line that is not blank.
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// Trimmed; a line that cannot be a document comes with the reason.
    pub(super) text: Result<String, Broken>,
    /// Whether a line break ended it.
    pub(super) ended: bool,
}

/// A line that cannot be read, as well as it can be shown.
pub(super) struct Broken {
    pub(super) why: &'static str,
    pub(super) raw: String,
}

/// The lines of one file.
pub(super) struct Lines {
    file: BufReader<File>,
    path: PathBuf,
    number: u64,
    position: u64,
    told: u64,
}

impl Dump {
    /// Looks for the known files in `directory`.
    ///
    /// # Errors
    /// Names the directory when it is none, or holds no known file.
    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        if !directory.is_dir() {
            bail!("there is no directory {}", directory.display());
        }
        let mut files = Vec::new();
        for collection in Collection::ALL {
            let path = directory.join(collection.file());
            if path.is_file() {
                let bytes = path.metadata().with_context(|| format!("cannot read {}", path.display()))?.len();
                files.push((collection, path, bytes));
            }
        }
        if files.is_empty() {
            let known = Collection::ALL.map(Collection::file).join(", ");
            bail!("{} holds none of the files of a dump: {known}", directory.display());
        }
        Ok(Self { files, ignored: ignored(directory)? })
    }

    /// The bytes of all known files.
    pub(super) fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, _, bytes)| bytes).sum()
    }

    /// Opens the file of a collection; `None` when the dump has none.
    pub(super) fn lines(&self, collection: Collection) -> anyhow::Result<Option<Lines>> {
        let Some((_, path, _)) = self.files.iter().find(|(found, _, _)| *found == collection) else { return Ok(None) };
        Lines::open(path).map(Some)
    }
}

fn ignored(directory: &Path) -> anyhow::Result<Vec<String>> {
    let mut ignored = Vec::new();
    for entry in directory.read_dir().with_context(|| format!("cannot list {}", directory.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") && !Collection::ALL.iter().any(|known| known.file() == name) {
            ignored.push(name);
        }
    }
    ignored.sort();
    Ok(ignored)
}

impl Lines {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Ok(Self {
            file: BufReader::with_capacity(1 << 16, file),
            path: path.to_owned(),
            number: 0,
            position: 0,
            told: 0,
        })
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<Line>> {
        loop {
            let (bytes, length) = self.read().with_context(|| format!("cannot read {}", self.path.display()))?;
            if length == 0 {
                return Ok(None);
            }
            let first = self.number == 0;
            self.number += 1;
            self.position += length;
            let ended = bytes.len() as u64 != length || bytes.last() == Some(&b'\n');
            let text = read_text(&bytes, first);
            if text.as_ref().is_ok_and(String::is_empty) {
                continue;
            }
            return Ok(Some(Line { number: self.number, text, ended }));
        }
    }

    /// Bytes read since this was last asked.
    pub(super) fn take_progress(&mut self) -> u64 {
        let news = self.position - self.told;
        self.told = self.position;
        news
    }

    /// The next line, its excess cut off, and the bytes it has in the file.
    fn read(&mut self) -> std::io::Result<(Vec<u8>, u64)> {
        let (mut line, mut length) = (Vec::new(), 0);
        loop {
            let buffer = self.file.fill_buf()?;
            let (piece, done) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(end) => (&buffer[..=end], true),
                None => (buffer, buffer.is_empty()),
            };
            let room = (MAX_LINE + 1).saturating_sub(line.len());
            line.extend_from_slice(&piece[..piece.len().min(room)]);
            let taken = piece.len();
            self.file.consume(taken);
            length += taken as u64;
            if done {
                return Ok((line, length));
            }
        }
    }
}

fn read_text(bytes: &[u8], first: bool) -> Result<String, Broken> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let bytes = if first { bytes.strip_prefix(BOM).unwrap_or(bytes) } else { bytes };
    let bytes = bytes.trim_ascii();
    let broken = |why| Broken { why, raw: String::from_utf8_lossy(bytes).into_owned() };
    if bytes.len() > MAX_LINE {
        return Err(broken("is longer than 1 MiB; its beginning is kept"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(broken("is not UTF-8")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &[u8]) -> Vec<(u64, Result<String, &'static str>, bool)> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("bills.json"), content).expect("writable");
        let dump = Dump::find(folder.path()).expect("a dump");
        let mut lines = dump.lines(Collection::Bills).expect("opens").expect("there");
        let mut found = Vec::new();
        while let Some(line) = lines.next().expect("readable") {
            found.push((line.number, line.text.map_err(|broken| broken.why), line.ended));
        }
        assert_eq!(lines.take_progress(), content.len() as u64);
        assert_eq!(lines.take_progress(), 0);
        found
    }

    #[test]
    fn blank_lines_marks_and_line_ends_do_not_matter() {
        let found = lines(b"\xef\xbb\xbf{\"a\":1}\r\n\r\n  \n{\"b\":2}\n{\"c\"");
        assert_eq!(
            found,
            [(1, Ok(r#"{"a":1}"#.into()), true), (4, Ok(r#"{"b":2}"#.into()), true), (5, Ok(r#"{"c""#.into()), false)]
        );
    }

    #[test]
    fn lines_that_cannot_be_documents_are_told_apart() {
        let mut content = b"{\"a\":\"\xff\"}\n".to_vec();
        content.extend(vec![b'x'; MAX_LINE * 2]);
        content.extend(b"\n{}\n");
        let found = lines(&content);
        assert_eq!(found[0], (1, Err("is not UTF-8"), true));
        assert_eq!(found[1], (2, Err("is longer than 1 MiB; its beginning is kept"), true));
        assert_eq!(found[2], (3, Ok("{}".into()), true));
    }

    #[test]
    fn a_directory_without_a_dump_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = |path: &Path| Dump::find(path).err().expect("refused").to_string();
        assert!(error(folder.path()).contains("holds none of the files"));
        assert!(error(&folder.path().join("absent")).contains("there is no directory"));
    }
}
