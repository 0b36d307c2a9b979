//! What a test skips, because what it needs is not here: said where somebody will see it.

use std::io::Write;

/// Says on the standard error, and at the end of the file that `$ISNAD_SKIPPED` names, that something was not looked at.
pub(crate) fn skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Some(list) = std::env::var_os("ISNAD_SKIPPED") {
        let list = std::fs::OpenOptions::new().create(true).append(true).open(list);
        list.and_then(|mut list| writeln!(list, "{what}")).expect("the list of what was skipped");
    }
}
