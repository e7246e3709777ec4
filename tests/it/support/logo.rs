//! Logos, as people upload them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A small photograph.
pub(crate) const JPEG: &[u8] = include_bytes!("logo.jpg");

/// A picture of `width` by `height`: a frame with a cross in it, opaque.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let line = (width.min(height) / 12).max(1);
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| {
        let edge = x < line || y < line || x + line >= width || y + line >= height;
        let cross = (x * height).abs_diff(y * width) < line * height
            || (x * height + y * width).abs_diff(width * height) < line * height;
        if edge || cross { [0x1f, 0x6f, 0x54] } else { [0xff, 0xe0, 0x82] }
    });
    let pixels: Vec<u8> = pixels.collect();
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).expect("a picture");
    file
}

/// A file as an input holds it.
pub(crate) fn base64(file: &[u8]) -> String {
    STANDARD.encode(file)
}
