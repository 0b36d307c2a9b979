//! The web, asked politely: by the rules of each site's `robots.txt`, within bounds of time and size, and never at
//! addresses that are not of the open internet unless the caller says so.
//!
//! A [`Client`] makes one request after the other. What it needs of its caller it asks a [`Caller`]: to wait between two
//! requests to one site, since nothing here looks at the clock, and what the caller has of an address already, so that
//! what has not changed is not sent again.

mod answer;
mod backoff;
mod client;
mod failure;
mod follow;
mod guard;
mod robots;
#[cfg(test)]
mod tests;
mod wanted;
mod webhook;

pub use answer::{Answer, Fetched, Got, Validators};
pub use client::{Caller, Client, ClientOptions};
pub use failure::Failure;
pub use follow::MAX_REDIRECTS;
pub use wanted::Wanted;
pub use webhook::Webhook;
