//! Any bytes as JSON Lines: every line that is not blank is a row or an error.
#![no_main]

use isnad_ingest::{Options, read_rows};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for row in read_rows(data, "rows") {
        if let Ok(row) = row {
            let _ = row.ingest(&Options::default());
        }
    }
});
