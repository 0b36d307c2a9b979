//! Claims on their way into the file.

use std::collections::{HashMap, HashSet};

use isnad_core::fold::fold;
use isnad_core::{Claim, Passage, Span};
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::claim_columns;
use crate::encode::label;
use crate::error::{Fault, StoreError};
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::search::Searchable;
use crate::weave::wording;
use crate::wording_rows;

/// Checks that the claims fit their text, so that each can be shown in it for ever.
pub(crate) fn check(text: &str, claims: &[Claim]) -> Result<(), StoreError> {
    let mut numbers = HashSet::new();
    for claim in claims {
        let problem = if claim.id == 0 {
            Some("claims are numbered from 1")
        } else if !numbers.insert(claim.id) {
            Some("its number is taken by another claim")
        } else {
            problem(text, claim)
        };
        if let Some(problem) = problem {
            return Err(StoreError::InvalidClaim { number: claim.id, problem });
        }
    }
    match claims.iter().find(|claim| claim.nested_in.is_some_and(|outer| !numbers.contains(&outer))) {
        Some(claim) => {
            Err(StoreError::InvalidClaim { number: claim.id, problem: "the claim it is nested in is not there" })
        }
        None => Ok(()),
    }
}

fn problem(text: &str, claim: &Claim) -> Option<&'static str> {
    let fits = |span: &Span| text.get(span.start..span.end).is_some();
    let passages = (claim.content.spans.iter())
        .chain(claim.cue.iter().flat_map(|cue| &cue.spans))
        .chain(claim.source.iter().flat_map(|source| &source.spans))
        .chain(claim.channel.iter().flat_map(|channel| &channel.spans))
        .chain(&claim.quoted);
    let quantities = claim.quantities.iter().map(|quantity| Span::new(quantity.start, quantity.end));
    let dates = claim.dates.iter().map(|date| Span::new(date.start, date.end));
    let hedges = claim.hedges.iter().map(|hedge| Span::new(hedge.start, hedge.end));
    if !passages.copied().chain(quantities).chain(dates).chain(hedges).all(|span| fits(&span)) {
        Some("a span does not fit the text or cuts a character")
    } else if !words(text, claim) {
        Some("its words are not those of the text at their place")
    } else if claim.content.extent().is_none_or(Span::is_empty) {
        Some("its content is empty")
    } else if !(0.0..=1.0).contains(&claim.confidence) {
        Some("its confidence is not a number from 0 to 1")
    } else if !claim.quantities.iter().all(|quantity| quantity.value.is_finite()) {
        Some("a quantity is not a finite number")
    } else {
        None
    }
}

/// Whether all that a claim gives as words of the text is what stands there. A source may be named from elsewhere, and
/// then has no place.
fn words(text: &str, claim: &Claim) -> bool {
    let is = |words: &str, spans: &[Span]| spans.is_empty() || Passage::new(text, spans.to_vec()).text == words;
    let stands = |words: &str, start, end| text.get(start..end) == Some(words);
    is(&claim.content.text, &claim.content.spans)
        && claim.cue.iter().all(|cue| is(&cue.text, &cue.spans))
        && claim.source.iter().all(|source| is(&source.text, &source.spans))
        && claim.channel.iter().all(|channel| is(&channel.text, &channel.spans))
        && claim.quantities.iter().all(|quantity| stands(&quantity.text, quantity.start, quantity.end))
        && claim.dates.iter().all(|date| stands(&date.text, date.start, date.end))
        && claim.hedges.iter().all(|hedge| stands(&hedge.text, hedge.start, hedge.end))
}

/// Row numbers of claims that were removed, by where the content stands: a claim that is found again keeps its number.
pub(crate) type Rows = HashMap<(i64, i64), ClaimId>;

/// Removes the claims of a version; no thread, link or event may refer to them.
pub(crate) fn remove(conn: &Connection, version: VersionId) -> Result<Rows, Fault> {
    let mut query = conn.prepare_cached("SELECT start_byte, end_byte, id FROM claim WHERE version_id = ?1")?;
    let rows = query.query_map([version], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    let rows: Rows = rows.collect::<Result<_, _>>()?;
    conn.prepare_cached("DELETE FROM claim WHERE version_id = ?1")?.execute([version])?;
    Ok(rows)
}

/// Writes the claims of a version; those that stand where one of `rows` did take its number.
pub(crate) fn insert(
    conn: &Connection,
    article: ArticleId,
    version: VersionId,
    claims: &[Claim],
    rows: &mut Rows,
) -> Result<(), Fault> {
    for claim in claims {
        let Span { start, end } = claim.content.extent().unwrap_or(Span::new(0, 0));
        let id = rows.remove(&(offset(start)?, offset(end)?));
        insert_one(conn, (article, version), claim, id)?;
    }
    Ok(())
}

/// Writes a claim, under a number that is free or under the next one.
pub(crate) fn insert_one(
    conn: &Connection,
    (article, version): (ArticleId, VersionId),
    claim: &Claim,
    id: Option<ClaimId>,
) -> Result<ClaimId, Fault> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO claim (id, article_id, version_id, number, kind, mode, polarity, realised, stance, cue, cue_lemma,
           source, source_kind, speaker_id, channel, content, wording, start_byte, end_byte, headline,
           nested_in, rule, confidence, detail)
         VALUES (:id, :article, :version, :number, :kind, :mode, :polarity, :realised, :stance, :cue, :cue_lemma,
           :source, :source_kind, :speaker, :channel, :content, :wording, :start, :end, :headline,
           :nested_in, :rule, :confidence, :detail)",
    )?;
    let extent = claim.content.extent().unwrap_or(Span::new(0, 0));
    let (start, end) = (offset(extent.start)?, offset(extent.end)?);
    let (cue, source) = (claim.cue.as_ref(), claim.source.as_ref());
    let speaker = source.and_then(|source| source.speaker.as_deref()).filter(|name| !name.is_empty());
    let speaker = speaker.map(|name| speaker_row(conn, name, None)).transpose()?;
    let row = insert.insert(named_params! {
        ":id": id,
        ":article": article,
        ":version": version,
        ":number": claim.id,
        ":kind": label(claim.kind)?,
        ":mode": label(claim.mode)?,
        ":polarity": label(claim.polarity)?,
        ":realised": claim.realised,
        ":stance": cue.map(|cue| label(cue.stance)).transpose()?,
        ":cue": cue.map(|cue| &cue.text),
        ":cue_lemma": cue.map(|cue| &cue.lemma),
        ":source": source.map(|source| &source.text),
        ":source_kind": source.map(|source| label(source.kind)).transpose()?,
        ":speaker": speaker,
        ":channel": claim.channel.as_ref().map(|channel| &channel.text),
        ":content": claim.content.text,
        ":wording": wording(&claim.content.text),
        ":start": start,
        ":end": end,
        ":headline": claim.headline,
        ":nested_in": claim.nested_in,
        ":rule": claim.rule,
        ":confidence": claim.confidence,
        ":detail": claim_columns::detail(claim)?,
    })?;
    Ok(ClaimId(row))
}

/// Puts a claim into a history.
pub(crate) fn join(conn: &Connection, claim: ClaimId, thread: ThreadId) -> Result<(), Fault> {
    conn.prepare_cached("UPDATE claim SET thread_id = ?1 WHERE id = ?2")?.execute((thread, claim))?;
    wording_rows::keep(conn, claim, thread)
}

/// The row of the speaker of that name, which is made if need be, under a number that is free or under the next one.
pub(crate) fn speaker_row(conn: &Connection, name: &str, id: Option<i64>) -> Result<i64, Fault> {
    let folded = fold(name);
    let mut find = conn.prepare_cached("SELECT id FROM speaker WHERE folded = ?1")?;
    if let Some(id) = find.query_row([&folded], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let mut add = conn.prepare_cached("INSERT INTO speaker (id, name, folded, words) VALUES (?1, ?2, ?3, ?4)")?;
    Ok(add.insert((id, name, folded, Searchable::new(name).text()))?)
}

fn offset(bytes: usize) -> Result<i64, Fault> {
    i64::try_from(bytes).map_err(|_| Fault::Unreadable(format!("the offset {bytes}")))
}
