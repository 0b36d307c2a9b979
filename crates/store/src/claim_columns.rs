//! Claims as they are kept: what people look for in columns of its own, the rest as short JSON.
//!
//! No word stands in a row twice, except folded for look-up: a history has millions of these rows.

use isnad_core::{Claim, Cue, DateExpression, Hedge, Passage, Quantity, ResolvedBy, Source, Span};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::encode::{from_json, from_label, json};
use crate::error::Fault;
use crate::ids::{ClaimId, VersionId};

/// What the columns of a claim do not hold: where its words stand, and its finer points.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Detail {
    /// Where the content stands, if not in one piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    content: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cue: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channel: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quoted: Vec<(usize, usize)>,
    /// The speaker in the claim's own spelling, if that is not the source as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// How the speaker was found; of a claim that has a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_by: Option<ResolvedBy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quantities: Vec<Quantity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dates: Vec<DateExpression>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hedges: Vec<Hedge>,
}

/// The column `claim.detail` of a claim.
pub(crate) fn detail(claim: &Claim) -> Result<String, Fault> {
    let content = match claim.content.spans.as_slice() {
        [_] => Vec::new(),
        spans => pairs(spans),
    };
    let source = claim.source.as_ref();
    let is_source = |source: &Source, speaker: &str| speaker == source.text && !speaker.is_empty();
    let speaker = source.and_then(|source| source.speaker.as_ref().filter(|speaker| !is_source(source, speaker)));
    json(&Detail {
        content,
        cue: claim.cue.as_ref().map(|cue| pairs(&cue.spans)).unwrap_or_default(),
        source: source.map(|source| pairs(&source.spans)).unwrap_or_default(),
        channel: claim.channel.as_ref().map(|channel| pairs(&channel.spans)).unwrap_or_default(),
        quoted: pairs(&claim.quoted),
        speaker: speaker.cloned(),
        resolved_by: source.map(|source| source.resolved_by),
        quantities: claim.quantities.clone(),
        dates: claim.dates.clone(),
        hedges: claim.hedges.clone(),
    })
}

fn pairs(spans: &[Span]) -> Vec<(usize, usize)> {
    spans.iter().map(|span| (span.start, span.end)).collect()
}

fn spans(pairs: Vec<(usize, usize)>) -> Vec<Span> {
    pairs.into_iter().map(|(start, end)| Span::new(start, end)).collect()
}

/// The columns that [`read`] reads.
pub(crate) const COLUMNS: &str = "claim.id, claim.number, claim.kind, claim.mode, claim.polarity, claim.realised, \
     claim.stance, claim.cue, claim.cue_lemma, claim.source, claim.source_kind, claim.speaker_id IS NOT NULL, \
     claim.channel, claim.content, claim.start_byte, claim.end_byte, claim.headline, claim.nested_in, claim.rule, \
     claim.confidence, claim.detail";

/// How many columns that is: what a query asks beside them comes after.
pub(crate) const COUNT: usize = 21;

/// The claim of a row that begins with [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> Result<(ClaimId, Claim), Fault> {
    let id: ClaimId = row.get(0)?;
    let what = format!("claim row {id}");
    let mut detail: Detail = from_json(row.get_ref(20)?.as_str().map_err(rusqlite::Error::from)?, &what)?;
    let content = match std::mem::take(&mut detail.content) {
        whole if whole.is_empty() => vec![Span::new(offset(row, 14)?, offset(row, 15)?)],
        parts => spans(parts),
    };
    let claim = Claim {
        id: row.get(1)?,
        kind: from_label(row.get(2)?)?,
        mode: from_label(row.get(3)?)?,
        polarity: from_label(row.get(4)?)?,
        realised: row.get(5)?,
        content: Passage { text: row.get(13)?, spans: content },
        cue: cue(row, std::mem::take(&mut detail.cue))?,
        source: source(row, &mut detail, &what)?,
        channel: row.get::<_, Option<String>>(12)?.map(|text| Passage { text, spans: spans(detail.channel) }),
        quoted: spans(detail.quoted),
        quantities: detail.quantities,
        dates: detail.dates,
        hedges: detail.hedges,
        nested_in: row.get(17)?,
        headline: row.get(16)?,
        rule: row.get(18)?,
        confidence: row.get(19)?,
    };
    Ok((id, claim))
}

fn cue(row: &Row<'_>, pairs: Vec<(usize, usize)>) -> Result<Option<Cue>, Fault> {
    let Some(text) = row.get(7)? else { return Ok(None) };
    Ok(Some(Cue { text, spans: spans(pairs), lemma: row.get(8)?, stance: from_label(row.get(6)?)? }))
}

fn source(row: &Row<'_>, detail: &mut Detail, what: &str) -> Result<Option<Source>, Fault> {
    let Some(text) = row.get::<_, Option<String>>(9)? else { return Ok(None) };
    let is_source = row.get(11)? && detail.speaker.is_none();
    let speaker = if is_source { Some(text.clone()) } else { detail.speaker.take() };
    let resolved_by = detail.resolved_by;
    Ok(Some(Source {
        text,
        spans: spans(std::mem::take(&mut detail.source)),
        kind: from_label(row.get(10)?)?,
        speaker,
        resolved_by: resolved_by.ok_or_else(|| Fault::Unreadable(format!("{what}: how its speaker was found")))?,
    }))
}

fn offset(row: &Row<'_>, column: usize) -> Result<usize, Fault> {
    let bytes: i64 = row.get(column)?;
    usize::try_from(bytes).map_err(|_| Fault::Unreadable(format!("the offset {bytes}")))
}

/// The claims of a version with their rows, in the order of the text.
pub(crate) fn of_version(conn: &Connection, version: VersionId) -> Result<Vec<(ClaimId, Claim)>, Fault> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} FROM claim WHERE version_id = ?1 ORDER BY number"))?;
    let mut rows = query.query([version])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push(read(row)?);
    }
    Ok(claims)
}

/// The claim of a row.
pub(crate) fn of_row(conn: &Connection, claim: ClaimId) -> Result<Claim, Fault> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM claim WHERE id = ?1"))?;
    let mut rows = query.query([claim])?;
    match rows.next()? {
        Some(row) => Ok(read(row)?.1),
        None => Err(Fault::Unreadable(format!("claim row {claim} is not there"))),
    }
}
