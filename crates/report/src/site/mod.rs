//! The pages of a history as addresses and what stands there: what a server answers, without the server.
//!
//! Every address has a page; most have the same as JSON (`.json`, or asked for by `Accept`), and those of changes as an
//! Atom feed (`.atom`). `/openapi.json` describes them.

mod address;
mod answer;
mod data;
mod json;
mod look;
mod pages;

pub use address::{Address, Form, Portion};
pub use answer::{Answer, Request, Site};

pub(crate) use data::{ArticleData, ChangeData, in_code_points};
