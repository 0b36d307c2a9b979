//! Revisits: records that say that a page was as it had been, and point at the record that has it.

use std::collections::HashMap;

use super::record::{Head, Item, Records};
use super::region::Region;
use super::response::Response;
use crate::error::IngestError;
use crate::source::broken;

/// Where the responses of a file stand, by what revisits tell of them; a few bytes for each.
#[derive(Debug, Default)]
pub(super) struct Originals(HashMap<u64, u64>);

impl Originals {
    /// Notes where a response stands.
    pub(super) fn note(&mut self, head: &Head) {
        if !head.is("response") {
            return;
        }
        let keys =
            [head.get("WARC-Payload-Digest").map(key), head.target().map(key), head.get("WARC-Record-ID").map(key)];
        for key in keys.into_iter().flatten() {
            self.0.insert(key, head.offset);
        }
    }

    /// The response that a revisit points at, read again.
    pub(super) fn find(&self, head: &Head, region: &Region) -> Result<Response, IngestError> {
        let offset = POINTERS.iter().find_map(|(pointer, _)| self.0.get(&key(head.get(pointer)?)));
        let offset = *offset.ok_or_else(|| broken("a revisit of a page that this file does not hold"))?;
        original_at(head, region, offset)
    }
}

/// The response that the revisit at `head` points at, which stands at `offset`.
pub(super) fn original_at(head: &Head, region: &Region, offset: u64) -> Result<Response, IngestError> {
    let mut records = Records::new(region.open_at(offset).map_err(broken)?);
    match records.next().map_err(broken)? {
        Some(Item::Head(original)) if original.is("response") && points_at(head, &original) => {
            Ok(Response::of(&original, &mut records)?.unwrap_or_default())
        }
        _ => Err(broken("a revisit of a record that cannot be read again")),
    }
}

/// By what a revisit points at a response, and where the response has the same.
const POINTERS: [(&str, &str); 3] = [
    ("WARC-Refers-To", "WARC-Record-ID"),
    ("WARC-Payload-Digest", "WARC-Payload-Digest"),
    ("WARC-Refers-To-Target-URI", "WARC-Target-URI"),
];

fn points_at(revisit: &Head, original: &Head) -> bool {
    POINTERS.iter().any(|(pointer, name)| revisit.get(pointer).is_some_and(|value| original.get(name) == Some(value)))
}

/// A name in few bytes.
fn key(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
