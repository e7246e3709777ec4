//! Typesetting: shaped text of any script and drawings, on pages that genpdf breaks.
//!
//! Everything is measured in whole thousandths of a point. genpdf decides which page an element stands on and where; it
//! neither shapes nor subsets, so what elements draw is put in afterwards (see `press`).

mod code;
mod colour;
mod content;
mod embed;
mod face;
mod length;
mod paper;
mod paragraph;
mod picture;
mod press;
mod shape;
mod sheet;
mod table;

pub(crate) use code::Code;
pub(crate) use colour::{Colour, GREY, HAIR, INK, TINT, WARNING};
pub(crate) use length::{Length, PT, mm};
pub(crate) use paper::{Format, Paper};
pub(crate) use picture::{Column, Picture, Shape, Style};
pub(crate) use press::About;
pub(crate) use table::{Cell, Entry, Heading, Table};
