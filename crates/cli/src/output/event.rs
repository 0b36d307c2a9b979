//! Events for people: what happened to a claim and between which two captures.

use std::io::{self, Write};

use isnad_core::Claim;
use isnad_store::{Event, EventCounts, EventStatus};

use super::change::{Heading, Sides, write_change};
use super::csv::{Tabular, cell};
use super::time::{between, stamp};
use super::words::{grouped, name};
use crate::terminal::Layout;

/// Prints one event; `label` goes before it.
pub(crate) fn write_event(
    out: &mut impl Write,
    layout: &Layout,
    sides: &Sides<'_>,
    label: &str,
    event: &Event,
) -> io::Result<()> {
    let mut when = between(event.not_before.time, event.not_after.time);
    if !event.unlike.is_empty() {
        let unlike: Vec<String> = event.unlike.iter().map(name).collect();
        when.push_str(&format!(" · the versions were read by another {}", unlike.join(" and ")));
    }
    let same = if event.status == EventStatus::Reintroduced { '+' } else { ' ' };
    let heading = Heading { label, fate: &fate(event.status), when: Some(&when), same };
    write_change(out, layout, sides, &heading, &event.change)
}

impl Tabular for Event {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "history",
        "status",
        "severity",
        "facets",
        "not_before",
        "not_after",
        "declared",
        "old_speaker",
        "new_speaker",
        "old_cue",
        "new_cue",
        "old_content",
        "new_content",
    ];

    fn cells(&self) -> Vec<String> {
        let change = &self.change;
        let facets: Vec<String> = self.facets.iter().map(name).collect();
        let both = |read: fn(&Claim) -> Option<&str>| {
            [&change.old, &change.new].map(|side| cell(side.as_ref().and_then(read)))
        };
        let mut cells =
            vec![self.article.to_string(), self.thread.to_string(), name(&self.status), name(&self.severity)];
        cells.extend([facets.join(" "), stamp(self.not_before.time), stamp(self.not_after.time)]);
        cells.push(change.declared.to_string());
        cells.extend(both(|claim| claim.speaker()));
        cells.extend(both(|claim| Some(&claim.cue.as_ref()?.text)));
        cells.extend(both(|claim| Some(&claim.content.text)));
        cells
    }
}

/// What happened, in a word.
pub(crate) fn fate(status: EventStatus) -> String {
    match status {
        EventStatus::Added => "new".to_owned(),
        EventStatus::Removed => "gone".to_owned(),
        EventStatus::Reintroduced => "back".to_owned(),
        EventStatus::Reverted => "changed back".to_owned(),
        EventStatus::Split => "split off".to_owned(),
        EventStatus::Merged => "merged into another".to_owned(),
        EventStatus::Cosmetic => "respelt".to_owned(),
        other => name(&other),
    }
}

/// How many claims had which fate, in words; `no changes` if none had any.
pub(crate) fn summary(counts: &EventCounts) -> String {
    let fates = [
        (counts.changed, "changed"),
        (counts.reverted, "changed back"),
        (counts.split, "split off"),
        (counts.merged, "merged"),
        (counts.added, "new"),
        (counts.removed, "gone"),
        (counts.reintroduced, "back"),
        (counts.ambiguous, "ambiguous"),
        (counts.moved, "moved"),
        (counts.cosmetic, "respelt"),
    ];
    let told: Vec<String> = fates
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, fate)| format!("{} {fate}", grouped(number as usize)))
        .collect();
    match told.is_empty() {
        true => "no claim changed".to_owned(),
        false => told.join(", "),
    }
}
