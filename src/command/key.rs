//! `forecourt key`

use forecourt::crypto::Keys;
use secrecy::ExposeSecret;

pub(crate) fn run() -> anyhow::Result<()> {
    println!("{}", Keys::generate().1.expose_secret());
    Ok(())
}
