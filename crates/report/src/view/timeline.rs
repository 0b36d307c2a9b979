//! The timeline: where captures, forms of claims and changes lie. Places are shares of the width, so that the drawing
//! fits any screen; for an interface that runs from right to left time does, too.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use isnad_store::{CaptureId, CaptureStatus, Event};
use serde::Serialize;

use super::{Named, Tongue, card_anchor};
use crate::dossier::{Dossier, Thread, speaker, verb};
use crate::phrase::Foreign;
use crate::texts::Texts;
use crate::when::{When, between};

/// The most claims that are drawn.
const MOST_ROWS: usize = 60;

/// The most captures that are drawn by themselves.
const MOST_CAPTURES: usize = 400;

/// The most marks in a row: where more happened to a claim, a mark stands for several in a row.
const MOST_MARKS: usize = 50;

/// How near, in per cent of the width, two stretches may come before they are drawn as one.
const NEAREST_BARS: f64 = 0.25;

/// How many characters of a claim stand beside its row.
const LABEL: usize = 60;

/// How near, in per cent of the width, the labels of the axis may come.
const NEAREST_LABELS: f64 = 20.0;

/// The drawing.
#[derive(Debug, Serialize)]
pub(crate) struct Timeline {
    ticks: Vec<Tick>,
    captures: Vec<CaptureMark>,
    captures_said: String,
    /// What came of captures here, for the legend.
    statuses: Vec<Named>,
    rows: Vec<Row>,
    more: Option<String>,
}

/// A labelled time on the axis.
#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    when: When,
    /// Which end of the label lies at the place: `start`, `middle` or `end`.
    anchor: &'static str,
}

/// A capture on the axis.
#[derive(Debug, Serialize)]
struct CaptureMark {
    x: f64,
    status: Named,
    when: String,
}

/// The life of a claim.
#[derive(Debug, Serialize)]
struct Row {
    thread: i64,
    card: String,
    speaker: Option<Foreign>,
    /// The verb; without it a denial reads as if it were said.
    verb: Option<Foreign>,
    words: Foreign,
    tongue: Tongue,
    bars: Vec<Bar>,
    /// Between two captures that saw the claim and between which it did not change.
    same: Vec<Bar>,
    marks: Vec<EventMark>,
    /// The row in words, for those who do not see it.
    said: Vec<String>,
}

/// A stretch of the row.
#[derive(Debug, Serialize)]
struct Bar {
    from: f64,
    to: f64,
}

/// Something that happened, or the greatest of several things that did one after the other.
#[derive(Debug, Serialize)]
struct EventMark {
    from: f64,
    x: f64,
    to: f64,
    status: Named,
    /// `high`, `medium`, `low`, or `none` where it does not count.
    severity: String,
    said: String,
}

/// Where moments lie.
struct Axis {
    times: Vec<DateTime<Utc>>,
    /// When captures did not see the article for certain.
    unseen: Vec<DateTime<Utc>>,
    is_mirrored: bool,
}

/// The free space at either end, in per cent of the width.
const MARGIN: f64 = 2.5;

/// Half the width of the gap at a capture that did not see the article, in per cent of the width.
const HALF_GAP: f64 = 1.6;

impl Axis {
    fn new(dossier: &Dossier, texts: &Texts) -> Self {
        let mut times: Vec<DateTime<Utc>> = dossier.captures.iter().map(|capture| capture.captured).collect();
        times.sort_unstable();
        times.dedup();
        let unseen = dossier.captures.iter().filter(|capture| capture.status != CaptureStatus::Ok);
        let mut unseen: Vec<DateTime<Utc>> = unseen.map(|capture| capture.captured).collect();
        unseen.sort_unstable();
        Self { times, unseen, is_mirrored: texts.is_mirrored() }
    }

    /// The stretch between two captures that saw the same, with a gap at each in between that saw nothing for certain.
    fn seen(&self, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<Bar> {
        let onwards = if self.is_mirrored { -HALF_GAP } else { HALF_GAP };
        let is_after = |x: f64, other: f64| (x - other) * onwards > 0.0;
        let (mut from, to) = (self.at(first), self.at(last));
        let mut bars = Vec::new();
        let begin = self.unseen.partition_point(|time| *time <= first);
        for time in self.unseen.iter().skip(begin).take_while(|time| **time < last) {
            let x = self.at(*time);
            let end = rounded(x - onwards);
            // The captures at either end saw it, however near to them another failed.
            match is_after(end, from) {
                true => bars.push(Bar { from, to: end }),
                false if bars.is_empty() => bars.push(Bar { from, to: from }),
                false => {}
            }
            from = rounded(x + onwards);
        }
        bars.push(Bar { from: if is_after(to, from) { from } else { to }, to });
        bars
    }

    /// The place of a moment in per cent of the width: half by its time, half by how many captures came before it, so that
    /// neither a long silence nor a burst of captures takes all the room.
    #[allow(clippy::cast_precision_loss, reason = "places on a screen")]
    fn at(&self, time: DateTime<Utc>) -> f64 {
        let (Some(first), Some(last)) = (self.times.first(), self.times.last()) else { return 50.0 };
        let whole = (*last - *first).num_milliseconds() as f64;
        if whole <= 0.0 {
            return 50.0;
        }
        let by_time = (time - *first).num_milliseconds() as f64 / whole;
        let rank = self.times.partition_point(|known| *known < time);
        let by_rank = rank as f64 / (self.times.len() - 1) as f64;
        let share = f64::midpoint(by_time, by_rank).clamp(0.0, 1.0);
        let x = MARGIN + share * (100.0 - 2.0 * MARGIN);
        rounded(if self.is_mirrored { 100.0 - x } else { x })
    }

    /// The ends, and as many other captures as there is room to label.
    fn ticks(&self, texts: &Texts) -> Vec<Tick> {
        let (Some(first), Some(last)) = (self.times.first(), self.times.last()) else { return Vec::new() };
        let tick = |time: DateTime<Utc>, anchor| Tick { x: self.at(time), when: When::short(time, texts), anchor };
        if first == last {
            return vec![tick(*first, "middle")];
        }
        let end = self.at(*last);
        let mut ticks = vec![tick(*first, "start")];
        let mut before = self.at(*first) + if self.is_mirrored { -NEAREST_LABELS } else { NEAREST_LABELS } / 2.0;
        for time in &self.times {
            let x = self.at(*time);
            if (x - before).abs() >= NEAREST_LABELS && (end - x).abs() >= NEAREST_LABELS * 1.5 {
                ticks.push(tick(*time, "middle"));
                before = x;
            }
        }
        ticks.push(tick(*last, "end"));
        ticks
    }
}

/// To hundredths: what is finer nobody sees, and it makes pages longer.
fn rounded(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

impl Timeline {
    pub(crate) fn new(dossier: &Dossier, texts: &Texts) -> Self {
        let axis = Axis::new(dossier, texts);
        let skipped = dossier.captures.len().saturating_sub(MOST_CAPTURES);
        let captures = dossier.captures.iter().skip(skipped).map(|capture| CaptureMark {
            x: axis.at(capture.captured),
            status: Named::new(texts, "capture", &capture.status),
            when: When::new(capture.captured, texts).words,
        });
        let rows = dossier.threads.iter().take(MOST_ROWS).filter_map(|thread| Row::new(dossier, thread, &axis, texts));
        let more = || texts.fill("timeline", "more", &[("count", &MOST_ROWS.to_string())]);
        let (statuses, captures_said) = statuses(dossier, texts);
        Self {
            ticks: axis.ticks(texts),
            captures: captures.collect(),
            captures_said,
            statuses,
            rows: rows.collect(),
            more: (dossier.threads.len() > MOST_ROWS).then(more),
        }
    }
}

/// What came of the captures, and how many there are of each kind in words.
fn statuses(dossier: &Dossier, texts: &Texts) -> (Vec<Named>, String) {
    let count = |status| dossier.captures.iter().filter(|capture| capture.status == status).count();
    let kinds = [CaptureStatus::Ok, CaptureStatus::Uncertain, CaptureStatus::Failed];
    let found = kinds.into_iter().filter(|status| count(*status) > 0);
    let (statuses, said): (Vec<Named>, Vec<String>) = found
        .map(|status| {
            let name = Named::new(texts, "capture", &status);
            let said = format!("{}: {}", name.word, count(status));
            (name, said)
        })
        .unzip();
    (statuses, said.join(texts.word("list", "item")))
}

impl Row {
    fn new(dossier: &Dossier, thread: &Thread, axis: &Axis, texts: &Texts) -> Option<Self> {
        let claim = &dossier.newest_form(thread)?.claim;
        let version = dossier.versions.get(thread.forms.last()?.version)?;
        let cue = verb(claim);
        let (bars, same) = bars(dossier, thread, axis);
        let together = thread.events.len().div_ceil(MOST_MARKS).max(1);
        let marks = thread.events.chunks(together).filter_map(|events| EventMark::new(events, axis, texts));
        let marks: Vec<EventMark> = marks.collect();
        Some(Self {
            thread: thread.id.0,
            card: card_anchor(thread.id),
            speaker: speaker(claim).map(|name| Foreign::new(name, LABEL)),
            verb: cue.map(|cue| Foreign::new(&cue.text, LABEL)),
            words: Foreign::new(&claim.content.text, LABEL),
            tongue: Tongue::of(version.article.metadata.language),
            bars,
            same,
            said: said(dossier, thread, &marks, texts),
            marks,
        })
    }
}

/// The stretches in which captures saw the claim, and those between two of them in which it did not change.
fn bars(dossier: &Dossier, thread: &Thread, axis: &Axis) -> (Vec<Bar>, Vec<Bar>) {
    let (mut bars, mut same): (Vec<Bar>, Vec<Bar>) = (Vec::new(), Vec::new());
    let changes: HashSet<CaptureId> = thread.changes().map(|event| event.not_after.capture).collect();
    let mut last: Option<(usize, f64)> = None;
    for place in &thread.forms {
        let Some(entry) = dossier.states.get(place.state) else { continue };
        let state = entry.state;
        let (from, to) = (axis.at(state.first.time), axis.at(state.last.time));
        let is_same = !changes.contains(&state.first.capture);
        if let Some((_, end)) = last.filter(|(before, _)| before + 1 == place.state && is_same) {
            lengthen(&mut same, Bar { from: end, to: from });
        }
        axis.seen(state.first.time, state.last.time).into_iter().for_each(|bar| lengthen(&mut bars, bar));
        last = Some((place.state, to));
    }
    (bars, same)
}

/// Adds a stretch that follows the others: to the last of them, where it begins next to its end.
fn lengthen(bars: &mut Vec<Bar>, bar: Bar) {
    match bars.last_mut().filter(|last| (last.to - bar.from).abs() < NEAREST_BARS) {
        Some(last) => last.to = bar.to,
        None => bars.push(bar),
    }
}

impl EventMark {
    /// The mark of events in the order of time, where the greatest of them lies; `None` if there are none.
    fn new(events: &[Event], axis: &Axis, texts: &Texts) -> Option<Self> {
        let event = events.iter().max_by_key(|event| (event.status.counts(), event.severity))?;
        let (from, to) = (axis.at(event.not_before.time), axis.at(event.not_after.time));
        let severity = Named::new(texts, "severity", &event.severity);
        let status = Named::new(texts, "status", &event.status);
        let when = between(event.not_before.time, event.not_after.time, texts);
        let (mut said, severity) = match event.status.counts() {
            true => (format!("{} ({}) {when}", status.word, severity.word), severity.name),
            false => (format!("{} {when}", status.word), "none".to_owned()),
        };
        let x = rounded(f64::midpoint(from, to));
        let (first, last) = (events.first()?, events.last()?);
        if events.len() > 1 {
            let others = (events.len() - 1).to_string();
            said.push_str(&texts.fill("timeline", "others", &[("count", &others)]));
        }
        let (from, to) = (axis.at(first.not_before.time), axis.at(last.not_after.time));
        Some(Self { from, x, to, said, status, severity })
    }
}

fn said(dossier: &Dossier, thread: &Thread, marks: &[EventMark], texts: &Texts) -> Vec<String> {
    let state = |place: Option<&crate::dossier::Place>| Some(dossier.states.get(place?.state)?.state);
    let mut said = Vec::new();
    if let (Some(first), Some(last)) = (state(thread.forms.first()), state(thread.forms.last())) {
        let (first, last) = (When::short(first.first.time, texts), When::short(last.last.time, texts));
        said.push(texts.fill("timeline", "row", &[("first", &first.words), ("last", &last.words)]));
    }
    match marks {
        [] => said.push(texts.word("timeline", "unchanged").to_owned()),
        _ => said.extend(marks.iter().map(|mark| mark.said.clone())),
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::days(day)
    }

    #[test]
    fn what_no_capture_saw_is_a_gap_whichever_way_time_runs() {
        for is_mirrored in [false, true] {
            let axis = Axis { times: (0..=10).map(day).collect(), unseen: vec![day(5)], is_mirrored };
            let (whole, broken) = (axis.seen(day(0), day(4)), axis.seen(day(0), day(10)));
            assert_eq!((whole.len(), broken.len()), (1, 2), "{broken:?}");
            let x = axis.at(day(5));
            let reaches = |bar: &Bar| (bar.from.min(bar.to)..=bar.from.max(bar.to)).contains(&x);
            assert!(!broken.iter().any(reaches), "{broken:?}");
        }
    }

    #[test]
    fn gaps_that_run_into_each_other_are_one_and_both_ends_stay() {
        let axis =
            Axis { times: (0..=1_000).map(day).collect(), unseen: (1..1_000).map(day).collect(), is_mirrored: false };
        let bars = axis.seen(day(0), day(1_000));
        let ends: Vec<(f64, f64)> = bars.iter().map(|bar| (bar.from, bar.to)).collect();
        assert_eq!(ends, [(MARGIN, MARGIN), (100.0 - MARGIN, 100.0 - MARGIN)]);
    }
}
