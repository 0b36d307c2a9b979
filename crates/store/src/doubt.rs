//! Judging whether what was read is the article at all: a wall, an error page or a stub must not read as a deletion.
//!
//! A capture is judged beside the article's other captures in the order of their times, so that the judgement is the
//! same in whatever order they were recorded:
//!
//! - The language of an article is that of its first capture with a claim. What is in another language, in none that
//!   is known, or was read without a language pack, is doubted. Where no capture has a claim there is none to lose.
//! - A text in which not one of the claims of the state before it goes on is doubted if it has less than half of that
//!   state's letters, or less than a quarter of its words in common with it: a wall in the language of the article may be as
//!   long as the article. A story that was rewritten, or that grew out of a few lines, has more in common.
//! - A text that is the beginning of the state before it is doubted if it has less than half of its letters and of its
//!   claims: the stub before a wall, or a page that did not come whole.
//!
//! A text that somebody vouched for is never doubted, in none of the article's captures.

mod likeness;

use std::collections::HashMap;
use std::fmt;

use isnad_core::Language;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::encode::from_label;
use crate::error::Fault;
use crate::ids::{ArticleId, CaptureId, VersionId};
use crate::shelf;
use crate::weave::Loom;
use likeness::likeness;

/// How many times shorter a text must be to be doubted when it has lost all claims.
const SHRUNK: u64 = 2;

/// How much a text that has lost all claims must have in common with the one before, in per cent. Versions of one story have
/// more than 80, stories of one paper up to 17.
const LEAST_LIKENESS: u8 = 25;

/// Why the history doubts that what was read is the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Doubt {
    /// Its language is not known, but that of the article is.
    LanguageUnknown {
        /// The article's language.
        article: Language,
    },
    /// It is in another language than the article.
    OtherLanguage {
        /// The language it is in.
        found: Language,
        /// The article's language.
        article: Language,
    },
    /// It was read without the language pack that the article's claims were found with.
    NoLanguagePack {
        /// The article's language.
        article: Language,
    },
    /// It is far shorter than the text before it, and none of that text's claims goes on in it.
    Shrunk {
        /// The length of the text in bytes.
        bytes: u64,
        /// The length of the text before it in bytes.
        before: u64,
        /// How many claims would be gone.
        claims: u32,
    },
    /// It is the beginning of the text before it, and has less than half of its letters and claims.
    CutOff {
        /// The length of the text in bytes.
        bytes: u64,
        /// The length of the text before it in bytes.
        before: u64,
        /// How many claims would be gone.
        claims: u32,
    },
    /// It has next to nothing in common with the text before it, and none of that text's claims goes on in it.
    Unlike {
        /// The share of words that both have, in per cent of the text with fewer.
        likeness: u8,
        /// How many claims would be gone.
        claims: u32,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LanguageUnknown { article } => {
                write!(f, "its language was not recognised; the article is in `{article}`")
            }
            Self::OtherLanguage { found, article } => write!(f, "it is in `{found}`; the article is in `{article}`"),
            Self::NoLanguagePack { article } => write!(f, "it was read without the language pack for `{article}`"),
            Self::Shrunk { bytes, before, claims } => {
                write!(f, "the text shrank from {before} to {bytes} bytes and lost {}", all(*claims))
            }
            Self::CutOff { bytes, before, claims } => {
                let gone = if *claims == 1 { "1 claim".to_owned() } else { format!("{claims} claims") };
                write!(f, "the text is the beginning of the one before, {bytes} of {before} bytes, and lacks {gone}")
            }
            Self::Unlike { likeness, claims } => write!(
                f,
                "the text has only {likeness} % of words in common with the one before and lost {}",
                all(*claims)
            ),
        }
    }
}

fn all(claims: u32) -> String {
    if claims == 1 { "its only claim".to_owned() } else { format!("all its {claims} claims") }
}

/// A capture that read something, with what it is judged by.
#[derive(Debug, Clone)]
pub(crate) struct Sighting {
    pub(crate) capture: CaptureId,
    pub(crate) version: VersionId,
    status: String,
    reason: Option<String>,
}

/// What a version is judged by.
#[derive(Debug, Clone, Copy)]
struct Features {
    language: Option<Language>,
    has_pack: bool,
    bytes: u64,
    claims: u32,
    is_vouched: bool,
}

/// Judges the captures of one article.
pub(crate) struct Judge<'l, 'a, 'c> {
    conn: &'c Connection,
    loom: &'l mut Loom<'a, 'c>,
    language: Option<Language>,
    features: HashMap<VersionId, Features>,
}

impl<'l, 'a, 'c> Judge<'l, 'a, 'c> {
    /// A judge of captures of an article in this language.
    pub(crate) fn new(conn: &'c Connection, loom: &'l mut Loom<'a, 'c>, language: Option<Language>) -> Self {
        Self { conn, loom, language, features: HashMap::new() }
    }

    /// Why `version` is doubted where the state before it is that of `before`.
    pub(crate) fn doubt(&mut self, before: Option<VersionId>, version: VersionId) -> Result<Option<Doubt>, Fault> {
        let found = self.features(version)?;
        let Some(article) = self.language.filter(|_| !found.is_vouched && before != Some(version)) else {
            return Ok(None);
        };
        match found.language {
            None => return Ok(Some(Doubt::LanguageUnknown { article })),
            Some(found) if found != article => return Ok(Some(Doubt::OtherLanguage { found, article })),
            Some(_) if !found.has_pack && found.claims == 0 => return Ok(Some(Doubt::NoLanguagePack { article })),
            Some(_) => {}
        }
        let Some(before) = before else { return Ok(None) };
        let old = self.features(before)?;
        let is_shrunk = found.bytes.saturating_mul(SHRUNK) < old.bytes;
        let text = |version| shelf::article(self.conn, version);
        if is_shrunk
            && found.claims.saturating_mul(2) < old.claims
            && begins(text(version)?.text(), text(before)?.text())
        {
            let claims = old.claims - found.claims;
            return Ok(Some(Doubt::CutOff { bytes: found.bytes, before: old.bytes, claims }));
        }
        // What has a claim in the same words is looked at no further: that is most of all.
        if old.claims == 0 || (found.claims > 0 && self.has_a_claim_of(before, version)?) {
            return Ok(None);
        }
        if found.claims > 0 && self.loom.goes_on(before, version)? {
            return Ok(None);
        }
        if is_shrunk {
            return Ok(Some(Doubt::Shrunk { bytes: found.bytes, before: old.bytes, claims: old.claims }));
        }
        let likeness = likeness(text(before)?.text(), text(version)?.text());
        let likeness = likeness.filter(|likeness| *likeness < LEAST_LIKENESS);
        Ok(likeness.map(|likeness| Doubt::Unlike { likeness, claims: old.claims }))
    }

    /// Whether a claim of one version stands in the other in the same words.
    fn has_a_claim_of(&self, before: VersionId, version: VersionId) -> Result<bool, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM claim WHERE version_id = ?2 AND wording IN
               (SELECT wording FROM claim WHERE version_id = ?1))",
        )?;
        Ok(query.query_row((before, version), |row| row.get(0))?)
    }

    /// Judges all captures of the article anew, and writes what is now judged otherwise; those that are doubted.
    pub(crate) fn judge_all(&mut self, article: ArticleId) -> Result<HashMap<CaptureId, Doubt>, Fault> {
        let mut before = None;
        let mut doubts = HashMap::new();
        for sighting in sightings(self.conn, article)? {
            let doubt = self.doubt(before, sighting.version)?;
            match doubt {
                Some(doubt) => drop(doubts.insert(sighting.capture, doubt)),
                None => before = Some(sighting.version),
            }
            let reason = doubt.map(|doubt| doubt.to_string());
            let is_ok = sighting.status == "ok";
            if is_ok != doubt.is_none() || sighting.reason != reason {
                write(self.conn, sighting.capture, doubt)?;
            }
        }
        Ok(doubts)
    }

    fn features(&mut self, version: VersionId) -> Result<Features, Fault> {
        if let Some(features) = self.features.get(&version) {
            return Ok(*features);
        }
        let features = features(self.conn, version)?;
        self.features.insert(version, features);
        Ok(features)
    }
}

/// Whether one text is the beginning of another, white space and a mark of omission at its end aside.
fn begins(part: &str, whole: &str) -> bool {
    let part = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '…' | '.'));
    let (mut words, mut all) = (part.split_whitespace().peekable(), whole.split_whitespace());
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        let is_same = all.next().is_some_and(|other| if is_last { other.starts_with(word) } else { other == word });
        if !is_same {
            return false;
        }
    }
    !part.is_empty()
}

/// Writes what is thought of a capture that read something.
pub(crate) fn write(conn: &Connection, capture: CaptureId, doubt: Option<Doubt>) -> Result<(), Fault> {
    let status = if doubt.is_some() { "uncertain" } else { "ok" };
    let mut update = conn.prepare_cached("UPDATE capture SET status = ?2, reason = ?3 WHERE id = ?1")?;
    update.execute((capture, status, doubt.map(|doubt| doubt.to_string())))?;
    Ok(())
}

/// The language of an article in which everything is worked out. Its first capture with a claim is not doubted, so that
/// its claims have threads: of an article without any, no capture need be looked at, however many there are.
pub(crate) fn settled_language_of(conn: &Connection, article: ArticleId) -> Result<Option<Language>, Fault> {
    let mut has_threads = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM thread WHERE article_id = ?1)")?;
    match has_threads.query_row([article], |row| row.get(0))? {
        true => language_of(conn, article),
        false => Ok(None),
    }
}

/// Whether a version gives its article a language where no capture before it does.
pub(crate) fn gives_language(conn: &Connection, version: VersionId) -> Result<bool, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT language NOTNULL AND EXISTS (SELECT 1 FROM claim WHERE version_id = version.id)
         FROM version WHERE id = ?1",
    )?;
    Ok(query.query_row([version], |row| row.get(0))?)
}

/// The language of an article: that of its first capture with a claim.
pub(crate) fn language_of(conn: &Connection, article: ArticleId) -> Result<Option<Language>, Fault> {
    let mut find = conn.prepare_cached(
        "SELECT version.language FROM capture JOIN version ON version.id = capture.version_id
         WHERE capture.article_id = ?1 AND capture.attempt IN ('read', 'vouched') AND version.language IS NOT NULL
           AND EXISTS (SELECT 1 FROM claim WHERE claim.version_id = version.id)
         ORDER BY capture.captured_at, capture.id LIMIT 1",
    )?;
    find.query_row([article], |row| row.get(0)).optional()?.map(from_label).transpose()
}

fn sightings(conn: &Connection, article: ArticleId) -> Result<Vec<Sighting>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT id, version_id, status, reason FROM capture
         WHERE article_id = ?1 AND attempt IN ('read', 'vouched') ORDER BY captured_at, id",
    )?;
    let sighting = |row: &Row<'_>| {
        Ok(Sighting { capture: row.get(0)?, version: row.get(1)?, status: row.get(2)?, reason: row.get(3)? })
    };
    let found = query.query_map([article], sighting)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn features(conn: &Connection, version: VersionId) -> Result<Features, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT version.language, version.pack IS NOT NULL, text.bytes,
           (SELECT count(*) FROM claim WHERE claim.version_id = version.id),
           EXISTS (SELECT 1 FROM capture WHERE capture.version_id = version.id AND attempt = 'vouched')
         FROM version JOIN text ON text.id = version.text_id WHERE version.id = ?1",
    )?;
    let (language, has_pack, bytes, claims, is_vouched): (Option<String>, _, i64, _, _) =
        query.query_row([version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    let language = language.map(from_label).transpose()?;
    Ok(Features { language, has_pack, bytes: u64::try_from(bytes).unwrap_or_default(), claims, is_vouched })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use crate::testing::Bench;

    const STORY: [&str; 4] = [
        "Minister: troops 100 at the border",
        "Mayor: bridge closed to lorries until Monday",
        "Judge: trial adjourned for a week at least",
        "Clerk: lamps burned all night in the harbour",
    ];

    #[test]
    fn a_page_that_did_not_come_whole_is_no_deletion() {
        let mut bench = Bench::new();
        bench.saw(1, &STORY);
        let cut = bench.saw(2, &STORY[..1]);
        assert_eq!(cut.outcome, Outcome::Uncertain);
        assert!(matches!(cut.doubt, Some(Doubt::CutOff { claims: 3, .. })), "{:?}", cut.doubt);
        let back = bench.saw(3, &STORY);
        assert_eq!((back.outcome, back.events.changes()), (Outcome::Seen, 0));
    }

    #[test]
    fn a_story_that_lost_its_beginning_or_less_than_half_was_edited() {
        let mut bench = Bench::new();
        bench.saw(1, &STORY);
        assert_eq!(bench.saw(2, &STORY[..3]).outcome, Outcome::NewVersion);
        assert_eq!(bench.saw(3, &STORY[1..2]).outcome, Outcome::NewVersion);
    }

    #[test]
    fn the_beginning_of_a_text_may_end_within_a_word_or_with_a_mark_of_omission() {
        assert!(begins("The mayor\nsaid the bri…", "The mayor said the bridge was safe."));
        assert!(begins("The mayor said ...", "The mayor said the bridge was safe."));
        assert!(!begins("The mayor said no", "The mayor said the bridge was safe."));
        assert!(!begins("…", "The mayor said the bridge was safe."));
    }
}
