//! End to end: the real binary in a temporary folder, and what it prints.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

#[path = "cli/add.rs"]
mod add;
#[path = "cli/bad_history.rs"]
mod bad_history;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/crash.rs"]
mod crash;
#[path = "cli/database.rs"]
mod database;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/documented.rs"]
mod documented;
#[path = "cli/eval.rs"]
mod eval;
#[path = "cli/evidence.rs"]
mod evidence;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/extract.rs"]
mod extract;
#[path = "cli/fetch.rs"]
mod fetch;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/history.rs"]
mod history;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/keeping.rs"]
mod keeping;
#[path = "cli/lists.rs"]
mod lists;
#[path = "cli/noise.rs"]
mod noise;
#[path = "cli/packs.rs"]
mod packs;
#[cfg(feature = "serve")]
#[path = "cli/readers.rs"]
mod readers;
#[cfg(feature = "serve")]
#[path = "cli/refused.rs"]
mod refused;
#[path = "cli/report.rs"]
mod report;
#[path = "cli/sandbox.rs"]
mod sandbox;
#[path = "cli/search.rs"]
mod search;
#[cfg(feature = "serve")]
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/site.rs"]
mod site;
#[cfg(feature = "serve")]
#[path = "skipped.rs"]
mod skipped;
#[path = "cli/snapshot.rs"]
mod snapshot;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/watch.rs"]
mod watch;
#[path = "cli/wayback.rs"]
mod wayback;
