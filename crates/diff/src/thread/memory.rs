//! Threads of versions that are all at hand.

use std::convert::Infallible;
use std::rc::Rc;

use isnad_core::{Article, Claim, LanguagePack};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::archive::{Archive, Kept, KeptIn};
use super::{Step, Threads};
use crate::change::Version;

/// A claim of one of several versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClaimAt {
    /// The index of its version; of versions that are the same, the index of the first.
    pub version: usize,
    /// The claim's [`Claim::id`](isnad_core::Claim::id) there.
    pub claim: u32,
}

/// The claims of several versions of an article, each followed through them.
#[derive(Debug, Clone, PartialEq)]
pub struct Threaded {
    /// For each thread its claims, in the order in which the versions were first seen.
    pub threads: Vec<Vec<ClaimAt>>,
    /// For each version but the first, what happened since the version before it.
    pub steps: Vec<Step<ClaimAt>>,
}

/// Follows the claims of an article through its versions, given in the order of time. A version that stands there more
/// than once, that is with the same text and the same claims, is one that returned.
///
/// ```
/// use isnad_core::{Article, Language, LanguagePack, extract};
/// use isnad_diff::{EventStatus, Version, thread};
///
/// let pack = LanguagePack::builtin(Language::ENGLISH).ok_or("no English pack")?;
/// let texts = [
///     "The mayor said more than 100 houses were flooded.",
///     "The harbour was calm.",
///     "The mayor said about 120 houses were flooded.",
/// ];
/// let read = |text: &str| {
///     let article = Article::from_text(text, Some(Language::ENGLISH));
///     let claims = extract(&article, pack);
///     (article, claims)
/// };
/// let versions = texts.map(read);
/// let versions: Vec<Version> = versions.iter().map(|(article, claims)| Version { article, claims }).collect();
/// let threaded = thread(&versions, pack);
/// let statuses: Vec<EventStatus> =
///     threaded.steps.iter().flat_map(|step| &step.events).map(|event| event.status).collect();
/// assert_eq!(statuses, [EventStatus::Removed, EventStatus::Reintroduced]);
/// assert_eq!(threaded.threads.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn thread(versions: &[Version<'_>], pack: &LanguagePack) -> Threaded {
    let states = states(versions);
    let mut threads = Threads::new(AtHand { versions, pack, kept: FxHashMap::default() });
    let Ok(steps) = follow(&mut threads, &states);
    let mut members = vec![Vec::new(); threads.threads().len()];
    for &(claim, thread) in threads.placed() {
        if let Some(members) = members.get_mut(thread) {
            members.push(claim);
        }
    }
    Threaded { threads: members, steps }
}

fn follow(threads: &mut Threads<AtHand<'_>>, states: &[usize]) -> Result<Vec<Step<ClaimAt>>, Infallible> {
    if let Some(&first) = states.first() {
        threads.begin(first)?;
    }
    states.iter().zip(states.iter().skip(1)).map(|(&from, &to)| threads.step(from, to)).collect()
}

/// For each version the index of the first that is the same.
fn states<'a>(versions: &[Version<'a>]) -> Vec<usize> {
    let mut by_text: FxHashMap<&str, Vec<(usize, &[Claim])>> = FxHashMap::default();
    let state = |(at, version): (usize, &Version<'a>)| {
        let same = by_text.entry(version.article.text()).or_default();
        let first = same.iter().find(|(_, claims)| *claims == version.claims).map(|&(first, _)| first);
        first.unwrap_or_else(|| {
            same.push((at, version.claims));
            at
        })
    };
    versions.iter().enumerate().map(state).collect()
}

/// Versions that are all at hand, each named by its index.
#[derive(Debug)]
struct AtHand<'a> {
    versions: &'a [Version<'a>],
    pack: &'a LanguagePack,
    kept: FxHashMap<usize, KeptIn<Self>>,
}

impl Archive for AtHand<'_> {
    type Version = usize;
    type Claim = ClaimAt;
    /// No threads were written down.
    type Thread = Infallible;
    type Error = Infallible;

    fn version(&mut self, at: usize) -> Result<KeptIn<Self>, Infallible> {
        let keep = || {
            let (article, claims) = match self.versions.get(at) {
                Some(version) => (version.article.clone(), version.claims.to_vec()),
                None => (Article::from_text("", None), Vec::new()),
            };
            let names = claims.iter().map(|claim| ClaimAt { version: at, claim: claim.id }).collect();
            Rc::new(Kept { version: at, article, claims, names })
        };
        Ok(Rc::clone(self.kept.entry(at).or_insert_with(keep)))
    }

    fn pack(&self, _old: &Article, _new: &Article) -> Option<&LanguagePack> {
        Some(self.pack)
    }
}
