//! One claim as evidence: the words, where they stand in which text, and which captures saw that text.
//!
//! It can be checked without the history: against the text itself, or the page that a capture got.

use chrono::{DateTime, SecondsFormat, Utc};
use isnad_core::{Article, Claim, ENGINE_VERSION, Language, OffsetMap, OffsetUnit, Passage, Span};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::claim_columns;
use crate::encode::{from_label, hash, unstamp};
use crate::error::{Fault, StoreError};
use crate::frames::TEXTS;
use crate::history::History;
use crate::ids::{ArticleId, VersionId};
use crate::recording::Origin;
use crate::shelf;

/// The form of evidence that this version of isnad writes and reads.
const FORM: u32 = 1;

/// A claim with what proves that it stood there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The form of this evidence.
    pub isnad_evidence: u32,
    /// The version of isnad that wrote it.
    pub written_by: String,
    /// What makes the article this article: its first URL, or the name it was recorded under.
    pub article: String,
    /// Its title.
    pub title: Option<String>,
    /// The text.
    pub text: EvidenceText,
    /// How many successful captures saw the text.
    pub captures: u32,
    /// The first of them.
    pub first_seen: Sighting,
    /// The last.
    pub last_seen: Sighting,
    /// What offsets count.
    pub offsets: OffsetUnit,
    /// The sentence or sentences that make the claim.
    pub sentence: Excerpt,
    /// The paragraph or paragraphs they stand in.
    pub context: Excerpt,
    /// The claim.
    pub claim: Claim,
}

/// Which text it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceText {
    /// BLAKE3 of the text in UTF-8, in lower-case hexadecimal.
    pub blake3: String,
    /// How many bytes it has in UTF-8.
    pub bytes: usize,
    /// Its number among the article's versions.
    pub version: Option<u32>,
    /// The language it was read as.
    pub language: Option<Language>,
    /// The version of isnad that found the claim in it.
    pub engine: String,
    /// The language pack that did.
    pub language_pack: Option<String>,
}

/// A capture that saw the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// When.
    pub captured: DateTime<Utc>,
    /// From where.
    pub origin: Origin,
    /// The address that was asked.
    pub url: Option<String>,
    /// The file, archive or record that was read.
    pub path: Option<String>,
    /// The program that found the article in the page, with its version.
    pub extractor: Option<String>,
    /// BLAKE3 of the bytes as they came, in lower-case hexadecimal.
    pub raw_blake3: Option<String>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The words.
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// What a check of evidence found about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was checked.
    pub what: &'static str,
    /// Whether it is as the evidence says.
    pub holds: bool,
    /// Whether the evidence stands and falls with it.
    pub needed: bool,
    /// What was found.
    pub found: String,
}

impl Evidence {
    /// Whether this version of isnad can check it.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.isnad_evidence == FORM
    }

    /// Checks a text: is it the very one, and do the claim's words stand in it where they are said to?
    #[must_use]
    pub fn check_text(&self, text: &str) -> Vec<Finding> {
        let map = OffsetMap::new(text, self.offsets);
        let found = hash(text.as_bytes());
        let mut findings = vec![Finding {
            what: "text",
            holds: found == self.text.blake3,
            needed: true,
            found: match found == self.text.blake3 {
                true => format!("BLAKE3 {found}"),
                false => format!("it is another: BLAKE3 {found}, not {}", self.text.blake3),
            },
        }];
        let claim = &self.claim;
        let parts = [
            ("content", Some((&claim.content.text, &claim.content.spans))),
            ("cue", claim.cue.as_ref().map(|cue| (&cue.text, &cue.spans))),
            ("source", claim.source.as_ref().map(|source| (&source.text, &source.spans))),
            ("channel", claim.channel.as_ref().map(|channel| (&channel.text, &channel.spans))),
        ];
        for (what, part) in parts {
            let Some((words, spans)) = part.filter(|(_, spans)| !spans.is_empty()) else { continue };
            findings.push(place(text, &map, what, words, spans));
        }
        for (what, excerpt) in [("sentence", &self.sentence), ("context", &self.context)] {
            findings.push(place(text, &map, what, &excerpt.text, &[Span::new(excerpt.start, excerpt.end)]));
        }
        findings
    }

    /// Checks whether a page or file is, byte for byte, one that a capture got. Where it is, its text need not be the
    /// very one: programs find articles in pages otherwise as they get better.
    #[must_use]
    pub fn check_bytes(&self, bytes: &[u8]) -> Finding {
        let found = hash(bytes);
        let seen = [&self.first_seen, &self.last_seen];
        let same = seen.iter().find(|sighting| sighting.raw_blake3.as_deref() == Some(found.as_str()));
        Finding {
            what: "bytes",
            holds: same.is_some(),
            needed: false,
            found: match same {
                Some(sighting) => format!("BLAKE3 {found}, as captured {}", told(sighting.captured)),
                None => format!("not those of the first or the last capture: BLAKE3 {found}"),
            },
        }
    }
}

/// The time as it stands in evidence.
fn told(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Whether `words` stand at `spans` of the text, or else whether they stand in it at all.
fn place(text: &str, map: &OffsetMap<'_>, what: &'static str, words: &str, spans: &[Span]) -> Finding {
    let in_bytes: Option<Vec<Span>> = spans.iter().map(|span| map.span_to_bytes(*span)).collect();
    let fits = |span: &Span| text.get(span.start..span.end).is_some();
    let there = in_bytes.filter(|spans| spans.iter().all(fits)).map(|spans| Passage::new(text, spans).text);
    let holds = there.as_deref() == Some(words);
    let (start, end) = (spans.first().map_or(0, |span| span.start), spans.last().map_or(0, |span| span.end));
    let found = match (there, text.find(words)) {
        _ if holds => format!("at {start} to {end}"),
        (_, Some(at)) => format!("not at {start} to {end}, but at {}", map.from_byte(at)),
        (Some(other), None) => format!("not in the text; at {start} to {end} stands “{other}”"),
        (None, None) => format!("not in the text, which has no place {start} to {end}"),
    };
    Finding { what, holds, needed: true, found }
}

impl History {
    /// The claim of a version with this number, as evidence with offsets in `unit`.
    ///
    /// # Errors
    /// If the version has no such claim, only uncertain captures saw it, or the file cannot be read.
    pub fn evidence(&self, version: VersionId, number: u32, unit: OffsetUnit) -> Result<Evidence, StoreError> {
        self.reading("reading a claim as evidence", |conn| {
            let read = shelf::article(conn, version)?;
            let claims = claim_columns::of_version(conn, version)?;
            let claim = claims.into_iter().map(|(_, claim)| claim).find(|claim| claim.id == number);
            let claim = claim.ok_or(StoreError::NoSuchClaim { version, number })?;
            let (captures, first_seen, last_seen) = sightings(conn, version)?;
            let map = OffsetMap::new(read.text(), unit);
            let (sentence, context) = around(&read, &claim);
            let excerpt = |span: Span| {
                let Span { start, end } = map.span_from_bytes(span);
                Excerpt { text: span.of(read.text()).to_owned(), start, end }
            };
            let mut about = conn.prepare_cached(
                "SELECT article.key, article.title, version.engine, version.pack,
                   (SELECT number FROM versions WHERE article_id = article.id AND version_id = version.id)
                 FROM version JOIN article ON article.id = version.article_id WHERE version.id = ?1",
            )?;
            let about =
                about.query_row([version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
            let (article, title, engine, language_pack, number) = about?;
            Ok(Evidence {
                isnad_evidence: FORM,
                written_by: ENGINE_VERSION.to_owned(),
                article,
                title,
                text: EvidenceText {
                    blake3: hash(read.text().as_bytes()),
                    bytes: read.text().len(),
                    version: number,
                    language: read.metadata.language,
                    engine,
                    language_pack,
                },
                captures,
                first_seen,
                last_seen,
                offsets: unit,
                sentence: excerpt(sentence),
                context: excerpt(context),
                claim: claim.with_offsets(&map),
            })
        })
    }

    /// Checks evidence against the history: does it have the text, did a capture see it when the evidence says so, and is
    /// the claim among those found in it?
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn check_evidence(&self, evidence: &Evidence) -> Result<Vec<Finding>, StoreError> {
        self.reading("checking evidence", |conn| {
            let Some(row) = TEXTS.find(conn, &evidence.text.blake3)? else {
                let found = format!("the history has none with BLAKE3 {}", evidence.text.blake3);
                return Ok(vec![Finding { what: "text", holds: false, needed: true, found }]);
            };
            let text = String::from_utf8(TEXTS.read(conn, row)?)
                .map_err(|error| Fault::Unreadable(format!("text row {row}: {error}")))?;
            let mut findings = evidence.check_text(&text);
            findings.push(captured(conn, row, evidence)?);
            findings.push(recorded(conn, row, &text, evidence)?);
            Ok(findings)
        })
    }
}

/// The number of successful captures that saw a version, the first and the last of them.
fn sightings(conn: &Connection, version: VersionId) -> Result<(u32, Sighting, Sighting), Fault> {
    let end = |order: &str| -> Result<Option<Sighting>, Fault> {
        let mut query = conn.prepare_cached(&format!(
            "SELECT captured_at, origin, url, path, extractor, extractor_version, raw_hash FROM capture
             WHERE version_id = ?1 AND status = 'ok' ORDER BY captured_at {order}, id {order} LIMIT 1"
        ))?;
        query.query_row([version], |row| Ok(sighting(row))).optional()?.transpose()
    };
    let mut count = conn.prepare_cached("SELECT count(*) FROM capture WHERE version_id = ?1 AND status = 'ok'")?;
    let captures = count.query_row([version], |row| row.get(0))?;
    match (end("ASC")?, end("DESC")?) {
        (Some(first), Some(last)) => Ok((captures, first, last)),
        _ => Err(StoreError::NoSuchVersionRow { version }.into()),
    }
}

fn sighting(row: &Row<'_>) -> Result<Sighting, Fault> {
    let (extractor, version): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    let extractor = extractor.map(|name| version.map_or_else(|| name.clone(), |version| format!("{name} {version}")));
    Ok(Sighting {
        captured: unstamp(&row.get::<_, String>(0)?)?,
        origin: from_label(row.get(1)?)?,
        url: row.get(2)?,
        path: row.get(3)?,
        extractor,
        raw_blake3: row.get(6)?,
    })
}

/// The sentences that hold source, cue and content of a claim, and the blocks that hold these.
fn around(article: &Article, claim: &Claim) -> (Span, Span) {
    let spans = (claim.content.spans.iter())
        .chain(claim.cue.iter().flat_map(|cue| &cue.spans))
        .chain(claim.source.iter().flat_map(|source| &source.spans));
    // A source may be named far from the claim: what stands apart from the content's block is no part of its sentence.
    let content = claim.content.extent().unwrap_or(Span::new(0, 0));
    let blocks = article.blocks().iter().map(|block| block.span).filter(|block| block.overlaps(content));
    let context = blocks.reduce(|all, block| Span::new(all.start, block.end)).unwrap_or(content);
    let whole = spans
        .filter(|span| context.contains(**span))
        .fold(content, |all, span| Span::new(all.start.min(span.start), all.end.max(span.end)));
    let sentences = context
        .of(article.text())
        .split_sentence_bound_indices()
        .map(|(at, sentence)| Span::new(context.start + at, context.start + at + sentence.trim_end().len()));
    let sentence = sentences.filter(|sentence| sentence.overlaps(whole));
    (sentence.reduce(|all, next| Span::new(all.start, next.end)).unwrap_or(whole), context)
}

/// Whether a capture saw the text at the first and the last time that the evidence tells.
fn captured(conn: &Connection, text: i64, evidence: &Evidence) -> Result<Finding, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT EXISTS (
           SELECT 1 FROM version CROSS JOIN capture ON capture.version_id = version.id
           WHERE version.text_id = ?1 AND capture.captured_at = ?2 AND capture.status = 'ok' AND capture.raw_hash IS ?3)",
    )?;
    let mut missing = Vec::new();
    for sighting in [&evidence.first_seen, &evidence.last_seen] {
        let captured = crate::encode::stamp(sighting.captured)?;
        let is_there: bool = query.query_row((text, &captured, &sighting.raw_blake3), |row| row.get(0))?;
        if !is_there && !missing.contains(&captured) {
            missing.push(captured);
        }
    }
    let found = match missing.is_empty() {
        true => {
            format!("{} to {}", told(evidence.first_seen.captured), told(evidence.last_seen.captured))
        }
        false => format!("the history has no such capture of the text at {}", missing.join(" and ")),
    };
    Ok(Finding { what: "captures", holds: missing.is_empty(), needed: true, found })
}

/// Whether the claim is among those found in the text.
fn recorded(conn: &Connection, text: i64, content: &str, evidence: &Evidence) -> Result<Finding, Fault> {
    let map = OffsetMap::new(content, evidence.offsets);
    let mut query =
        conn.prepare_cached("SELECT id, article_id, engine, pack FROM version WHERE text_id = ?1 ORDER BY id")?;
    let versions: Vec<(VersionId, ArticleId, String, Option<String>)> = query
        .query_map([text], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let mut engines = Vec::new();
    // What the same program found in the same text is the same: another claim was never found.
    let mut same_program = false;
    for (version, article, engine, pack) in versions {
        same_program |= engine == evidence.text.engine && pack == evidence.text.language_pack;
        let mut claims = claim_columns::of_version(conn, version)?.into_iter();
        if claims.any(|(_, claim)| claim.with_offsets(&map) == evidence.claim) {
            let found = format!("recorded in article {article}, found by engine {engine}");
            return Ok(Finding { what: "claim", holds: true, needed: false, found });
        }
        engines.push(engine);
    }
    let found = match same_program {
        true => "no such claim was found in it by the engine that the evidence names".to_owned(),
        false => format!("read otherwise in the history now, by engine {}", engines.join(", ")),
    };
    Ok(Finding { what: "claim", holds: false, needed: same_program, found })
}
