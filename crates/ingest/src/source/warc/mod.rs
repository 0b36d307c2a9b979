//! WARC files: the HTTP responses of a crawl, compressed record by record or not at all.
//!
//! Framing and bounds are our own, over `flate2` and `httparse`: of the libraries that were tried, one holds whole records in
//! memory and ends with the first that is broken, the other must be able to seek and expands what it reads without bound.

mod members;
mod record;
mod region;
mod response;
mod revisit;

use super::kind::{SourceKind, ends_with};
use super::{Capture, Content, Progress, Skipped, Source, broken};
use crate::error::IngestError;
use crate::moment::moment;
use record::{Head, Item, Records};
pub(super) use region::Region;
use response::Response;
use revisit::Originals;

pub(super) const KIND: SourceKind = SourceKind::new(
    "warc",
    "a WARC file, compressed or not",
    |path, start| ends_with(path, &[".warc"]) || start.starts_with(b"WARC/"),
    |path, _| Ok(Box::new(Warc::open(Region::of_file(path)?)?)),
)
.of_the_web();

/// The responses in a region that holds WARC records.
pub(super) struct Warc {
    region: Region,
    records: Records,
    originals: Originals,
    is_done: bool,
}

impl Warc {
    pub(super) fn open(region: Region) -> Result<Self, IngestError> {
        let stream = region.open_at(0).map_err(|error| IngestError::read(&region.name, error))?;
        let records = Records::new(stream);
        Ok(Self { region, records, originals: Originals::default(), is_done: false })
    }

    /// The capture that the next record holds; `None` if it holds none.
    fn capture(&mut self, head: &Head) -> Result<Option<Capture>, IngestError> {
        self.originals.note(head);
        let Some(response) = Response::of(head, &mut self.records)? else { return Ok(None) };
        let response = match head.is("revisit") {
            true => self.originals.find(head, &self.region)?,
            false => response,
        };
        capture(&self.region, head, response)
    }
}

/// The capture of a record that was read by itself, as an index points at it. Of a revisit, `original` is where the response
/// stands that it points at.
pub(super) fn capture_at(
    region: &Region,
    offset: u64,
    original: Option<&(Region, u64)>,
) -> Result<Option<Capture>, Skipped> {
    let skipped = |error| Skipped::new(region.place(offset), error);
    let stream = region.open_at(offset).map_err(|error| skipped(broken(error)))?;
    let mut records = Records::new(stream);
    let mut head = match records.next() {
        Ok(Some(Item::Head(head))) => head,
        Ok(Some(Item::Broken { reason, .. })) => return Err(skipped(broken(reason))),
        Ok(None) => return Err(skipped(broken("there is no record here"))),
        Err(error) => return Err(skipped(broken(error))),
    };
    head.offset = offset;
    let response = match head.is("revisit") {
        true => {
            let missing = || broken("a revisit of a page that the list does not name before it");
            let (region, offset) = original.ok_or_else(|| skipped(missing()))?;
            Some(revisit::original_at(&head, region, *offset).map_err(skipped)?)
        }
        false => Response::of(&head, &mut records).map_err(skipped)?,
    };
    response.map_or(Ok(None), |response| capture(region, &head, response)).map_err(skipped)
}

fn capture(region: &Region, head: &Head, response: Response) -> Result<Option<Capture>, IngestError> {
    let Some(url) = head.target() else { return Ok(None) };
    let date = head.get("WARC-Date").ok_or_else(|| broken("the record has no date"))?;
    let time = moment(date).ok_or_else(|| broken(format_args!("`{date}` is no date of a record")))?;
    let content = match response.status {
        200..300 if !response.is_text() => return Ok(None),
        // A redirection leads to another record, and what was not modified tells nothing new.
        300..400 => return Ok(None),
        200..300 => Content::Bytes { charset: response.content_type.clone(), bytes: response.body()?, kind: None },
        status => Content::Failed { reason: format!("HTTP {status}") },
    };
    Ok(Some(Capture {
        place: region.place(head.offset),
        time: Some(time),
        url: Some(url.to_owned()),
        content,
        ..Capture::default()
    }))
}

impl Iterator for Warc {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let item = match self.records.next() {
                Ok(Some(item)) => item,
                Ok(None) => break,
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(Skipped::new(
                        self.region.name.clone(),
                        IngestError::read(&self.region.name, error),
                    )));
                }
            };
            match item {
                Item::Broken { offset, reason } => {
                    return Some(Err(Skipped::new(self.region.place(offset), broken(reason))));
                }
                Item::Head(head) => match self.capture(&head) {
                    Ok(None) => {}
                    Ok(Some(capture)) => return Some(Ok(capture)),
                    Err(error) => return Some(Err(Skipped::new(self.region.place(head.offset), error))),
                },
            }
        }
        None
    }
}

impl Source for Warc {
    fn progress(&self) -> Progress {
        Progress { done: self.records.position(), total: Some(self.region.length) }
    }
}
