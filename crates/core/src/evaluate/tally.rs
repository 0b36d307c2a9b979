//! Counting, article by article, and what the counts come to.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::compared::{CONTENT, CUE, Compared, SOURCE, shared};
use super::figures::{ByRole, Figures, Found, ReachedByKind, RuleScore, Scores, Silence};
use super::gold::{GoldArticle, GoldClaim};
use super::name::same_speaker;
use super::pair::pairs;
use super::text::Words;
use crate::Claim;
use crate::claim::{Mode, Polarity};
use crate::span::Span;

/// What is scored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Nested claims and those of the headline, too.
    pub all: bool,
    /// Only claims of these modes count as put out; empty for all.
    pub modes: Vec<Mode>,
}

/// Something that the system got wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The [`GoldArticle::id`].
    pub article: String,
    /// What is wrong.
    pub fault: Fault,
    /// The content as annotated; of an invented claim, as put out.
    pub content: String,
    /// The speaker or polarity as annotated, where that is wrong.
    pub expected: Option<String>,
    /// The extent, speaker or polarity as put out, where that is wrong.
    pub found: Option<String>,
    /// The rule that put it out.
    pub rule: Option<String>,
}

/// In what respect something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// A gold claim that nothing put out shares a word with.
    Missed,
    /// A claim put out that shares no word with gold.
    Invented,
    /// The content begins or ends elsewhere.
    Extent,
    /// Another source or speaker.
    Speaker,
    /// Another polarity.
    Polarity,
}

/// Right, put out, annotated.
type Count = [usize; 3];

/// The sum of what was scored so far; [`Evaluation::add`] scores an article.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    options: Options,
    gold: usize,
    system: usize,
    missing: usize,
    exact: [Count; 4],
    micro: [Count; 4],
    /// Sums of precisions and of recalls, each with the number of claims it is over.
    macros: [[(f64, usize); 2]; 4],
    loosely: usize,
    closely: usize,
    complete: usize,
    speaker: [usize; 2],
    polarity: [usize; 2],
    kind: [usize; 2],
    by_kind: BTreeMap<String, ReachedByKind>,
    by_rule: FxHashMap<String, RuleScore>,
    silent_articles: usize,
    silent_words: usize,
    silent_claims: usize,
    mistakes: Vec<Mistake>,
}

/// The place of all three parts together.
const WHOLE: usize = 3;
/// The shares of words above which a claim counts as found.
const LOOSELY: f64 = 0.3;
const CLOSELY: f64 = 0.8;

/// The claims of an article that are scored against each other.
struct Sides<'a> {
    article: &'a GoldArticle,
    words: Words<'a>,
    gold: Vec<(&'a GoldClaim, Compared)>,
    system: Vec<(&'a Claim, GoldClaim, Compared)>,
}

impl Evaluation {
    /// An evaluation of nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Scores `claims` (spans in bytes of the article's text) against an article's gold; `None` if the system gave
    /// nothing for it.
    pub fn add(&mut self, article: &GoldArticle, claims: Option<&[Claim]>) {
        self.missing += usize::from(claims.is_none());
        let sides = self.sides(article, claims.unwrap_or_default());
        if article.claims.is_empty() {
            self.silent_articles += 1;
            self.silent_words += sides.words.count();
            self.silent_claims += sides.system.len();
        }
        self.gold += sides.gold.len();
        self.system += sides.system.len();
        for (claim, ..) in &sides.system {
            self.rule(&claim.rule).claims += 1;
        }
        self.count_exact(&sides);
        let gold: Vec<&Compared> = sides.gold.iter().map(|(_, compared)| compared).collect();
        let system: Vec<&Compared> = sides.system.iter().map(|(_, _, compared)| compared).collect();
        let pairs = pairs(&gold, &system);
        self.count_words(&gold, &system, &pairs);
        self.count_found(&sides, &pairs);
    }

    /// The figures so far.
    #[must_use]
    pub fn scores(&self) -> Scores {
        let counted =
            |counts: &[Count; 4]| by_role(counts.map(|[right, system, gold]| Figures::of(right, system, gold)));
        let mean = |(sum, number): (f64, usize)| if number == 0 { 0.0 } else { sum / number as f64 };
        let of_all = |right: usize| Figures::of(right, self.system, self.gold);
        let accuracy = |[right, all]: [usize; 2]| (all > 0).then(|| right as f64 / all as f64);
        let per_thousand = 1000.0 * self.silent_claims as f64 / self.silent_words as f64;
        Scores {
            gold: self.gold,
            system: self.system,
            articles_missing: self.missing,
            exact: counted(&self.exact),
            overlap_micro: counted(&self.micro),
            overlap_macro: by_role(self.macros.map(|[p, r]| Figures::new(mean(p), mean(r)))),
            found: Found { loosely: of_all(self.loosely), closely: of_all(self.closely) },
            speaker_accuracy: accuracy(self.speaker),
            speaker_n: self.speaker[1],
            polarity_accuracy: accuracy(self.polarity),
            kind_accuracy: accuracy(self.kind),
            complete: of_all(self.complete),
            by_kind: self.by_kind.clone(),
            silence: Silence {
                articles: self.silent_articles,
                claims_per_1000_words: (self.silent_words > 0).then_some(per_thousand),
            },
        }
    }

    /// How the rules did: those that cost most wrong claims first.
    #[must_use]
    pub fn rules(&self) -> Vec<RuleScore> {
        let mut rules: Vec<RuleScore> = self.by_rule.values().cloned().collect();
        rules.sort_by(|one, other| other.wrong().cmp(&one.wrong()).then_with(|| one.rule.cmp(&other.rule)));
        rules
    }

    /// Everything that was wrong, in the order of the articles.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    fn sides<'a>(&self, article: &'a GoldArticle, claims: &'a [Claim]) -> Sides<'a> {
        let words = Words::new(&article.text);
        let is_scored = |nested: bool, headline: bool| self.options.all || !(nested || headline);
        let gold = article.claims.iter().filter(|claim| is_scored(claim.nested, claim.headline));
        let gold = gold.map(|claim| (claim, Compared::new(claim, &words))).collect();
        // What stands in a headline that gold has as a claim is scored apart, whatever the system takes it for.
        let in_headline: FxHashSet<usize> = (article.claims.iter())
            .filter(|claim| claim.headline && !self.options.all)
            .flat_map(|claim| words.touched(&claim.content))
            .collect();
        let system = (claims.iter())
            .filter(|claim| is_scored(claim.nested_in.is_some(), claim.headline))
            .filter(|claim| self.options.modes.is_empty() || self.options.modes.contains(&claim.mode))
            .filter(|claim| !words.touched(&claim.content.spans).iter().any(|word| in_headline.contains(word)))
            .map(|claim| {
                let plain = GoldClaim::from(claim);
                let compared = Compared::new(&plain, &words);
                (claim, plain, compared)
            })
            .collect();
        Sides { article, words, gold, system }
    }

    fn count_exact(&mut self, sides: &Sides<'_>) {
        for role in [CONTENT, SOURCE, CUE] {
            let key = |claim: &Compared| Some(claim.exact[role].clone()).filter(|spans| !spans.is_empty());
            let gold = sides.gold.iter().filter_map(|(_, claim)| key(claim));
            let system = sides.system.iter().filter_map(|(_, _, claim)| key(claim));
            add(&mut self.exact[role], equal(gold, system));
        }
        let gold = sides.gold.iter().map(|(_, claim)| claim.exact.clone());
        let system = sides.system.iter().map(|(_, _, claim)| claim.exact.clone());
        add(&mut self.exact[WHOLE], equal(gold, system));
    }

    fn count_words(&mut self, gold: &[&Compared], system: &[&Compared], pairs: &[(usize, usize)]) {
        let paired_gold: FxHashSet<usize> = pairs.iter().map(|(gold, _)| *gold).collect();
        let paired_system: FxHashSet<usize> = pairs.iter().map(|(_, system)| *system).collect();
        let both = pairs.iter().map(|(at, other)| (gold.get(*at).copied(), system.get(*other).copied()));
        let missed = (0..gold.len()).filter(|at| !paired_gold.contains(at)).map(|at| (gold.get(at).copied(), None));
        let invented =
            (0..system.len()).filter(|at| !paired_system.contains(at)).map(|at| (None, system.get(at).copied()));
        for (gold, system) in both.chain(missed).chain(invented) {
            let words = |claim: Option<&Compared>, role: usize| claim.map_or(0, |claim| claim.words[role].len());
            let mut whole = Count::default();
            for role in [CONTENT, SOURCE, CUE] {
                let right = gold.zip(system).map_or(0, |(gold, system)| shared(&gold.words[role], &system.words[role]));
                let count = [right, words(system, role), words(gold, role)];
                self.count_role(role, count);
                add(&mut whole, count);
            }
            self.count_role(WHOLE, whole);
        }
    }

    fn count_role(&mut self, role: usize, count: Count) {
        add(&mut self.micro[role], count);
        let [right, system, gold] = count;
        for (mean, whole) in self.macros[role].iter_mut().zip([system, gold]) {
            if whole > 0 {
                *mean = (mean.0 + right as f64 / whole as f64, mean.1 + 1);
            }
        }
    }

    fn count_found(&mut self, sides: &Sides<'_>, pairs: &[(usize, usize)]) {
        let mut reached: FxHashSet<usize> = FxHashSet::default();
        let (mut paired_gold, mut paired_system) = (FxHashSet::default(), FxHashSet::default());
        for &(at, other) in pairs {
            paired_gold.insert(at);
            paired_system.insert(other);
            let (Some((gold, compared)), Some(system)) = (sides.gold.get(at), sides.system.get(other)) else {
                continue;
            };
            if self.count_pair(sides, (gold, compared), system) {
                reached.insert(at);
            }
        }
        for (at, (claim, _)) in sides.gold.iter().enumerate() {
            let kind = claim.kind.map_or_else(|| "unknown".to_owned(), |kind| format!("{kind:?}").to_lowercase());
            let by_kind = self.by_kind.entry(kind).or_default();
            by_kind.gold += 1;
            by_kind.found += usize::from(reached.contains(&at));
            if !paired_gold.contains(&at) {
                let (fault, article) = (Fault::Missed, sides.article.id.clone());
                let content = text(sides, &claim.content);
                self.mistakes.push(Mistake { article, fault, content, expected: None, found: None, rule: None });
            }
        }
        for (at, (claim, plain, _)) in sides.system.iter().enumerate() {
            if !paired_system.contains(&at) {
                self.mistake(sides, Fault::Invented, &plain.content, (None, None), claim);
            }
        }
    }

    /// Counts what a pair has right; whether it is found at eight tenths.
    fn count_pair(
        &mut self,
        sides: &Sides<'_>,
        (gold, compared): (&GoldClaim, &Compared),
        (claim, system, found): &(&Claim, GoldClaim, Compared),
    ) -> bool {
        let right = shared(compared.content(), found.content()) as f64;
        let (of_gold, of_system) = (right / compared.content().len() as f64, right / found.content().len() as f64);
        self.loosely += usize::from(of_gold > LOOSELY && of_system > LOOSELY);
        if !(of_gold > CLOSELY && of_system > CLOSELY) {
            let found = text(sides, &system.content);
            self.mistake(sides, Fault::Extent, &gold.content, (None, Some(found)), claim);
            return false;
        }
        self.closely += 1;
        self.rule(&claim.rule).found += 1;
        let who = gold.speaker.as_ref().map(|speaker| {
            let written = || found.source().iter().map(|word| sides.words.word(*word)).collect::<Vec<_>>().join(" ");
            let theirs = system.speaker.clone().filter(|speaker| !speaker.is_empty()).unwrap_or_else(written);
            !theirs.is_empty() && same_speaker(speaker, &theirs)
        });
        count_if(&mut self.speaker, who);
        let polarity = gold.polarity.map(|polarity| Some(polarity) == system.polarity);
        count_if(&mut self.polarity, polarity);
        count_if(&mut self.kind, gold.kind.map(|kind| Some(kind) == system.kind));
        let speaker_is_right = who.unwrap_or_else(|| same_source(compared.source(), found.source()));
        let polarity_is_right = polarity.unwrap_or(true);
        if speaker_is_right && polarity_is_right {
            self.complete += 1;
            self.rule(&claim.rule).complete += 1;
        } else if !speaker_is_right {
            let named = |claim: &GoldClaim| {
                let name = claim.speaker.clone().unwrap_or_else(|| text(sides, &claim.source));
                Some(name).filter(|name| !name.is_empty())
            };
            self.mistake(sides, Fault::Speaker, &gold.content, (named(gold), named(system)), claim);
        } else {
            let named = |polarity: Option<Polarity>| polarity.map(|polarity| format!("{polarity:?}").to_lowercase());
            let told = (named(gold.polarity), named(system.polarity));
            self.mistake(sides, Fault::Polarity, &gold.content, told, claim);
        }
        true
    }

    fn rule(&mut self, rule: &str) -> &mut RuleScore {
        let new = || RuleScore { rule: rule.to_owned(), claims: 0, found: 0, complete: 0 };
        self.by_rule.entry(rule.to_owned()).or_insert_with(new)
    }

    /// Notes what is wrong with the claim put out.
    fn mistake(
        &mut self,
        sides: &Sides<'_>,
        fault: Fault,
        content: &[Span],
        (expected, found): (Option<String>, Option<String>),
        claim: &Claim,
    ) {
        let (article, rule) = (sides.article.id.clone(), Some(claim.rule.clone()));
        self.mistakes.push(Mistake { article, fault, content: text(sides, content), expected, found, rule });
    }
}

/// Whether two sources are the same as written: half of all their words are shared, or neither has any.
fn same_source(gold: &[usize], system: &[usize]) -> bool {
    let right = shared(gold, system);
    let all = gold.len() + system.len() - right;
    all == 0 || (right > 0 && right as f64 / all as f64 >= 0.5)
}

fn text(sides: &Sides<'_>, spans: &[Span]) -> String {
    spans.iter().map(|span| span.of(&sides.article.text)).collect::<Vec<_>>().join(" … ")
}

fn by_role([content, source, cue, whole]: [Figures; 4]) -> ByRole {
    ByRole { content, source, cue, whole }
}

fn count_if(count: &mut [usize; 2], right: Option<bool>) {
    if let Some(right) = right {
        count[0] += usize::from(right);
        count[1] += 1;
    }
}

fn add(sum: &mut Count, more: Count) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// How many of `gold` are among `system`, each taken once; and how many there are of either.
fn equal<T: std::hash::Hash + Eq>(gold: impl Iterator<Item = T>, system: impl Iterator<Item = T>) -> Count {
    let mut unmatched: FxHashMap<T, usize> = FxHashMap::default();
    let [mut right, mut put_out, mut annotated] = Count::default();
    for claim in gold {
        annotated += 1;
        *unmatched.entry(claim).or_default() += 1;
    }
    for claim in system {
        put_out += 1;
        if let Some(left) = unmatched.get_mut(&claim).filter(|left| **left > 0) {
            *left -= 1;
            right += 1;
        }
    }
    [right, put_out, annotated]
}
