//! Software written elsewhere judges a server that runs: clients, scanners and compilers of npm and PyPI, pinned in
//! `bench/conformance`. `bench/conformance/run` does it over an optimised build and for longer.

mod clients;
mod installed;
mod scanners;
mod stage;
mod told;
mod tools;
