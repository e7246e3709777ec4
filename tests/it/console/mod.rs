//! The admin console as people use it: in a browser, on a server that runs. Skipped where there is no Chromium; with
//! `CI=true` it is required.

mod browser;
mod heard;
mod installed;
mod keys;
mod person;
mod stage;
mod tab;

mod accessible;
mod administration;
mod confirmation;
mod currencies;
mod devices;
mod interrupted;
mod languages;
mod new_bill;
mod offers;
mod policy;
mod second_factor;
mod sign_in;
mod sources;
mod stock;
mod switcher;
mod two_places;
mod weight;
