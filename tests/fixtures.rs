//! The fixtures: invented articles with gold claims and changes, and the executable cases of each language.
//!
//! A fixture that fails is a bug or a known shortcoming. Known shortcomings are listed beside the fixtures, one a line, in
//! `known-failures.txt`; a listed one that passes again fails the test until the line is gone.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "fixtures/articles.rs"]
mod articles;
#[path = "fixtures/cases.rs"]
mod cases;
#[path = "fixtures/edits.rs"]
mod edits;
#[path = "fixtures/gold.rs"]
mod gold;
#[path = "fixtures/known.rs"]
mod known;
#[path = "fixtures/make.rs"]
mod make;
#[path = "fixtures/marked.rs"]
mod marked;
