//! One table of the history as CSV.

use std::io::Write;

use isnad_core::Claim;
use isnad_store::Record;

use super::Job;
use crate::command_error::CommandError;
use crate::output::claim::claim_cells;
use crate::output::csv::cell;
use crate::output::time::stamp;
use crate::output::words::name;

/// A table that can be written.
pub(super) struct Table {
    /// What the user calls it.
    pub(super) name: &'static str,
    columns: &'static [&'static str],
    /// The cells of a record; `None` of one that belongs to another table.
    cells: fn(&Record) -> Option<Vec<String>>,
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
        columns: &[
            "claim",
            "version",
            "number",
            "history",
            "speaker",
            "source",
            "cue",
            "stance",
            "polarity",
            "kind",
            "channel",
            "content",
            "start_byte",
            "end_byte",
            "headline",
            "rule",
            "confidence",
        ],
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
            "old_claim",
            "new_claim",
            "not_before_capture",
            "not_after_capture",
            "old_speaker",
            "new_speaker",
            "old_content",
            "new_content",
        ],
        cells: event,
    },
    Table { name: "speakers", columns: &["speaker", "name"], cells: speaker },
];

/// Writes the records of the table that was asked for.
pub(super) fn write(job: &Job<'_>, out: &mut dyn Write) -> Result<(), CommandError> {
    let Some(table) = TABLES.iter().find(|table| table.name == job.table) else { return Ok(()) };
    let mut lines = csv::Writer::from_writer(out);
    let written = |result: csv::Result<()>| result.map_err(|error| CommandError::from(std::io::Error::from(error)));
    written(lines.write_record(table.columns))?;
    job.history.export(job.articles, |record| match (table.cells)(&record) {
        Some(cells) => written(lines.write_record(cells)),
        None => Ok(()),
    })?;
    Ok(lines.flush()?)
}

fn article(record: &Record) -> Option<Vec<String>> {
    let Record::Article(article) = record else { return None };
    let urls = article.urls.join(" ");
    Some(vec![article.id.to_string(), article.key.clone(), cell(article.title.as_ref()), cell(article.language), urls])
}

fn capture(record: &Record) -> Option<Vec<String>> {
    let Record::Capture(capture) = record else { return None };
    let mut cells = vec![capture.id.to_string(), capture.article.to_string(), stamp(capture.captured)];
    cells.extend([name(&capture.status), cell(capture.reason.as_ref()), name(&capture.origin)]);
    let given = [&capture.url, &capture.path, &capture.extractor, &capture.extractor_version, &capture.raw_hash];
    cells.extend(given.map(|value| cell(value.as_ref())));
    cells.push(cell(capture.version));
    Some(cells)
}

fn version(record: &Record) -> Option<Vec<String>> {
    let Record::Version(version) = record else { return None };
    let mut cells = vec![version.id.to_string(), version.article.to_string(), cell(version.number)];
    cells.extend([cell(version.language), version.engine.clone(), cell(version.pack.as_ref())]);
    cells.extend([version.text_hash.clone(), version.text.clone()]);
    Some(cells)
}

fn claim(record: &Record) -> Option<Vec<String>> {
    let Record::Claim(stored) = record else { return None };
    let claim = &stored.claim;
    let extent = claim.content.extent();
    let mut cells = vec![stored.id.to_string(), stored.version.to_string(), claim.id.to_string(), cell(stored.history)];
    cells.extend(claim_cells(claim));
    cells.extend([cell(extent.map(|extent| extent.start)), cell(extent.map(|extent| extent.end))]);
    cells.extend([claim.headline.to_string(), claim.rule.clone(), claim.confidence.to_string()]);
    Some(cells)
}

fn thread(record: &Record) -> Option<Vec<String>> {
    let Record::Thread(thread) = record else { return None };
    Some(vec![thread.id.to_string(), thread.article.to_string()])
}

fn event(record: &Record) -> Option<Vec<String>> {
    let Record::Event(event) = record else { return None };
    let facets: Vec<String> = event.facets.iter().map(name).collect();
    let sides = [&event.change.old, &event.change.new];
    let both = |read: fn(&Claim) -> Option<&str>| sides.map(|side| cell(side.as_ref().and_then(read)));
    let mut cells = vec![event.id.to_string(), event.history.to_string(), name(&event.status), name(&event.severity)];
    cells.extend([facets.join(" "), event.declared.to_string(), cell(event.old), cell(event.new)]);
    cells.extend([event.not_before.to_string(), event.not_after.to_string()]);
    cells.extend(both(|claim| claim.source.as_ref()?.speaker.as_deref()));
    cells.extend(both(|claim| Some(&claim.content.text)));
    Some(cells)
}

fn speaker(record: &Record) -> Option<Vec<String>> {
    let Record::Speaker(speaker) = record else { return None };
    Some(vec![speaker.id.to_string(), speaker.name.clone()])
}
