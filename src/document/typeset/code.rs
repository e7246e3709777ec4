//! QR codes.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::{Error, Result};

/// A QR code as runs of dark modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Modules a side, without the quiet zone around.
    pub(crate) modules: i64,
    /// Column, row and length of each run.
    pub(crate) dark: Vec<(i64, i64, i64)>,
}

impl Code {
    /// The code of a text. Fails where it is longer than any code holds.
    pub(crate) fn new(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|error| Error::internal(anyhow::anyhow!("the check address does not fit a QR code: {error}")))?;
        let mut dark: Vec<(i64, i64, i64)> = Vec::new();
        for (row, colours) in (0..).zip(code.to_colors().chunks(code.width())) {
            for (column, colour) in (0..).zip(colours) {
                match dark.last_mut() {
                    _ if *colour == Color::Light => {}
                    Some((start, last, length)) if *last == row && *start + *length == column => *length += 1,
                    _ => dark.push((column, row, 1)),
                }
            }
        }
        Ok(Self { modules: i64::try_from(code.width()).unwrap_or(1), dark })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_a_finder() {
        let code = Code::new("https://example.lk/check/26JAN_BR03_1").expect("a code");
        assert_eq!((code.modules, code.dark[0]), (29, (0, 0, 7)));
    }
}
