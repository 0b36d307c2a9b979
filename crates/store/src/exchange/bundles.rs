//! The articles of a stream of records, one after the other, and whether the stream is whole.

use isnad_core::OffsetUnit;

use super::bundle::Bundle;
use super::record::{FORM, Head, HistoryEnd, Record};
use crate::error::StoreError;

/// Puts the records of each article together. A stream may hold several histories, one after the other: each begins with
/// its [`Head`] and is closed.
pub(super) struct Bundles<I> {
    records: I,
    place: Place,
    /// A record that was read and belongs after the article in hand.
    held: Option<Record>,
}

/// Where in the stream the next record stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Before the first history.
    Beginning,
    /// In a history of which so many articles were read.
    History(u64),
    /// After a history that was closed.
    End,
}

impl<I> Bundles<I> {
    pub(super) fn of(records: I) -> Self {
        Self { records, place: Place::Beginning, held: None }
    }

    /// The next article; `None` after the last one of a stream that is whole.
    pub(super) fn next<E: From<StoreError>>(&mut self) -> Result<Option<Bundle>, E>
    where
        I: Iterator<Item = Result<Record, E>>,
    {
        loop {
            let record = self.record()?;
            self.place = match (self.place, record) {
                (Place::Beginning | Place::End, Some(Record::History(head))) => {
                    accept(&head)?;
                    Place::History(0)
                }
                (Place::Beginning, _) => return Err(StoreError::NoHead.into()),
                (Place::History(articles), Some(Record::Article(article))) => {
                    self.place = Place::History(articles + 1);
                    return self.rest(Bundle::of(article)).map(Some);
                }
                (Place::History(articles), Some(Record::HistoryEnd(HistoryEnd { articles: told }))) => {
                    if told != articles {
                        return Err(broken(format!("{articles} of its {told} articles are there")).into());
                    }
                    Place::End
                }
                (Place::History(_), Some(Record::History(_)) | None) => {
                    return Err(broken("the record that closes it is not there, so it was cut off".to_owned()).into());
                }
                (Place::History(_), Some(_)) => {
                    return Err(broken("a record stands in no article".to_owned()).into());
                }
                (Place::End, Some(_)) => {
                    return Err(broken("records come after the one that closes it".to_owned()).into());
                }
                (Place::End, None) => return Ok(None),
            };
        }
    }

    /// Reads the records that belong to an article.
    fn rest<E: From<StoreError>>(&mut self, mut bundle: Bundle) -> Result<Bundle, E>
    where
        I: Iterator<Item = Result<Record, E>>,
    {
        while let Some(record) = self.record()? {
            match bundle.add(record) {
                None => {}
                Some(Record::ArticleEnd(end)) => {
                    bundle.close(end);
                    return Ok(bundle);
                }
                // What closes the article is missing; this is what comes after it.
                next => {
                    self.held = next;
                    return Ok(bundle);
                }
            }
        }
        Ok(bundle)
    }

    fn record<E>(&mut self) -> Result<Option<Record>, E>
    where
        I: Iterator<Item = Result<Record, E>>,
    {
        match self.held.take() {
            Some(record) => Ok(Some(record)),
            None => self.records.next().transpose(),
        }
    }
}

fn accept(head: &Head) -> Result<(), StoreError> {
    match (head.form, head.offsets) {
        (FORM, OffsetUnit::Bytes) => Ok(()),
        (form, _) => Err(StoreError::UnknownForm { form, known: FORM }),
    }
}

fn broken(problem: String) -> StoreError {
    StoreError::BrokenExport { problem }
}
