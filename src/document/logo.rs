//! A logo that people uploaded: decoded with limits, once, before anything is printed.

use std::io::Cursor;
use std::sync::Arc;

use png::{ColorType, Decoder, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::error::{Error, Result};

/// Most bytes of a logo's file.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most pixels a side.
const MAX_SIDE: usize = 2000;
/// Most pixels that are printed: 300 dots an inch where it is as large as it may be.
const PRINTED: (usize, usize) = (600, 220);
/// Bytes that a decoder may allocate.
const MAX_MEMORY: usize = 64 * 1024 * 1024;

/// A picture that can be printed. Cheap to clone; read it once for many documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(Arc<Pixels>);

/// Rows of pixels, ready to be embedded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Red, green and blue, deflated.
    pub(super) colours: Vec<u8>,
    /// How opaque each is, deflated; absent where all are.
    pub(super) opacity: Option<Vec<u8>>,
}

/// Red, green, blue and how opaque, of each pixel.
struct Raw {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

impl Logo {
    /// Reads a PNG or JPEG of at most 2 MB and 2000 pixels a side. Fails with what is wrong with any other.
    pub fn read(file: &[u8]) -> Result<Self> {
        if file.len() > MAX_BYTES {
            return Err(Error::bad_input("logo", "The logo is larger than 2 MB."));
        }
        let raw = match file {
            [0x89, b'P', b'N', b'G', ..] => png(file),
            [0xff, 0xd8, ..] => jpeg(file),
            _ => None,
        };
        let Some(raw) = raw else {
            return Err(Error::bad_input(
                "logo",
                "The logo must be a whole PNG or JPEG of at most 2000 pixels a side.",
            ));
        };
        let raw = raw.shrunk();
        let colours: Vec<u8> = raw.pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        let opacity: Vec<u8> = raw.pixels.iter().map(|[.., opacity]| *opacity).collect();
        let opacity = opacity.iter().any(|opacity| *opacity < u8::MAX).then(|| deflate(&opacity));
        Ok(Self(Arc::new(Pixels { width: raw.width, height: raw.height, colours: deflate(&colours), opacity })))
    }

    /// What is embedded.
    pub(super) fn pixels(&self) -> &Pixels {
        &self.0
    }

    /// Whether both are the same picture in memory.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Packs bytes for a PDF, the same way on every machine.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

fn png(file: &[u8]) -> Option<Raw> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MAX_MEMORY });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (usize::try_from(reader.info().width).ok()?, usize::try_from(reader.info().height).ok()?);
    if !may_be(width, height) {
        return None;
    }
    let mut bytes = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut bytes).ok()?;
    let pixels: Vec<[u8; 4]> = match reader.output_color_type().0 {
        ColorType::Rgba => bytes.as_chunks::<4>().0.to_vec(),
        ColorType::Rgb => {
            bytes.as_chunks::<3>().0.iter().map(|[red, green, blue]| [*red, *green, *blue, 255]).collect()
        }
        ColorType::GrayscaleAlpha => {
            bytes.as_chunks::<2>().0.iter().map(|[grey, opacity]| [*grey, *grey, *grey, *opacity]).collect()
        }
        ColorType::Grayscale => bytes.iter().map(|grey| [*grey, *grey, *grey, 255]).collect(),
        ColorType::Indexed => return None,
    };
    (pixels.len() == width * height).then_some(Raw { width, height, pixels })
}

fn jpeg(file: &[u8]) -> Option<Raw> {
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .set_strict_mode(true)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(file), options);
    let bytes = decoder.decode().ok()?;
    let info = decoder.info()?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let pixels: Vec<_> = bytes.as_chunks::<3>().0.iter().map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
    (may_be(width, height) && pixels.len() == width * height).then_some(Raw { width, height, pixels })
}

fn may_be(width: usize, height: usize) -> bool {
    (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height)
}

impl Raw {
    /// As many pixels as are printed, each the mean of those it stands for.
    fn shrunk(self) -> Self {
        let (wide, high) = (self.width.div_ceil(PRINTED.0), self.height.div_ceil(PRINTED.1));
        let by = wide.max(high);
        if by <= 1 {
            return self;
        }
        let (width, height) = (self.width.div_ceil(by), self.height.div_ceil(by));
        let pixels = (0..height).flat_map(|row| (0..width).map(move |column| (column, row)));
        let pixels = pixels.map(|(column, row)| self.mean(column * by, row * by, by)).collect();
        Self { width, height, pixels }
    }

    /// The mean of a square, opaque pixels counting for more.
    fn mean(&self, left: usize, top: usize, side: usize) -> [u8; 4] {
        let (mut sums, mut opacity, mut count) = ([0_u32; 3], 0_u32, 0_u32);
        for row in top..(top + side).min(self.height) {
            for column in left..(left + side).min(self.width) {
                let [red, green, blue, weight] = self.pixels[row * self.width + column].map(u32::from);
                sums = [sums[0] + red * weight, sums[1] + green * weight, sums[2] + blue * weight];
                opacity += weight;
                count += 1;
            }
        }
        let part = |sum: u32| u8::try_from(sum / opacity.max(1)).unwrap_or(u8::MAX);
        [part(sums[0]), part(sums[1]), part(sums[2]), u8::try_from(opacity / count.max(1)).unwrap_or(u8::MAX)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(ColorType::Rgba);
        let bytes = pixel.repeat(usize::try_from(width * height).expect("small"));
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes)).expect("a picture");
        file
    }

    #[test]
    fn a_logo_is_read_and_shrunk() {
        let logo = Logo::read(&written(2000, 500, [200, 10, 10, 128])).expect("a logo");
        assert_eq!((logo.pixels().width, logo.pixels().height), (500, 125));
        let opaque = Logo::read(&written(10, 10, [1, 2, 3, 255])).expect("a logo");
        assert!(logo.pixels().opacity.is_some() && opaque.pixels().opacity.is_none());
    }

    #[test]
    fn what_is_no_logo_is_refused() {
        let mut cut = written(30, 30, [9, 9, 9, 255]);
        cut.truncate(60);
        let files = [
            Vec::new(),
            b"GIF89a".to_vec(),
            cut,
            written(2001, 1, [0; 4]),
            vec![0; MAX_BYTES + 1],
            vec![0xff, 0xd8, 0xff],
        ];
        assert!(files.iter().all(|file| matches!(Logo::read(file), Err(Error::BadInput { field: "logo", .. }))));
    }
}
