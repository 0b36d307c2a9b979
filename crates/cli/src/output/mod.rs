//! What the command prints: for people as paragraphs, for programs as JSON.

pub(crate) mod change;
pub(crate) mod claim;
pub(crate) mod csv;
pub(crate) mod event;
pub(crate) mod file;
pub(crate) mod found;
pub(crate) mod grounds;
pub(crate) mod json;
pub(crate) mod place;
#[cfg(test)]
mod sample;
pub(crate) mod scores;
pub(crate) mod time;
pub(crate) mod words;
