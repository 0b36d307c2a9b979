//! The text of a version with its claims marked.

use std::collections::HashMap;

use isnad_core::{Article, BlockRole, Claim, Kind, Span};
use isnad_store::{EventStatus, StoredClaim, StoredVersion, ThreadId};
use serde::Serialize;

use super::card::Looks;
use super::segment::{Mark, Segment, segments};
use super::{Named, Tongue, card_anchor, text_anchor};
use crate::dossier::{Dossier, speaker};
use crate::phrase::Foreign;
use crate::shown::{LONGEST_ARTICLE, LONGEST_NAME, cut, made_visible};
use crate::texts::Texts;
use crate::when::When;

/// The most versions whose text is shown in one page.
const MOST_VERSIONS: usize = 12;

/// The versions whose texts a page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Panes {
    panes: Vec<Pane>,
    /// The number of the newest version.
    newest: u32,
    more: Option<String>,
}

/// The text of a version.
#[derive(Debug, Serialize)]
pub(crate) struct Pane {
    number: u32,
    label: String,
    seen: String,
    tongue: Tongue,
    blocks: Vec<Block>,
    left_out: usize,
}

/// A paragraph or heading.
#[derive(Debug, Serialize)]
struct Block {
    role: &'static str,
    /// What it is, where that is not plain from how it looks.
    role_word: Option<String>,
    pieces: Vec<Piece>,
}

/// Words under the same marks.
#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    /// `cue`, `source` or `channel` of a claim, or empty.
    part: &'static str,
    /// The innermost claim whose content it is.
    content: Option<Content>,
    /// The claims whose content begins here.
    references: Vec<Reference>,
}

/// A claim whose content is marked.
#[derive(Debug, Serialize)]
struct Content {
    kind: &'static str,
    hue: usize,
    thread: i64,
}

/// The number of a claim at the place where its content begins.
#[derive(Debug, Serialize)]
struct Reference {
    anchor: String,
    /// The anchor of its card, if it has one.
    card: Option<String>,
    thread: i64,
    hue: usize,
    speaker: Option<Foreign>,
    /// What happened to the claim when this version came.
    note: Option<Named>,
}

/// The name of the marks on what is attributed.
const CONTENT: &str = "content";

/// What a mark stands for.
#[derive(Debug, Clone, Copy)]
struct Part {
    claim: usize,
    name: &'static str,
    /// Whether the mark is where the claim's content begins.
    is_first: bool,
}

impl Panes {
    pub(crate) fn new(dossier: &Dossier, looks: &Looks, texts: &Texts) -> Self {
        let shown = dossier.versions.iter().filter(|version| is_shown(dossier, version));
        let newest = dossier.newest().and_then(|version| version.number).unwrap_or_default();
        let panes = shown.filter_map(|version| Pane::new(dossier, version, looks, texts)).collect();
        let more = || texts.fill("article", "not_kept", &[("count", &(MOST_VERSIONS - 1).to_string())]);
        Self { panes, newest, more: (dossier.versions.len() > MOST_VERSIONS).then(more) }
    }

    /// The numbers of the versions shown.
    pub(crate) fn numbers(&self) -> Vec<u32> {
        self.panes.iter().map(|pane| pane.number).collect()
    }
}

impl Pane {
    pub(crate) fn new(dossier: &Dossier, version: &StoredVersion, looks: &Looks, texts: &Texts) -> Option<Self> {
        let number = version.number?;
        let states: Vec<_> =
            dossier.states.iter().map(|entry| entry.state).filter(|state| state.version == version.id).collect();
        let first = states.iter().map(|state| state.first.time).min()?;
        let last = states.iter().map(|state| state.last.time).max()?;
        let captures: u32 = states.iter().map(|state| state.captures).sum();
        let parts = [
            ("first", When::new(first, texts).words),
            ("last", When::new(last, texts).words),
            ("captures", captures.to_string()),
        ];
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, words)| (*name, words.as_str())).collect();
        let marking = Marking { version, number, looks, notes: notes(dossier, version, texts) };
        let (blocks, left_out) = marking.blocks(texts);
        Some(Self {
            number,
            label: texts.fill("article", "version", &[("number", &number.to_string())]),
            seen: texts.fill("article", if first == last { "seen_once" } else { "seen" }, &parts),
            tongue: Tongue::of(version.article.metadata.language),
            blocks,
            left_out,
        })
    }
}

/// Whether the page of the article shows the text of a version: the first, and the newest.
fn is_shown(dossier: &Dossier, version: &StoredVersion) -> bool {
    let number = version.number.and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
    number == 1 || number + MOST_VERSIONS > dossier.article.versions as usize + 1
}

/// Whether the page of the article shows where a claim of a version begins.
pub(crate) fn shows(dossier: &Dossier, version: &StoredVersion, claim: &Claim) -> bool {
    let kept = cut(version.article.text(), LONGEST_ARTICLE).0.len();
    is_shown(dossier, version) && claim.content.spans.first().is_some_and(|span| span.start < kept)
}

/// What happened to claims when the version was first seen.
fn notes(dossier: &Dossier, version: &StoredVersion, texts: &Texts) -> HashMap<ThreadId, Named> {
    let Some(entry) = dossier.states.iter().find(|entry| entry.state.version == version.id) else {
        return HashMap::new();
    };
    let events = dossier.threads.iter().flat_map(|thread| &thread.events);
    events
        .filter(|event| event.not_after.capture == entry.state.first.capture && event.new.is_some())
        .filter(|event| event.status != EventStatus::Cosmetic)
        .map(|event| (event.thread, Named::new(texts, "status", &event.status)))
        .collect()
}

/// The marking of one version.
struct Marking<'a> {
    version: &'a StoredVersion,
    number: u32,
    looks: &'a Looks,
    notes: HashMap<ThreadId, Named>,
}

impl Marking<'_> {
    /// The blocks, and how many characters of the article are left out at the end.
    fn blocks(&self, texts: &Texts) -> (Vec<Block>, usize) {
        let article = &self.version.article;
        let marks = self.marks();
        let (kept, left_out) = cut(article.text(), LONGEST_ARTICLE);
        let mut blocks = Vec::new();
        let mut next = 0;
        for block in article.blocks().iter().take_while(|block| block.span.start < kept.len()) {
            let within = Span::new(block.span.start, block.span.end.min(kept.len()));
            // Marks are in the order of their starts; those of a content that began in an earlier block are split by it.
            while marks.get(next).is_some_and(|mark| mark.span.end <= within.start) {
                next += 1;
            }
            let reach = marks.get(next..).unwrap_or_default();
            let reach = reach.partition_point(|mark| mark.span.start < within.end);
            let of_block = marks.get(next..next + reach).unwrap_or_default();
            let pieces = segments(within, of_block).iter().map(|segment| self.piece(segment, article)).collect();
            blocks.push(Block {
                role: role(block.role),
                role_word: (!is_plain(block.role)).then(|| texts.name("role", &block.role)),
                pieces,
            });
        }
        (blocks, left_out)
    }

    /// All marks, none across a line, in the order of the text.
    fn marks(&self) -> Vec<Mark<Part>> {
        let mut marks = Vec::new();
        for (at, stored) in self.version.claims.iter().enumerate() {
            let claim = &stored.claim;
            let mut add = |name, spans: &[Span], is_content: bool| {
                for (index, span) in spans.iter().enumerate() {
                    let lines = lines(*span, self.version.article.text());
                    marks.extend(lines.into_iter().enumerate().map(|(line, span)| Mark {
                        span,
                        what: Part { claim: at, name, is_first: is_content && index == 0 && line == 0 },
                    }));
                }
            };
            add(CONTENT, &claim.content.spans, true);
            add("cue", claim.cue.as_ref().map_or(&[], |cue| &cue.spans), false);
            add("source", claim.source.as_ref().map_or(&[], |source| &source.spans), false);
            add("channel", claim.channel.as_ref().map_or(&[], |channel| &channel.spans), false);
        }
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        marks
    }

    fn piece(&self, segment: &Segment<Part>, article: &Article) -> Piece {
        let text = made_visible(segment.span.of(article.text())).into_owned();
        let starts = segment.starts.iter().filter(|part| part.is_first);
        let references = starts.filter_map(|part| self.reference(self.version.claims.get(part.claim)?));
        // A cue or source that stands in the content of an outer claim is marked as both.
        let part = segment.under.first().map_or("", |part| part.name);
        let content = segment.under.iter().find(|part| part.name == CONTENT).and_then(|part| {
            let stored = self.version.claims.get(part.claim)?;
            let thread = stored.thread?;
            let hue = self.looks.get(&thread).copied().unwrap_or_default().hue;
            Some(Content { kind: kind(&stored.claim), hue, thread: thread.0 })
        });
        Piece { text, part: if part == CONTENT { "" } else { part }, content, references: references.collect() }
    }

    fn reference(&self, stored: &StoredClaim) -> Option<Reference> {
        let thread = stored.thread?;
        let look = self.looks.get(&thread).copied().unwrap_or_default();
        Some(Reference {
            anchor: text_anchor(self.number, stored.claim.id),
            card: look.has_card.then(|| card_anchor(thread)),
            thread: thread.0,
            hue: look.hue,
            speaker: speaker(&stored.claim).map(|name| Foreign::new(name, LONGEST_NAME)),
            note: self.notes.get(&thread).cloned(),
        })
    }
}

/// The span's parts on each line: a quotation may go on over paragraphs.
fn lines(span: Span, text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = span.start;
    for line in span.of(text).split('\n') {
        let end = start + line.len();
        if !line.trim().is_empty() {
            lines.push(Span::new(start, end));
        }
        start = end + 1;
    }
    lines
}

const fn kind(claim: &Claim) -> &'static str {
    match claim.kind {
        Kind::Direct => "direct",
        Kind::Indirect => "indirect",
        Kind::Mixed => "mixed",
    }
}

/// Whether readers see what a block is by how it looks.
const fn is_plain(role: BlockRole) -> bool {
    matches!(role, BlockRole::Body | BlockRole::Headline | BlockRole::Standfirst)
}

const fn role(role: BlockRole) -> &'static str {
    match role {
        BlockRole::Headline => "headline",
        BlockRole::Kicker => "kicker",
        BlockRole::Standfirst => "standfirst",
        BlockRole::Caption => "caption",
        BlockRole::Promo | BlockRole::Related => "aside",
        BlockRole::Correction => "correction",
        _ => "body",
    }
}
