//! Fonts within a PDF: only the glyphs that are used, and what text each stands for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use subsetter::GlyphRemapper;

use super::face::Face;
use super::shape::{self, Glyph, Run};
use crate::document::logo::deflate;
use crate::error::{Error, Result};

/// The fonts of a document, as they come to be used.
#[derive(Default)]
pub(crate) struct Fonts(BTreeMap<Face, Font>);

/// A font, as far as it is used.
struct Font {
    glyphs: GlyphRemapper,
    /// By the glyph's number in the PDF: how wide it is, and what it stands for.
    used: Vec<(i64, String)>,
}

impl Fonts {
    /// The number of a glyph in the PDF, and how wide the PDF says it is.
    pub(crate) fn number(&mut self, run: &Run, glyph: Glyph) -> (u16, i64) {
        let font = self.0.entry(run.face).or_insert_with(|| Font {
            glyphs: GlyphRemapper::new(),
            used: vec![(shape::advance(run.face, 0), String::new())],
        });
        let number = font.glyphs.remap(glyph.id);
        if usize::from(number) == font.used.len() {
            // No-break blanks are found by those who look for blanks.
            let text = run.cluster(glyph.cluster).replace('\u{a0}', " ");
            font.used.push((shape::advance(run.face, glyph.id), text));
        }
        (number, font.used[usize::from(number)].0)
    }

    /// Adds them to `document`; gives the dictionary by which pages refer to them.
    pub(crate) fn embedded(&self, document: &mut Document) -> Result<Dictionary> {
        let mut fonts = Dictionary::new();
        for (face, font) in &self.0 {
            fonts.set(name(*face), font.embedded(*face, document)?);
        }
        Ok(fonts)
    }
}

/// By what name pages refer to a font.
pub(crate) fn name(face: Face) -> String {
    format!("F{}", face as usize)
}

impl Font {
    fn embedded(&self, face: Face, document: &mut Document) -> Result<ObjectId> {
        let data = face.data();
        let file = subsetter::subset(data.file, 0, &self.glyphs).map_err(Error::internal)?;
        let length = i64::try_from(file.len()).map_err(Error::internal)?;
        let file = document.add_object(packed(dictionary! { "Length1" => length }, &file));
        let name = Object::Name(format!("{}+{}", self.tag(), data.name).into_bytes());
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name.clone(),
            "Flags" => 4,
            "FontBBox" => [-1000, -600, 2500, 1200].map(Object::from).to_vec(),
            "ItalicAngle" => 0,
            "Ascent" => 1000,
            "Descent" => -300,
            "CapHeight" => 714,
            "StemV" => if face.is_bold() { 140 } else { 80 },
            "FontFile2" => file,
        });
        let widths: Vec<Object> = self.used.iter().map(|(width, _)| Object::from(*width)).collect();
        let descendant = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => name.clone(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 0,
            "W" => vec![Object::from(0), Object::Array(widths)],
            "CIDToGIDMap" => "Identity",
        });
        let texts = document.add_object(packed(Dictionary::new(), self.texts().as_bytes()));
        Ok(document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name,
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(descendant)],
            "ToUnicode" => texts,
        }))
    }

    /// Six letters that say which glyphs the subset holds.
    fn tag(&self) -> String {
        let glyphs = self.glyphs.remapped_gids().flat_map(u16::to_be_bytes);
        let mut hash = glyphs
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let letters = std::iter::repeat_with(|| {
            let letter = u8::try_from(hash % 26).unwrap_or(0);
            hash /= 26;
            char::from(b'A' + letter)
        });
        letters.take(6).collect()
    }

    /// What text each glyph stands for, as a CMap (Adobe Technical Note 5411).
    fn texts(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let texts: Vec<_> = (0_u16..).zip(&self.used).filter(|(_, (_, text))| !text.is_empty()).collect();
        for some in texts.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", some.len());
            for (number, (_, text)) in some {
                let _ = writeln!(map, "<{number:04X}> <{}>", utf16(text));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// A text in UTF-16, in hexadecimal.
pub(crate) fn utf16(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04X}");
        hex
    })
}

/// A stream that is packed the same way on every machine.
pub(crate) fn packed(mut dictionary: Dictionary, bytes: &[u8]) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, deflate(bytes)).with_compression(false)
}
