//! Passwords that are guessed: what it costs us, and whom it keeps out.

mod devices;
mod hashes;
mod storms;
mod waits;

use std::net::{IpAddr, Ipv4Addr};

use forecourt::app::App;
use forecourt::auth::{self, Session, SignIn, Visitor, Workplace};
use forecourt::error::{Error, Result};
use secrecy::SecretString;

const WRONG: &str = "this is not the password";

/// The n-th address of many.
fn address(n: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + n))
}

/// Somebody who signs in from a device that is not familiar.
async fn sign_in(app: &App, email: &str, password: &str, address: IpAddr) -> Result<Session> {
    sign_in_from(app, email, password, address, None).await
}

async fn sign_in_from(
    app: &App,
    email: &str,
    password: &str,
    address: IpAddr,
    device: Option<&SecretString>,
) -> Result<Session> {
    let visitor = Visitor { address: Some(address), device: device.cloned(), ..Visitor::default() };
    let (email, password) = (email.to_owned(), SecretString::from(password));
    auth::sign_in(app, SignIn { email, password, code: None, workplace: Workplace::default(), visitor }).await
}

/// After how many seconds it may be tried again; 0 when the password was looked at, and was wrong.
fn wait<T>(answer: Result<T>) -> u64 {
    match answer.err().expect("nobody gets in") {
        Error::InvalidCredentials => 0,
        Error::TooManyAttempts { retry_after } => retry_after.as_secs(),
        other => panic!("{other}"),
    }
}
