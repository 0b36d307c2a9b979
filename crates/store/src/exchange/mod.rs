//! A whole history as a stream of records: what leaves the file, and what is read back into one.
//!
//! The stream begins with what it is ([`Head`]); then come the articles one after the other, each with all that belongs
//! to it, what is referred to before what refers to it. Each article, and the stream, is closed by a record that counts,
//! so that what was cut off or lost on the way is noticed. Records are numbered as the rows of the file are; the numbers
//! tie them together and mean nothing else. Offsets are in bytes of UTF-8.

mod export;
mod import;
mod record;
mod stream;
mod taking;
#[cfg(test)]
mod tests;
mod write;

pub use import::{Imported, Refused};
pub use record::{
    ArticleEnd, ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, Head, HistoryEnd, LinkRecord, RawRecord,
    Record, RequestRecord, SpeakerRecord, ThreadRecord, VersionRecord,
};
