//! The versions of the file as threads are worked out from them; see [`isnad_diff::thread`].

use std::sync::LazyLock;

use isnad_core::{Article, Claim, LanguagePack};
use isnad_diff::thread::{Archive, KeptIn, Threads, letters};
use isnad_diff::{Comparison, Version};
use rusqlite::{Connection, Row};

use crate::claim_columns;
use crate::error::Fault;
use crate::history::Compare;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::shelf::Shelf;

/// The pack for claims in a language that has none: what is in the history must stay comparable. A test keeps the file
/// readable.
static NO_LANGUAGE: LazyLock<Option<LanguagePack>> =
    LazyLock::new(|| LanguagePack::from_toml("no-language.toml", include_str!("data/no-language.toml")).ok());

/// The threads of one article of the file.
pub(crate) type Loom<'a, 'c> = Threads<Stand<'a, 'c>>;

/// A claim, its version, and the thread it is written in.
type Found = (ClaimId, VersionId, ThreadId);

/// One article of the file with what is written of its threads.
#[derive(Debug)]
pub(crate) struct Stand<'a, 'c> {
    conn: &'c Connection,
    article: ArticleId,
    shelf: Shelf<'c>,
    compare: Compare,
    /// The caller's pack, taken for its language before the one that ships with isnad.
    pack: Option<&'a LanguagePack>,
    /// Whether the threads that are written hold; they do not while an article is worked out from its beginning.
    holds: bool,
}

impl<'a, 'c> Stand<'a, 'c> {
    /// A loom that goes on from the threads that are written.
    pub(crate) fn resume(
        conn: &'c Connection,
        article: ArticleId,
        compare: Compare,
        pack: Option<&'a LanguagePack>,
    ) -> Loom<'a, 'c> {
        Threads::new(Self { conn, article, shelf: Shelf::new(conn), compare, pack, holds: true })
    }

    /// Takes the threads that are written for nothing: the article is worked out from its beginning.
    pub(crate) const fn forget_threads(&mut self) {
        self.holds = false;
    }

    fn found(&self, query: &str, parameters: impl rusqlite::Params) -> Result<Vec<Found>, Fault> {
        if !self.holds {
            return Ok(Vec::new());
        }
        let mut query = self.conn.prepare_cached(query)?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(query.query_map(parameters, row)?.collect::<Result<_, _>>()?)
    }
}

impl Archive for Stand<'_, '_> {
    type Version = VersionId;
    type Claim = ClaimId;
    type Thread = ThreadId;
    type Error = Fault;

    fn version(&mut self, version: VersionId) -> Result<KeptIn<Self>, Fault> {
        self.shelf.take(version)
    }

    fn claim(&mut self, claim: ClaimId, _version: VersionId) -> Result<Option<Claim>, Fault> {
        claim_columns::of_row(self.conn, claim).map(Some)
    }

    fn pack(&self, old: &Article, new: &Article) -> Option<&LanguagePack> {
        let language = new.metadata.language.or(old.metadata.language);
        // Where the language is unknown, what the caller extracted with is the best there is.
        let own = self.pack.filter(|pack| language.is_none_or(|language| pack.language() == language));
        own.or_else(|| LanguagePack::builtin(language?)).or(NO_LANGUAGE.as_ref())
    }

    fn compare(&self, old: Version<'_>, new: Version<'_>) -> Comparison {
        self.pack(old.article, new.article).map(|pack| (self.compare)(old, new, pack)).unwrap_or_default()
    }

    fn threads_of(&mut self, version: VersionId) -> Result<Vec<(ClaimId, ThreadId)>, Fault> {
        let found = self.found(
            "SELECT id, version_id, thread_id FROM claim WHERE version_id = ?1 AND thread_id NOTNULL",
            [version],
        )?;
        Ok(found.into_iter().map(|(claim, _, thread)| (claim, thread)).collect())
    }

    fn alike(&mut self, letters: &str) -> Result<Vec<Found>, Fault> {
        self.found(
            "SELECT claim.id, claim.version_id, claim.thread_id FROM claim
             JOIN capture ON capture.id = (
               SELECT id FROM capture WHERE version_id = claim.version_id AND status = 'ok'
               ORDER BY captured_at, id LIMIT 1)
             WHERE claim.wording = ?1 AND claim.article_id = ?2 AND claim.thread_id NOTNULL
             ORDER BY capture.captured_at, capture.id, claim.number",
            (number_of(letters), self.article),
        )
    }

    fn former(&mut self, letters: &str, thread: ThreadId, most: usize) -> Result<Vec<(ClaimId, VersionId)>, Fault> {
        let found = self.found(
            "SELECT id, version_id, thread_id FROM claim
             WHERE wording = ?1 AND thread_id = ?2 ORDER BY id DESC LIMIT ?3",
            (number_of(letters), thread, limit(most)),
        )?;
        Ok(found.into_iter().map(|(claim, version, _)| (claim, version)).collect())
    }

    fn removed(&mut self, most: usize) -> Result<Vec<Found>, Fault> {
        // From the newest capture back, so that no more is read than is asked for.
        let mut found = self.found(
            "SELECT event.old_claim_id, claim.version_id, event.thread_id
             FROM capture
             CROSS JOIN event ON event.not_after_id = capture.id AND event.status = 'removed'
             CROSS JOIN claim ON claim.id = event.old_claim_id
             WHERE capture.article_id = ?1
             ORDER BY capture.captured_at DESC, capture.id DESC, event.id DESC LIMIT ?2",
            (self.article, limit(most)),
        )?;
        found.reverse();
        Ok(found)
    }
}

/// A number for the letters and digits of a content, folded: what is left of it when marks and spaces do not count.
pub(crate) fn wording(content: &str) -> i64 {
    number_of(&letters(content))
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn number_of(letters: &str) -> i64 {
    let hash = blake3::hash(letters.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_pack_for_languages_that_have_none() {
        assert!(NO_LANGUAGE.is_some());
    }

    #[test]
    fn marks_and_variant_letters_do_not_make_another_wording() {
        assert_eq!(wording("«أكثر من ١٠٠ ألف»"), wording("اكثر من 100 الف"));
        assert_ne!(wording("100"), wording("120"));
    }
}
