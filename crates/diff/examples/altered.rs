//! Altered or reworded: how often the comparison tells a headline that says something else from one that says the same in
//! other words.
//!
//! ```text
//! cargo run -p isnad-diff --example altered -- PAIRS.csv [--part K/N] [--show wrong]
//! ```
//!
//! `PAIRS.csv` has a header with the columns `s1`, `s2` and `stance`; rows whose stance is `agree` are reworded, rows with
//! `disagree` are altered, other rows are left out. It is the form of the Arabic News Stance corpus (ANS).
//!
//! Each headline is taken as one version of an article with one claim: the whole headline is its content, the narrator its
//! source. Numbers, quotations and hedges are read by [`isnad_core::content_facets`]. The two versions go through
//! [`isnad_diff::compare`], and the pair counts as altered if the two claims are not linked, or if any facet but wording,
//! extent, spelling and position is reported.
//!
//! `--part K/N` takes only the rows whose first headline falls into part K (from 0) of N by a hash of its letters, so that what
//! was learnt from one part can be checked on another; pairs of one headline stay together. `--show wrong` lists the pairs that
//! were judged wrongly.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use isnad_core::{Article, Claim, Kind, Language, LanguagePack, Mode, Passage, Polarity, Span, content_facets};
use isnad_diff::{Facet, Version, compare};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("give the CSV file of pairs")?;
    let (mut part, mut show) = (None, false);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--part", Some(value)) => part = Some(read_part(&value).ok_or("--part takes K/N, K from 0")?),
            ("--show", Some(value)) if value == "wrong" => show = true,
            (other, _) => return Err(format!("unknown argument {other}").into()),
        }
    }
    let pack = LanguagePack::builtin(Language::ARABIC).ok_or("no Arabic pack")?;
    let mut tally = Tally::default();
    for pair in pairs(&std::fs::read_to_string(path)?)? {
        if part.is_some_and(|(at, of)| hash(&pair.old) % of != at) {
            continue;
        }
        let verdict = verdict(&pair.old, &pair.new, pack);
        tally.count(pair.altered, &verdict);
        if show && pair.altered != verdict.altered() {
            let gold = if pair.altered { "altered" } else { "reworded" };
            println!("{gold} {:?}\n  {}\n  {}", verdict.facets, pair.old, pair.new);
        }
    }
    tally.print();
    Ok(())
}

/// Two headlines, and whether the second says something else.
struct Pair {
    old: String,
    new: String,
    altered: bool,
}

/// What the comparison said of a pair; no facets are `None` where the claims were not linked.
struct Verdict {
    facets: Option<Vec<Facet>>,
}

impl Verdict {
    fn altered(&self) -> bool {
        let harmless =
            |facet: &Facet| matches!(facet, Facet::Wording | Facet::Extent | Facet::Spelling | Facet::Position);
        self.facets.as_ref().is_none_or(|facets| !facets.iter().all(harmless))
    }
}

fn verdict(old: &str, new: &str, pack: &LanguagePack) -> Verdict {
    let article = |text: &str| Article::from_text(text, Some(pack.language()));
    let articles = (article(old), article(new));
    let claims = ([headline(&articles.0, pack)], [headline(&articles.1, pack)]);
    let comparison = compare(
        Version { article: &articles.0, claims: &claims.0 },
        Version { article: &articles.1, claims: &claims.1 },
        pack,
    );
    let facets = comparison.changes.first().map_or_else(Vec::new, |change| change.facets.clone());
    Verdict { facets: (!comparison.links.is_empty()).then_some(facets) }
}

/// The claim that a headline is, as a whole.
fn headline(article: &Article, pack: &LanguagePack) -> Claim {
    let spans = vec![Span::new(0, article.text().len())];
    let facets = content_facets(article, pack, &spans);
    Claim {
        id: 1,
        kind: Kind::Indirect,
        mode: Mode::Writing,
        content: Passage::new(article.text(), spans),
        cue: None,
        source: None,
        channel: None,
        polarity: Polarity::Affirmed,
        realised: true,
        quoted: Vec::new(),
        quantities: facets.quantities,
        dates: facets.dates,
        hedges: facets.hedges,
        nested_in: None,
        headline: true,
        rule: "headline".to_owned(),
        confidence: 1.0,
    }
}

#[derive(Default)]
struct Tally {
    /// Right and all verdicts on reworded pairs.
    reworded: (usize, usize),
    /// Right and all verdicts on altered pairs.
    altered: (usize, usize),
    unlinked: (usize, usize),
    facets: std::collections::BTreeMap<Facet, (usize, usize)>,
}

impl Tally {
    fn count(&mut self, altered: bool, verdict: &Verdict) {
        let side = if altered { &mut self.altered } else { &mut self.reworded };
        side.0 += usize::from(verdict.altered() == altered);
        side.1 += 1;
        let told: Vec<&mut (usize, usize)> = match &verdict.facets {
            None => vec![&mut self.unlinked],
            Some(facets) => {
                facets.iter().for_each(|facet| {
                    let entry = self.facets.entry(*facet).or_default();
                    entry.0 += usize::from(altered);
                    entry.1 += 1;
                });
                Vec::new()
            }
        };
        for entry in told {
            entry.0 += usize::from(altered);
            entry.1 += 1;
        }
    }

    fn print(&self) {
        let percent = |(part, whole): (usize, usize)| 100.0 * part as f64 / whole.max(1) as f64;
        let all = (self.reworded.0 + self.altered.0, self.reworded.1 + self.altered.1);
        let majority = self.reworded.1.max(self.altered.1);
        println!("pairs       {:>6}   ({} reworded, {} altered)", all.1, self.reworded.1, self.altered.1);
        println!("accuracy    {:>6.2}   (always the commoner answer: {:.2})", percent(all), percent((majority, all.1)));
        println!("reworded    {:>6.2}   of the reworded pairs told as such", percent(self.reworded));
        println!("altered     {:>6.2}   of the altered pairs told as such", percent(self.altered));
        let balanced = f64::midpoint(percent(self.reworded), percent(self.altered));
        println!("balanced    {balanced:>6.2}   the mean of the two");
        println!("not linked  {:>6}   of which altered {:.1} %", self.unlinked.1, percent(self.unlinked));
        for (facet, counts) in &self.facets {
            let name = format!("{facet:?}").to_lowercase();
            println!("{name:<12}{:>6}   of which altered {:.1} %", counts.1, percent(*counts));
        }
    }
}

/// The `agree` and `disagree` rows of a table with a header.
fn pairs(table: &str) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut rows = rows(table.trim_start_matches('\u{FEFF}')).into_iter();
    let header = rows.next().ok_or("the file is empty")?;
    let column = |name: &str| header.iter().position(|cell| cell == name).ok_or(format!("no column `{name}`"));
    let (old, new, stance) = (column("s1")?, column("s2")?, column("stance")?);
    let pair = |row: Vec<String>| {
        let altered = match row.get(stance)?.as_str() {
            "agree" => false,
            "disagree" => true,
            _ => return None,
        };
        Some(Pair { old: row.get(old)?.clone(), new: row.get(new)?.clone(), altered })
    };
    Ok(rows.filter_map(pair).collect())
}

/// The cells of a table in RFC 4180 form.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = table.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else { continue };
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => cell.push(other),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

fn read_part(value: &str) -> Option<(u64, u64)> {
    let (at, of) = value.split_once('/')?;
    let (at, of) = (at.parse().ok()?, of.parse().ok()?);
    (at < of).then_some((at, of))
}

/// FNV-1a: the same on every machine.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    // The low bits of the hash alone would follow the last letter.
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 20
}
