//! The records of a stream: where one article ends and the next begins, and whether the stream is whole.

use isnad_core::OffsetUnit;

use super::record::{ArticleRecord, FORM, Head, HistoryEnd, Record};
use crate::error::StoreError;

/// Tells which records belong together. A stream may hold several histories, one after the other: each begins with its
/// [`Head`] and is closed.
pub(super) struct Stream<I> {
    records: I,
    place: Place,
    /// Whether more records of the article may come that was begun last.
    is_open: bool,
    /// A record that was read and belongs after that article.
    held: Option<Record>,
}

/// Where in the stream the next record stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Before the first history.
    Beginning,
    /// In a history of which so many articles were begun.
    History(u64),
    /// After a history that was closed.
    End,
}

impl<I> Stream<I> {
    pub(super) fn of(records: I) -> Self {
        Self { records, place: Place::Beginning, is_open: false, held: None }
    }

    /// The next article; `None` after the last one of a stream that is whole. What is left of the one before is passed
    /// over.
    pub(super) fn next_article<E: From<StoreError>>(&mut self) -> Result<Option<ArticleRecord>, E>
    where
        I: Iterator<Item = Result<Record, E>>,
    {
        while self.next_of_article()?.is_some() {}
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
                    self.is_open = true;
                    return Ok(Some(article));
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

    /// The next record of the article that was begun last, the one that closes it last of all; `None` after that, or
    /// where something else comes without it.
    pub(super) fn next_of_article<E>(&mut self) -> Result<Option<Record>, E>
    where
        I: Iterator<Item = Result<Record, E>>,
    {
        if !self.is_open {
            return Ok(None);
        }
        let record = self.record()?;
        match record {
            Some(Record::History(_) | Record::Article(_) | Record::HistoryEnd(_)) | None => {
                self.is_open = false;
                self.held = record;
                Ok(None)
            }
            Some(record) => {
                self.is_open = !matches!(record, Record::ArticleEnd(_));
                Ok(Some(record))
            }
        }
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
