//! From genpdf's pages to the file: every drawing where its mark is, fonts that hold what is used, nothing of the clock.

use lopdf::content::Content as Operations;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use sha2::{Digest as _, Sha256};

use super::content::Content;
use super::embed::{packed, utf16};
use super::paper::FOLIO;
use super::picture::{Column, Picture, Style};
use super::sheet::Drawn;
use crate::document::logo::Logo;
use crate::error::{Error, Result};

/// What a file says about itself.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) author: String,
    /// Day of the document, `YYYYMMDD`.
    pub(crate) day: String,
    /// Column of the page number.
    pub(crate) folio: (Column, Style),
}

/// Puts what was drawn on the pages that genpdf laid out.
pub(crate) fn pressed(laid_out: &[u8], drawn: Vec<Drawn>, about: &About) -> Result<Vec<u8>> {
    let laid_out = Document::load_mem(laid_out).map_err(Error::internal)?;
    let count = laid_out.page_iter().count();
    let mut content = Content::default();
    let mut drawn = drawn.into_iter();
    let mut pages = Vec::with_capacity(count);
    for (number, page) in (1..).zip(laid_out.page_iter()) {
        for (x, y) in marks(&laid_out, page)? {
            let picture = match drawn.next() {
                Some(Drawn::Picture(picture)) => picture,
                Some(Drawn::Folio) => folio(about, number, count),
                None => return Err(Error::internal(anyhow::anyhow!("a mark that nothing was drawn for"))),
            };
            content.picture((&x, &y), &picture);
        }
        let size = laid_out.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).map_err(Error::internal)?;
        pages.push((size.clone(), std::mem::take(&mut content.operators)));
    }
    match drawn.next() {
        None => bound(pages, &content, about),
        Some(_) => Err(Error::internal(anyhow::anyhow!("something drawn that has no mark"))),
    }
}

/// Where the marks of a page are, in order, as a PDF writes numbers: each begins a path.
fn marks(laid_out: &Document, page: ObjectId) -> Result<Vec<(String, String)>> {
    let operations = Operations::decode(&laid_out.get_page_content(page)).map_err(Error::internal)?;
    let begun = operations.operations.into_iter().filter(|operation| operation.operator == "m");
    let places = begun.map(|operation| match operation.operands.as_slice() {
        [x, y] => Ok((number(x), number(y))),
        _ => Err(Error::internal(anyhow::anyhow!("a mark without a place"))),
    });
    places.collect()
}

fn number(object: &Object) -> String {
    match object {
        Object::Integer(number) => number.to_string(),
        Object::Real(number) => format!("{number:.3}"),
        _ => String::from("0"),
    }
}

fn folio(about: &About, number: usize, count: usize) -> Picture {
    let mut picture = Picture::new();
    let (column, style) = about.folio;
    picture.text(column, FOLIO, &format!("Page {number} of {count}"), style);
    picture
}

/// Pages, fonts and logos as a file.
fn bound(pages: Vec<(Object, String)>, content: &Content, about: &About) -> Result<Vec<u8>> {
    let mut file = Document::with_version("1.7");
    let mut digest = Sha256::new();
    pages.iter().for_each(|(_, operators)| digest.update(operators));
    let tree = file.new_object_id();
    let fonts = content.fonts.embedded(&mut file)?;
    let mut logos = Dictionary::new();
    for (at, logo) in content.logos.iter().enumerate() {
        digest.update(&logo.pixels().colours);
        logos.set(format!("L{at}"), embedded(logo, &mut file)?);
    }
    let resources = file.add_object(dictionary! { "Font" => fonts, "XObject" => logos });
    let pages: Vec<Object> = pages
        .into_iter()
        .map(|(size, operators)| {
            let content = file.add_object(packed(Dictionary::new(), operators.as_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "MediaBox" => size, "Resources" => resources, "Contents" => content,
            };
            Object::Reference(file.add_object(page))
        })
        .collect();
    let count = i64::try_from(pages.len()).map_err(Error::internal)?;
    file.set_object(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => pages });
    let root = file.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => Object::string_literal("en-LK"),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    });
    let info = file.add_object(dictionary! {
        "Title" => text(&about.title),
        "Author" => text(&about.author),
        "Producer" => Object::string_literal("Forecourt"),
        "CreationDate" => Object::string_literal(format!("D:{}000000Z", about.day)),
    });
    digest.update(&about.title);
    let id = Object::string_literal(&digest.finalize()[..16]);
    file.trailer.set("Root", root);
    file.trailer.set("Info", info);
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

fn embedded(logo: &Logo, file: &mut Document) -> Result<ObjectId> {
    let pixels = logo.pixels();
    let (width, height) = (i64::try_from(pixels.width), i64::try_from(pixels.height));
    let (width, height) = (width.map_err(Error::internal)?, height.map_err(Error::internal)?);
    let image = |colours: &str| {
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
            "ColorSpace" => Object::Name(colours.as_bytes().to_vec()), "BitsPerComponent" => 8, "Filter" => "FlateDecode",
        }
    };
    let stream = |dictionary, bytes: &[u8]| lopdf::Stream::new(dictionary, bytes.to_vec()).with_compression(false);
    let mut colours = image("DeviceRGB");
    if let Some(opacity) = &pixels.opacity {
        colours.set("SMask", file.add_object(stream(image("DeviceGray"), opacity)));
    }
    Ok(file.add_object(stream(colours, &pixels.colours)))
}

/// A text of a file's description.
fn text(text: &str) -> Object {
    let hex = utf16(&format!("\u{feff}{text}"));
    let bytes =
        hex.as_bytes().chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    Object::String(bytes.collect(), lopdf::StringFormat::Hexadecimal)
}
