//! Documents, judged by programs that others wrote: poppler, qpdf, Pango and HarfBuzz.

mod bytes;
mod layout;
mod pictures;
mod samples;
mod script;
mod tools;

use forecourt::document::{Document, TEMPLATE_VERSION, render};

/// The file of a document.
fn set(document: &Document) -> Vec<u8> {
    render(document, TEMPLATE_VERSION).expect("a document")
}
