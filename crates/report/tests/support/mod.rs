//! A made-up article in which every text that comes from outside is the same, whatever it is.

use chrono::{DateTime, TimeDelta, Utc};
use isnad_core::{
    Article, Claim, Cue, Kind, Language, Mode, Passage, Polarity, ResolvedBy, Source, SourceKind, Span, Stance,
};
use isnad_diff::{Change, Detail, Facet, Severity, Status, WordChange, WordOp};
use isnad_report::Dossier;
use isnad_report::dossier::{Place, Thread};
use isnad_store::{
    ArticleId, ArticleSummary, Capture, CaptureId, CaptureStatus, ClaimId, Event, EventCounts, EventId, EventStatus,
    LogEntry, Moment, Origin, State, StoredClaim, StoredVersion, ThreadId, VersionId,
};

const ARTICLE: ArticleId = ArticleId(1);
const THREAD: ThreadId = ThreadId(1);

/// An article of two versions with one claim that changed, and a capture that failed; `text` is its title, address,
/// paragraph, and every word of its claim.
pub(crate) fn article_of(text: &str) -> Dossier {
    let versions = vec![version(1, text), version(2, text)];
    let states = vec![state(1), state(2)];
    let place = |at| Place { state: at, version: at, claim: 0 };
    let captures = vec![capture(1, CaptureStatus::Ok, text), capture(2, CaptureStatus::Ok, text), failed(3, text)];
    Dossier {
        article: summary(text),
        captures,
        states,
        versions,
        threads: vec![Thread { id: THREAD, forms: vec![place(0), place(1)], events: vec![event(text)] }],
    }
}

fn time(capture: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + capture)
}

fn moment(capture: i64) -> Moment {
    Moment { capture: CaptureId(capture), time: time(capture) }
}

fn state(number: u32) -> LogEntry {
    let moment = moment(number.into());
    let state = State { version: VersionId(number.into()), number, first: moment, last: moment, captures: 1 };
    LogEntry { state, claims: 1, events: EventCounts::default() }
}

fn summary(text: &str) -> ArticleSummary {
    ArticleSummary {
        id: ARTICLE,
        key: text.to_owned(),
        title: Some(text.to_owned()),
        url: Some(text.to_owned()),
        language: Some(Language::ENGLISH),
        captures: 3,
        versions: 2,
        first_captured: time(1),
        last_captured: time(3),
        changes: 1,
    }
}

fn capture(id: i64, status: CaptureStatus, text: &str) -> Capture {
    Capture {
        id: CaptureId(id),
        article: ARTICLE,
        captured: time(id),
        status,
        reason: None,
        origin: Origin::File,
        url: Some(text.to_owned()),
        final_url: Some(text.to_owned()),
        path: Some(text.to_owned()),
        extractor: None,
        raw_hash: None,
        version: Some(VersionId(id)),
    }
}

fn failed(id: i64, text: &str) -> Capture {
    Capture { reason: Some(text.to_owned()), version: None, ..capture(id, CaptureStatus::Failed, text) }
}

fn version(number: i64, text: &str) -> StoredVersion {
    // One paragraph, whatever breaks lines in the text.
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let line = text.replace(breaks, " ");
    let line = format!("({})", line.trim());
    let mut article = Article::from_text(line.clone(), Some(Language::ENGLISH));
    article.metadata.title = Some(text.to_owned());
    article.metadata.published = Some(text.to_owned());
    let claim = claim(text, Span::new(1, line.len() - 1));
    StoredVersion {
        id: VersionId(number),
        article_id: ARTICLE,
        number: u32::try_from(number).ok(),
        article,
        claims: vec![StoredClaim {
            id: ClaimId(number),
            article: ARTICLE,
            version: VersionId(number),
            thread: Some(THREAD),
            claim,
        }],
        engine: "0.1.0".to_owned(),
        pack: Some("en 1".to_owned()),
    }
}

fn claim(text: &str, content: Span) -> Claim {
    let text = text.to_owned();
    Claim {
        id: 1,
        kind: Kind::Direct,
        mode: Mode::Speech,
        content: Passage { text: text.clone(), spans: vec![content] },
        cue: Some(Cue { text: text.clone(), spans: Vec::new(), lemma: text.clone(), stance: Stance::Report }),
        source: Some(Source {
            text: format!("the {text}"),
            spans: Vec::new(),
            kind: SourceKind::Person,
            speaker: Some(text.clone()),
            resolved_by: ResolvedBy::Clause,
        }),
        channel: Some(Passage { text, spans: Vec::new() }),
        polarity: Polarity::Denied,
        realised: false,
        quoted: Vec::new(),
        quantities: Vec::new(),
        dates: Vec::new(),
        hedges: Vec::new(),
        nested_in: None,
        headline: false,
        rule: "test/rule".to_owned(),
        confidence: 0.9,
    }
}

fn event(text: &str) -> Event {
    let claim = claim(text, Span::new(0, 1));
    let run = |op| WordChange { op, text: text.to_owned() };
    let change = Change {
        status: Status::Changed,
        facets: vec![Facet::Quantity],
        severity: Severity::High,
        old: Some(claim.clone()),
        new: Some(claim.clone()),
        candidates: vec![claim],
        details: vec![Detail { facet: Facet::Quantity, old: Some(text.to_owned()), new: Some(text.to_owned()) }],
        words: vec![run(WordOp::Equal), run(WordOp::Delete), run(WordOp::Insert)],
        score: Some(0.9),
        margin: Some(0.4),
        declared: false,
    };
    Event {
        id: EventId(1),
        article: ARTICLE,
        thread: THREAD,
        status: EventStatus::Changed,
        facets: change.facets.clone(),
        severity: change.severity,
        old: Some(ClaimId(1)),
        new: Some(ClaimId(2)),
        not_before: moment(1),
        not_after: moment(2),
        unlike: Vec::new(),
        engine: "0.1.0".to_owned(),
        change,
    }
}
