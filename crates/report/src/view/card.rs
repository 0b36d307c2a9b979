//! The card of a claim: who says it and how, and its forms one under the other with the changed words marked.

use std::collections::HashMap;

use isnad_core::{Claim, Polarity, Span};
use isnad_diff::{Change, Detail, Facet, Severity, Status, WordChange, WordOp};
use isnad_store::{Event, EventStatus, ThreadId};
use serde::Serialize;

use super::pane::shows;
use super::segment::{Mark, Segment, segments};
use super::speakers::Directory;
use super::{HUES, Named, Tongue, card_anchor, text_anchor};
use crate::dossier::{Dossier, Thread, speaker, verb};
use crate::phrase::{Foreign, Phrase};
use crate::shown::{LONGEST_CLAIM, LONGEST_NAME, made_visible};
use crate::texts::Texts;
use crate::when::{When, between};

/// The card of a claim.
#[derive(Debug, Serialize)]
pub(crate) struct Card {
    pub(crate) thread: i64,
    anchor: String,
    hue: usize,
    /// The greatest severity of its changes.
    severity: Option<Named>,
    /// What is said of it where nothing happened to it that counts.
    quiet: String,
    /// What the filter for severity looks for, and that for facets.
    severities: &'static str,
    facets: Vec<Named>,
    /// The numbers of its speakers, for the filter.
    speakers: Vec<usize>,
    says: Attribution,
    tongue: Tongue,
    is_current: bool,
    place: Option<Stand>,
    forms: Vec<Form>,
    /// That not all forms are shown, where that is so.
    more: Option<String>,
}

/// Where the newest form of a claim stands.
#[derive(Debug, Serialize)]
struct Stand {
    /// The anchor in the text of the version, where a page shows that.
    anchor: Option<String>,
    said: String,
}

/// Who says a claim and how.
#[derive(Debug, Serialize)]
pub(crate) struct Attribution {
    pub(crate) speaker: Option<Foreign>,
    written_as: Option<Phrase>,
    verb: Option<Foreign>,
    stance: Option<String>,
    channel: Option<Foreign>,
    kind: Named,
    /// What sets it apart from something simply said: denied, withheld, only expected.
    remarks: Vec<String>,
    nested: Option<String>,
    /// In per cent.
    confidence: u32,
}

/// A form of a claim, or what became of it.
#[derive(Debug, Serialize)]
pub(crate) struct Form {
    pub(crate) status: Option<Named>,
    severity: Option<Named>,
    when: String,
    pub(crate) facets: Vec<FacetLine>,
    remarks: Vec<String>,
    runs: Vec<Run>,
    may_be: Vec<Foreign>,
}

/// A facet with what it was and what it is.
#[derive(Debug, Serialize)]
pub(crate) struct FacetLine {
    name: String,
    pub(crate) word: String,
    details: Vec<Phrase>,
}

/// A run of words.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    pub(crate) op: &'static str,
    pub(crate) text: String,
}

/// The most changes of a claim that stand on its card beside others, the newest.
pub(crate) const MOST_CHANGES: usize = 100;

/// The most claims that one page has cards for.
pub(crate) const MOST_CARDS: usize = 400;

/// How a page shows each thread.
pub(crate) type Looks = HashMap<ThreadId, Look>;

/// How a page shows a thread.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    /// Which of [`HUES`] colours.
    pub(crate) hue: usize,
    /// Whether it has a card.
    pub(crate) has_card: bool,
}

/// A colour for each thread, by the order of first appearance: neighbours in the text get different ones.
pub(crate) fn looks(dossier: &Dossier) -> Looks {
    let mut order: Vec<(usize, &Thread)> = dossier.threads.iter().enumerate().collect();
    order.sort_by_key(|(_, thread)| thread.forms.first().map(|place| (place.state, place.claim)));
    let look = |(at, (rank, thread)): (usize, (usize, &Thread))| {
        (thread.id, Look { hue: at % HUES, has_card: rank < MOST_CARDS })
    };
    order.into_iter().enumerate().map(look).collect()
}

impl Card {
    /// The card of a thread with its first form and the newest of what happened to it, at most `most`.
    pub(crate) fn new(
        dossier: &Dossier,
        thread: &Thread,
        speakers: &Directory,
        looks: &Looks,
        most: usize,
        texts: &Texts,
    ) -> Option<Self> {
        let stored = dossier.newest_form(thread)?;
        let version = dossier.versions.get(thread.forms.last()?.version)?;
        let mut facets: Vec<Facet> = thread.changes().flat_map(|event| event.facets.iter().copied()).collect();
        facets.sort();
        facets.dedup();
        let mut numbers: Vec<usize> =
            (thread.forms.iter()).filter_map(|place| speakers.number(&dossier.claim(*place)?.claim)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let outer = stored.claim.nested_in.and_then(|outer| {
            version.claims.iter().find(|other| other.claim.id == outer).and_then(|other| other.thread)
        });
        Some(Self {
            thread: thread.id.0,
            anchor: card_anchor(thread.id),
            hue: looks.get(&thread.id).copied().unwrap_or_default().hue,
            severity: thread.severity().map(|severity| Named::new(texts, "severity", &severity)),
            quiet: texts.word("claims", if thread.events.is_empty() { "unchanged" } else { "trifles" }).to_owned(),
            severities: severities(thread.severity()),
            facets: facets.iter().map(|facet| Named::new(texts, "facet", facet)).collect(),
            speakers: numbers,
            says: Attribution::new(&stored.claim, outer, texts),
            tongue: Tongue::of(version.article.metadata.language),
            is_current: dossier.is_current(thread),
            place: version.number.map(|number| Stand {
                anchor: shows(dossier, version, &stored.claim).then(|| text_anchor(number, stored.claim.id)),
                said: texts.fill(
                    "claims",
                    "to_text",
                    &[("claim", &stored.claim.id.to_string()), ("version", &number.to_string())],
                ),
            }),
            forms: forms(dossier, thread, most, texts),
            more: (thread.events.len() > most)
                .then(|| texts.fill("claims", "more_changes", &[("count", &most.to_string())])),
        })
    }
}

/// What the filter for severity looks for: each claim answers to its own severity and those below.
const fn severities(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::High) => "high medium any",
        Some(Severity::Medium) => "medium any",
        Some(Severity::Low) => "any",
        None => "unchanged",
    }
}

impl Attribution {
    /// The attribution of a claim; `outer` is the claim that holds it.
    pub(crate) fn new(claim: &Claim, outer: Option<ThreadId>, texts: &Texts) -> Self {
        let name = speaker(claim);
        let written = claim.source.as_ref().map(|source| source.text.as_str());
        let written = written.filter(|written| !written.is_empty() && Some(*written) != name);
        let cue = verb(claim);
        let mut remarks = Vec::new();
        if claim.polarity != Polarity::Affirmed {
            remarks.push(texts.name("polarity", &claim.polarity));
        }
        if !claim.realised {
            remarks.push(texts.word("realised", "no").to_owned());
        }
        Self {
            speaker: name.map(|name| Foreign::new(name, LONGEST_NAME)),
            written_as: written.map(|written| {
                texts.phrase("claims", "written_as", &[("source", &Foreign::new(written, LONGEST_NAME))])
            }),
            verb: cue.map(|cue| Foreign::new(&cue.text, LONGEST_NAME)),
            // What the verb means says nothing of what was not said: *has not denied* is no denial.
            stance: cue.filter(|_| claim.polarity != Polarity::Withheld).map(|cue| texts.name("stance", &cue.stance)),
            channel: claim.channel.as_ref().map(|channel| Foreign::new(&channel.text, LONGEST_NAME)),
            kind: Named::new(texts, "kind", &claim.kind),
            remarks,
            nested: outer.map(|outer| texts.fill("claims", "nested", &[("claim", &outer.to_string())])),
            confidence: percent(claim.confidence),
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
fn percent(share: f32) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// The first form, then what happened to it, in the order of time: the newest `most`.
fn forms(dossier: &Dossier, thread: &Thread, most: usize, texts: &Texts) -> Vec<Form> {
    let mut forms = Vec::new();
    let is_told = thread.events.iter().any(|event| event.status == EventStatus::Added);
    let first = thread.forms.first().filter(|_| !is_told);
    if let Some((stored, entry)) =
        first.and_then(|place| Some((dossier.claim(*place)?, dossier.states.get(place.state)?)))
    {
        let when = When::new(entry.state.first.time, texts);
        forms.push(Form {
            status: None,
            severity: None,
            when: texts.fill("claims", "first_seen", &[("when", &when.words)]),
            facets: Vec::new(),
            remarks: Vec::new(),
            runs: whole(&stored.claim),
            may_be: Vec::new(),
        });
    }
    let skipped = thread.events.len().saturating_sub(most);
    // Where the first form is told as what came, that stays.
    let is_kept = |at: usize| at >= skipped || (is_told && at == 0);
    let kept = thread.events.iter().enumerate().filter(|(at, _)| is_kept(*at));
    forms.extend(kept.map(|(_, event)| Form::of(event, texts)));
    forms
}

impl Form {
    /// What an event was.
    pub(crate) fn of(event: &Event, texts: &Texts) -> Self {
        let change = &event.change;
        let mut remarks = Vec::new();
        match event.status {
            EventStatus::Ambiguous => remarks.push("ambiguous"),
            EventStatus::Moved | EventStatus::Cosmetic => {}
            _ if change.declared => remarks.push("declared"),
            _ => remarks.push("silent"),
        }
        if !event.unlike.is_empty() {
            remarks.push("unlike");
        }
        Self {
            status: Some(Named::new(texts, "status", &event.status)),
            severity: event.status.counts().then(|| Named::new(texts, "severity", &event.severity)),
            when: between(event.not_before.time, event.not_after.time, texts),
            remarks: remarks.into_iter().map(|key| texts.word("claims", key).to_owned()).collect(),
            ..Self::of_change(change, texts)
        }
    }

    /// A change between any two versions: when it happened is another question.
    pub(crate) fn of_change(change: &Change, texts: &Texts) -> Self {
        let remark =
            (change.status == Status::Ambiguous).then_some("ambiguous").or(change.declared.then_some("declared"));
        Self {
            status: Some(Named::new(texts, "status", &change.status)),
            severity: (!matches!(change.status, Status::Moved | Status::Cosmetic))
                .then(|| Named::new(texts, "severity", &change.severity)),
            when: String::new(),
            facets: facet_lines(change, texts),
            remarks: remark.map(|key| texts.word("claims", key).to_owned()).into_iter().collect(),
            runs: runs_of(change),
            may_be: change.candidates.iter().map(|claim| Foreign::new(&claim.content.text, LONGEST_CLAIM)).collect(),
        }
    }
}

fn facet_lines(change: &Change, texts: &Texts) -> Vec<FacetLine> {
    let line = |facet: &Facet| {
        let details = change.details.iter().filter(|detail| detail.facet == *facet);
        FacetLine {
            name: crate::texts::data_name(facet),
            word: texts.name("facet", facet),
            details: details.filter_map(|detail| told(detail, texts)).collect(),
        }
    };
    change.facets.iter().map(line).collect()
}

/// What a facet was and what it is; `None` where the words of the claim show it already.
pub(crate) fn told(detail: &Detail, texts: &Texts) -> Option<Phrase> {
    if detail.facet == Facet::Spelling {
        return None;
    }
    // The sides of these facets are names of data, not words of the article.
    let is_named = matches!(detail.facet, Facet::Polarity | Facet::Directness | Facet::Realised);
    let side = |text: &String| if is_named { texts.word("side", text).to_owned() } else { text.clone() };
    let foreign = |text: &String| Foreign::new(&side(text), LONGEST_NAME);
    let known = |side: &Option<String>| side.as_ref().filter(|side| !side.trim().is_empty()).map(foreign);
    let (pattern, old, new) = match (known(&detail.old), known(&detail.new)) {
        (Some(old), Some(new)) if detail.facet == Facet::Position => ("place", old, new),
        (Some(old), Some(new)) if is_named => ("sides", old, new),
        (Some(old), Some(new)) => ("was_is", old, new),
        (Some(old), None) => ("dropped", old, Foreign::default()),
        (None, Some(new)) => ("added", Foreign::default(), new),
        (None, None) => return None,
    };
    Some(texts.phrase("detail", pattern, &[("old", &old), ("new", &new)]))
}

/// The words of a change: what went and what came where both sides are known, else the side that is.
fn runs_of(change: &Change) -> Vec<Run> {
    match (&change.old, &change.new) {
        (Some(_), Some(_)) if change.words.iter().any(|run| run.op != WordOp::Equal) => marked(&change.words),
        (_, Some(claim)) | (Some(claim), None) => whole(claim),
        (None, None) => Vec::new(),
    }
}

fn whole(claim: &Claim) -> Vec<Run> {
    marked(&[WordChange { op: WordOp::Equal, text: claim.content.text.clone() }])
}

/// Runs of words fit to be shown; the white space around changed words is not part of what changed.
pub(crate) fn marked(words: &[WordChange]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut room = LONGEST_CLAIM;
    for run in words {
        let (text, left_out) = crate::shown::cut(&run.text, room);
        room = room.saturating_sub(text.chars().count());
        let bare = text.trim();
        let start = text.len() - text.trim_start().len();
        let (before, after) = match bare.is_empty() {
            true => (text, ""),
            false => (text.get(..start).unwrap_or_default(), text.get(start + bare.len()..).unwrap_or_default()),
        };
        let mut push = |op, text: &str| {
            // Words that came in the place of others are not written on to them.
            if op == "insert" && runs.last().is_some_and(|last: &Run| last.op == "delete") {
                runs.push(Run { op: "equal", text: " ".to_owned() });
            }
            if !text.is_empty() {
                runs.push(Run { op, text: made_visible(text).into_owned() });
            }
        };
        push("equal", before);
        match run.op {
            WordOp::Equal => push("equal", bare),
            WordOp::Delete => push("delete", bare),
            WordOp::Insert => push("insert", bare),
        }
        push("equal", after);
        if left_out > 0 {
            push("cut", &left_out.to_string());
            break;
        }
    }
    runs
}

/// A text with `marks` (bytes) on what was looked for.
pub(crate) fn plain_runs(text: &str, marks: &[Span]) -> Vec<Run> {
    let marks: Vec<Mark<()>> = marks.iter().map(|span| Mark { span: *span, what: () }).collect();
    let (kept, left_out) = crate::shown::cut(text, LONGEST_CLAIM);
    let run = |segment: &Segment<()>| Run {
        op: if !segment.under.is_empty() { "hit" } else { "equal" },
        text: made_visible(segment.span.of(kept)).into_owned(),
    };
    let mut runs: Vec<Run> = segments(Span::new(0, kept.len()), &marks).iter().map(run).collect();
    if left_out > 0 {
        runs.push(Run { op: "cut", text: left_out.to_string() });
    }
    runs
}
