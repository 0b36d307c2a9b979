//! Reading records back into a history: an article at a time, each in one transaction.

use rusqlite::ErrorCode;
use serde::Serialize;

use super::record::{ArticleRecord, Record};
use super::stream::Stream;
use super::taking::{Fate, Taking};
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::ArticleId;

/// What became of records that were read into a history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// How many articles were added.
    pub articles: u64,
    /// How many captures they have.
    pub captures: u64,
    /// How many versions they have.
    pub versions: u64,
    /// How many articles were there already with all their captures.
    pub unchanged: u64,
    /// How many captures those have.
    pub known: u64,
    /// Articles that were left out, each with why.
    pub refused: Vec<Refused>,
}

/// An article that was not read into a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// What makes it this article.
    pub key: String,
    /// Why.
    pub problem: String,
    /// The article that the history has in its place, with other captures; `None` if the records are at fault.
    pub there: Option<ArticleId>,
}

impl History {
    /// Reads the records that [`export`](Self::export) gave into this history. Into an empty one they give an equal
    /// history, with the same numbers; where a number is taken, another is given. Reading the same records again adds
    /// nothing. An article that is there already, but not with all these captures, is left as it is and told; so is one
    /// whose records are not all there, or do not fit one another.
    ///
    /// Each article is one transaction, and no more than a version of it with its claims is held in memory, beside the
    /// numbers of its records.
    ///
    /// # Errors
    /// If a history does not begin with a form that this version of isnad can read or does not end with the record that
    /// closes it, if `records` gives an error, or if the file cannot be written. Articles that were whole before that
    /// stay, and `imported` counts them.
    pub fn import<E: From<StoreError>>(
        &mut self,
        records: impl IntoIterator<Item = Result<Record, E>>,
        imported: &mut Imported,
    ) -> Result<(), E> {
        let mut stream = Stream::of(records.into_iter());
        while let Some(article) = stream.next_article()? {
            self.import_article(&article, &mut stream, imported)?;
        }
        Ok(())
    }

    fn import_article<E: From<StoreError>>(
        &mut self,
        article: &ArticleRecord,
        stream: &mut Stream<impl Iterator<Item = Result<Record, E>>>,
        imported: &mut Imported,
    ) -> Result<(), E> {
        let mut broken = None;
        let taken = self.writing("importing an article", |conn| {
            let mut taking = Taking::begin(conn, article)?;
            loop {
                match stream.next_of_article() {
                    Ok(Some(record)) => taking.take(record)?,
                    Ok(None) => break,
                    Err(error) => {
                        broken = Some(error);
                        return Err(Fault::Unreadable("the records cannot be read".to_owned()));
                    }
                }
            }
            let (captures, versions) = (taking.captures, taking.versions);
            Ok((taking.finish()?, captures, versions))
        });
        if let Some(error) = broken {
            return Err(error);
        }
        let (problem, there) = match taken {
            Ok((Fate::Added, captures, versions)) => {
                imported.articles += 1;
                imported.captures += captures;
                imported.versions += versions;
                return Ok(());
            }
            Ok((Fate::Unchanged, captures, _)) => {
                imported.unchanged += 1;
                imported.known += captures;
                return Ok(());
            }
            Ok((Fate::Other(article), ..)) => {
                (format!("it is there as article {article}, but with other captures"), Some(article))
            }
            Err(StoreError::InvalidRecords { problem }) => (problem, None),
            Err(StoreError::InvalidClaim { number, problem }) => {
                (format!("its claim {number} cannot be recorded: {problem}"), None)
            }
            Err(StoreError::InvalidTime { time }) => (format!("the time {time} of a capture cannot be recorded"), None),
            Err(StoreError::Sqlite { source, .. })
                if source.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                (source.to_string(), None)
            }
            Err(error) => return Err(error.into()),
        };
        imported.refused.push(Refused { key: article.key.clone(), problem, there });
        Ok(())
    }
}
