//! What the commands share that ask the web: how it is asked, and how a page is got, recorded and told.

mod asked;
mod hooks;
mod pages;
mod web;

pub(super) use asked::Asked;
pub(super) use hooks::{HookArgs, Hooks};
pub(super) use pages::{Look, Pages};
pub(super) use web::{Pauses, WebArgs, address};
