//! A file while it is written, of any length: it lies on the disk without a name, so that nothing of it is left when it is
//! given up, whatever ends the process.

use std::io::{self, Read, Seek, Write};

use sha2::{Digest, Sha256};

/// A file while it is written; [`Files::keep`](super::Files::keep) names it after its content and keeps it.
pub struct Draft {
    file: std::fs::File,
    hash: Sha256,
    length: u64,
}

/// A file that was written, to be read once.
pub(super) struct Written {
    pub(super) file: std::fs::File,
    pub(super) hash: [u8; 32],
    pub(super) length: u64,
}

impl Draft {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, hash: Sha256::new(), length: 0 })
    }

    /// Bytes written so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn written(mut self) -> io::Result<Written> {
        self.file.rewind()?;
        Ok(Written { file: self.file, hash: self.hash.finalize().into(), length: self.length })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        self.length += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Written {
    /// The next `most` bytes, fewer at the end, none after it.
    pub(super) fn part(&mut self, most: u64) -> io::Result<Vec<u8>> {
        let mut part = Vec::with_capacity(usize::try_from(most.min(self.length)).unwrap_or_default());
        (&mut self.file).take(most).read_to_end(&mut part)?;
        Ok(part)
    }
}
