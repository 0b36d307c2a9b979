//! One table of the history as CSV.

use std::collections::HashMap;

use isnad_store::{CaptureId, ClaimId, Record};

use super::{Job, Out};
use crate::command_error::CommandError;
use crate::output::claim::{claim_cells, claim_columns};
use crate::output::csv::cell;
use crate::output::time::stamp;
use crate::output::words::name;

/// A table that can be written.
pub(super) struct Table {
    /// What the user calls it.
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// The cells of a record; `None` of one that belongs to another table.
    cells: fn(&Record, &Before) -> Option<Vec<String>>,
}

/// What came before of the same article, that later records refer to.
#[derive(Default)]
struct Before {
    captures: HashMap<CaptureId, String>,
    /// Speaker, verb, polarity and content of each claim.
    claims: HashMap<ClaimId, [String; 4]>,
}

impl Before {
    fn note(&mut self, record: &Record) {
        match record {
            Record::Article(_) => *self = Self::default(),
            Record::Capture(capture) => {
                self.captures.insert(capture.id, stamp(capture.captured));
            }
            Record::Claim(stored) => {
                let claim = &stored.claim;
                let told =
                    [cell(claim.speaker()), cell(claim.cue.as_ref().map(|cue| &cue.text)), name(&claim.polarity)];
                let [speaker, cue, polarity] = told;
                self.claims.insert(stored.id, [speaker, cue, polarity, claim.content.text.clone()]);
            }
            _ => {}
        }
    }
}

/// The tables there are.
pub(super) const TABLES: [Table; 7] = [
    Table { name: "articles", columns: &["article", "key", "title", "language", "urls"], cells: article },
    Table {
        name: "captures",
        columns: &[
            "capture",
            "article",
            "captured",
            "status",
            "reason",
            "origin",
            "url",
            "final_url",
            "path",
            "extractor",
            "extractor_version",
            "raw_hash",
            "version",
        ],
        cells: capture,
    },
    Table {
        name: "versions",
        columns: &["version", "article", "number", "language", "engine", "pack", "text_hash", "text"],
        cells: version,
    },
    Table {
        name: "claims",
        columns: claim_columns!(
            ["claim", "version", "number", "history"],
            ["start_byte", "end_byte", "headline", "rule", "confidence"]
        ),
        cells: claim,
    },
    Table { name: "histories", columns: &["history", "article"], cells: thread },
    Table {
        name: "changes",
        columns: &[
            "event",
            "history",
            "status",
            "severity",
            "facets",
            "declared",
            "not_before",
            "not_after",
            "old_claim",
            "new_claim",
            "old_speaker",
            "new_speaker",
            "old_cue",
            "new_cue",
            "old_polarity",
            "new_polarity",
            "old_content",
            "new_content",
        ],
        cells: event,
    },
    Table { name: "speakers", columns: &["speaker", "name"], cells: speaker },
];

/// Writes the records of the table that was asked for.
pub(super) fn write(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let Some(table) = TABLES.iter().find(|table| table.name == job.table) else { return Ok(()) };
    let mut lines = csv::Writer::from_writer(out);
    let written = |result: csv::Result<()>| result.map_err(|error| CommandError::from(std::io::Error::from(error)));
    written(lines.write_record(table.columns))?;
    rows(job, table, |cells| written(lines.write_record(cells)))?;
    Ok(lines.flush()?)
}

/// Gives each row of a table to `sink`, in the order of the records.
pub(super) fn rows(
    job: &Job<'_>,
    table: &Table,
    mut sink: impl FnMut(Vec<String>) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut before = Before::default();
    job.history.export(job.articles, |record| {
        let cells = (table.cells)(&record, &before);
        before.note(&record);
        cells.map_or(Ok(()), &mut sink)
    })
}

fn article(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Article(article) = record else { return None };
    let urls = article.urls.join(" ");
    Some(vec![article.id.to_string(), article.key.clone(), cell(article.title.as_ref()), cell(article.language), urls])
}

fn capture(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Capture(capture) = record else { return None };
    let mut cells = vec![capture.id.to_string(), capture.article.to_string(), stamp(capture.captured)];
    cells.extend([name(&capture.status), cell(capture.reason.as_ref()), name(&capture.origin)]);
    let given = [
        &capture.url,
        &capture.final_url,
        &capture.path,
        &capture.extractor,
        &capture.extractor_version,
        &capture.raw_hash,
    ];
    cells.extend(given.map(|value| cell(value.as_ref())));
    cells.push(cell(capture.version));
    Some(cells)
}

fn version(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Version(version) = record else { return None };
    let mut cells = vec![version.id.to_string(), version.article.to_string(), cell(version.number)];
    cells.extend([cell(version.language), version.engine.clone(), cell(version.pack.as_ref())]);
    cells.extend([version.text_hash.clone(), version.text.clone()]);
    Some(cells)
}

fn claim(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Claim(stored) = record else { return None };
    let claim = &stored.claim;
    let extent = claim.content.extent();
    let mut cells = vec![stored.id.to_string(), stored.version.to_string(), claim.id.to_string(), cell(stored.history)];
    cells.extend(claim_cells(claim));
    cells.extend([cell(extent.map(|extent| extent.start)), cell(extent.map(|extent| extent.end))]);
    cells.extend([claim.headline.to_string(), claim.rule.clone(), claim.confidence.to_string()]);
    Some(cells)
}

fn thread(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Thread(thread) = record else { return None };
    Some(vec![thread.id.to_string(), thread.article.to_string()])
}

fn event(record: &Record, before: &Before) -> Option<Vec<String>> {
    let Record::Event(event) = record else { return None };
    let facets: Vec<String> = event.facets.iter().map(name).collect();
    let claim = |id: Option<ClaimId>| before.claims.get(&id?).cloned();
    let (old, new) = (claim(event.old).unwrap_or_default(), claim(event.new).unwrap_or_default());
    let mut cells = vec![event.id.to_string(), event.history.to_string(), name(&event.status), name(&event.severity)];
    cells.extend([facets.join(" "), event.declared.to_string()]);
    cells.extend([event.not_before, event.not_after].map(|capture| cell(before.captures.get(&capture))));
    cells.extend([cell(event.old), cell(event.new)]);
    cells.extend(old.into_iter().zip(new).flat_map(|(old, new)| [old, new]));
    Some(cells)
}

fn speaker(record: &Record, _: &Before) -> Option<Vec<String>> {
    let Record::Speaker(speaker) = record else { return None };
    Some(vec![speaker.id.to_string(), speaker.name.clone()])
}
