//! Any text: folding leads back to the raw characters, and folding what is folded changes nothing.
#![no_main]

use isnad_core::fold::{Folded, fold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let folded = Folded::new(raw);
    assert_eq!(folded.text(), fold(raw));
    assert_eq!(fold(folded.text()), folded.text());
    let mut before = 0;
    for (at, _) in folded.text().char_indices() {
        let origin = folded.to_raw(at);
        assert!(raw.is_char_boundary(origin) && origin >= before);
        before = origin;
    }
    assert_eq!(folded.to_raw(folded.text().len()), raw.len());
});
