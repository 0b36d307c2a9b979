//! Small articles and a simple comparison, so that the tests of the history do not hang on how claims are compared.

use std::fs;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use isnad_core::{
    Article, Claim, Cue, Kind, Language, LanguagePack, Mode, Passage, Polarity, ResolvedBy, Source, SourceKind, Span,
    Stance,
};
use isnad_diff::{Change, Comparison, Facet, Link, Severity, Status, Version};
use tempfile::TempDir;

use crate::history::Compare;
use crate::{Attempt, History, OpenOptions, Origin, Reading, Recorded, Recording, StoreError};

pub(crate) const URL: &str = "https://news.example/story";

/// The file of a history with nothing in it: making one waits for the disk several times.
static EMPTY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    drop(History::open(&path, OpenOptions::write()).unwrap());
    fs::read(path).unwrap()
});

/// A history in a folder that goes when the test ends.
pub(crate) struct Bench {
    pub(crate) history: History,
    _folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::comparing_with(compare_by_topic)
    }

    pub(crate) fn comparing_with(compare: Compare) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("isnad.db");
        fs::write(&path, &*EMPTY).unwrap();
        let history = History::open(path, OpenOptions::write()).unwrap();
        // These tests ask what is recorded, not whether it outlasts a power cut; waiting for the disk is most of their time.
        history.connection().pragma_update(None, "synchronous", "OFF").unwrap();
        Self { history: history.comparing_with(compare), _folder: folder }
    }

    /// Records that at `time` the story read `lines`.
    pub(crate) fn saw(&mut self, time: i64, lines: &[&str]) -> Recorded {
        let (article, claims) = story(lines);
        self.record(time, Attempt::Read(reading(&article, &claims))).unwrap()
    }

    /// Records that at `time` the story read `lines`, and that somebody vouches for it.
    pub(crate) fn vouched(&mut self, time: i64, lines: &[&str]) -> Recorded {
        let (article, claims) = story(lines);
        let attempt = Attempt::Read(reading(&article, &claims));
        let recording = Recording { url: Some(URL), vouched: true, ..Recording::new(at(time), Origin::Live, attempt) };
        self.history.record(&recording).unwrap()
    }

    pub(crate) fn failed(&mut self, time: i64) -> Recorded {
        self.record(time, Attempt::Failed { reason: "status 500" }).unwrap()
    }

    /// Records that at `time` something was got that read `lines` but may not be the story.
    pub(crate) fn doubted(&mut self, time: i64, lines: &[&str]) -> Recorded {
        let (article, claims) = story(lines);
        let reading = Some(reading(&article, &claims));
        self.record(time, Attempt::Uncertain { reason: "nearly empty", reading }).unwrap()
    }

    pub(crate) fn record(&mut self, time: i64, attempt: Attempt<'_>) -> Result<Recorded, StoreError> {
        let recording = Recording { url: Some(URL), ..Recording::new(at(time), Origin::Live, attempt) };
        self.history.record(&recording)
    }
}

/// That many hours after midnight of 3 March 2026.
pub(crate) fn at(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_496_000 + hours * 3600, 0).unwrap()
}

pub(crate) fn reading<'a>(article: &'a Article, claims: &'a [Claim]) -> Reading<'a> {
    Reading::new(article, claims, LanguagePack::builtin(Language::ENGLISH))
}

/// An article of lines such as `Minister: bridge closed`, each a claim: the speaker, then the content.
pub(crate) fn story(lines: &[&str]) -> (Article, Vec<Claim>) {
    let mut article = Article::from_text(lines.join("\n"), Some(Language::ENGLISH));
    article.metadata.title = Some("The story".into());
    let claims = (1..).zip(article.blocks()).filter_map(|(id, block)| claim(id, article.text(), block.span)).collect();
    (article, claims)
}

fn claim(id: u32, text: &str, line: Span) -> Option<Claim> {
    let colon = line.start + line.of(text).find(": ")?;
    let spans = |start, end| Passage::new(text, vec![Span::new(start, end)]);
    let (source, cue) = (spans(line.start, colon), spans(colon, colon + 1));
    Some(Claim {
        id,
        kind: Kind::Indirect,
        mode: Mode::Speech,
        content: spans(colon + 2, line.end),
        cue: Some(Cue { text: cue.text, spans: cue.spans, lemma: ":".into(), stance: Stance::Report }),
        source: Some(Source {
            speaker: Some(source.text.clone()),
            text: source.text,
            spans: source.spans,
            kind: SourceKind::Person,
            resolved_by: ResolvedBy::Clause,
        }),
        channel: None,
        polarity: Polarity::Affirmed,
        realised: true,
        quoted: Vec::new(),
        quantities: Vec::new(),
        dates: Vec::new(),
        hedges: Vec::new(),
        nested_in: None,
        headline: false,
        rule: "test/line".into(),
        confidence: 0.9,
    })
}

/// Claims with the same content are the same; so are claims about the same topic (the content's first word) where each
/// version has just one left; where one has several, none is taken.
fn compare_by_topic(old: Version<'_>, new: Version<'_>, _: &LanguagePack) -> Comparison {
    let mut comparison = Comparison::default();
    let (mut olds, mut news): (Vec<&Claim>, Vec<&Claim>) = (old.claims.iter().collect(), new.claims.iter().collect());
    olds.retain(|&a| {
        let twin = news.iter().position(|b| a.content.text == b.content.text);
        let Some(twin) = twin else { return true };
        let b = news.remove(twin);
        comparison.links.push(Link { old: a.id, new: b.id, score: 1.0, margin: 1.0 });
        if speaker(a) != speaker(b) {
            comparison.changes.push(change(Status::Changed, Some(a), Some(b)));
        }
        false
    });
    let about = |claims: &[&Claim], topic_of: &Claim| -> Vec<Claim> {
        claims.iter().filter(|claim| topic(claim) == topic(topic_of)).map(|&claim| claim.clone()).collect()
    };
    for &a in &olds {
        let (fits, rivals) = (about(&news, a), about(&olds, a).len());
        comparison.changes.extend(match (fits.as_slice(), rivals) {
            ([], _) => Some(change(Status::Removed, Some(a), None)),
            ([b], 1) => {
                comparison.links.push(Link { old: a.id, new: b.id, score: 0.7, margin: 0.4 });
                Some(change(Status::Changed, Some(a), Some(b)))
            }
            // Told with the claim that has several to choose from, as the real comparison does.
            ([_], _) => None,
            _ => Some(Change { candidates: fits, ..change(Status::Ambiguous, Some(a), None) }),
        });
    }
    for &b in &news {
        let (fits, rivals) = (about(&olds, b), about(&news, b).len());
        comparison.changes.extend(match (fits.as_slice(), rivals) {
            ([], _) => Some(change(Status::Added, None, Some(b))),
            ([_], _) => None,
            _ => Some(Change { candidates: fits, ..change(Status::Ambiguous, None, Some(b)) }),
        });
    }
    comparison
}

fn speaker(claim: &Claim) -> Option<&str> {
    claim.speaker()
}

fn topic(claim: &Claim) -> &str {
    claim.content.text.split(' ').next().unwrap_or_default()
}

pub(crate) fn change(status: Status, old: Option<&Claim>, new: Option<&Claim>) -> Change {
    let linked = old.is_some() && new.is_some();
    Change {
        status,
        facets: if linked { vec![Facet::Wording] } else { Vec::new() },
        severity: if linked { Severity::Medium } else { Severity::High },
        old: old.cloned(),
        new: new.cloned(),
        candidates: Vec::new(),
        details: Vec::new(),
        words: Vec::new(),
        score: linked.then_some(0.7),
        margin: linked.then_some(0.4),
        declared: false,
    }
}
