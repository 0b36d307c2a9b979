//! What holds whatever captures come, in whatever order.

use std::collections::BTreeSet;

use isnad_core::{Language, LanguagePack};
use isnad_diff::Version;
use proptest::prelude::*;

use super::numbers;
use crate::testing::{Bench, URL, at, reading, story};
use crate::{ArticleRef, Attempt, History, Origin, Recording};

/// One capture: the lines it saw, and whether it was doubted; no lines for a failed one.
type Sighting = (Vec<&'static str>, bool);

const LINES: [&str; 11] = [
    "Minister: troops 100",
    "Minister: troops 120",
    "Envoy: troops 100",
    "Mayor: bridge closed",
    "Mayor: bridge open",
    "Deputy: bridge «closed»",
    "Judge: trial over",
    "Judge: trial adjourned",
    "Clerk: trial over",
    "Pilot: troops at the northern border crossing number 100",
    "Pilot: troops at the northern border crossing number 120",
];

/// Some captures of few texts, so that texts return.
fn sightings() -> impl Strategy<Value = Vec<Sighting>> {
    let texts = prop::collection::vec(prop::sample::subsequence(LINES.to_vec(), 0..6), 1..5);
    texts.prop_flat_map(|texts| prop::collection::vec((prop::sample::select(texts), prop::bool::weighted(0.15)), 1..9))
}

fn recorded(mut bench: Bench, captures: &[(i64, &Sighting)]) -> Bench {
    for &(time, (lines, doubted)) in captures {
        match (lines.as_slice(), doubted) {
            ([], _) => bench.failed(time),
            (lines, true) => bench.doubted(time, lines),
            (lines, false) => bench.saw(time, lines),
        };
    }
    bench
}

/// The same captures, so many at a time.
fn recorded_together(mut bench: Bench, captures: &[(i64, &Sighting)], size: usize) -> Bench {
    let stories: Vec<_> = captures.iter().map(|(_, (lines, _))| story(lines)).collect();
    let recordings = captures.iter().zip(&stories).map(|(&(time, (lines, doubted)), (article, claims))| {
        let reading = reading(article, claims);
        let attempt = match (lines.as_slice(), doubted) {
            ([], _) => Attempt::Failed { reason: "status 500" },
            (_, true) => Attempt::Uncertain { reason: "nearly empty", reading: Some(reading) },
            (_, false) => Attempt::Read(reading),
        };
        Recording { url: Some(URL), ..Recording::new(at(time), Origin::Live, attempt) }
    });
    for batch in recordings.collect::<Vec<_>>().chunks(size) {
        for recorded in bench.history.record_all(batch).unwrap() {
            recorded.unwrap();
        }
    }
    bench
}

/// All that the history says, without its row numbers.
fn dump(history: &History) -> BTreeSet<String> {
    let Ok(article) = history.resolve_article(&ArticleRef::Id(crate::ArticleId(1))) else { return BTreeSet::new() };
    let mut said = BTreeSet::new();
    for entry in history.log(article).unwrap() {
        let text = history.version(entry.state.version).unwrap().article.text().to_owned();
        let (first, last) = (entry.state.first.time, entry.state.last.time);
        said.insert(format!("{} {text} {first} {last} {} {:?}", entry.state.number, entry.claims, entry.events));
    }
    for thread in numbers(history) {
        let thread = history.thread(thread).unwrap();
        let form = |form: &crate::Form| format!("{}#{}", form.state.first.time, form.claim.claim.id);
        let forms: Vec<String> = thread.forms.iter().map(form).collect();
        let place = |id: Option<crate::ClaimId>| {
            let claim = thread.forms.iter().find(|form| Some(form.claim.id) == id);
            claim.map(|form| form.claim.claim.clone())
        };
        for event in &thread.events {
            let ends = (place(event.old), place(event.new), event.not_before.time, event.not_after.time);
            said.insert(format!("{forms:?} {:?} {ends:?} {:?}", event.status, event.change));
        }
        said.insert(format!("{forms:?}"));
    }
    let mut links = history
        .connection()
        .prepare("SELECT o.content, n.content, score FROM link JOIN claim o ON o.id = old_claim_id JOIN claim n ON n.id = new_claim_id")
        .unwrap();
    let link = |row: &rusqlite::Row<'_>| {
        Ok(format!("{} {} {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, f64>(2)?))
    };
    said.extend(links.query_map([], link).unwrap().map(Result::unwrap));
    said.insert(format!("{:?}", history.article(article).unwrap()));
    // What search and the counts of speakers go by is that of the claims, whatever was taken back on the way.
    let astray = "its claims come to";
    let problems = history.check(|_, _| {}).unwrap().problems;
    let derived = |it: &&crate::Problem| it.problem.starts_with("search") || it.problem.ends_with(astray);
    assert_eq!(problems.iter().find(derived), None);
    said
}

proptest! {
    // Each case makes two files; more cases can be asked for with PROPTEST_CASES.
    #[test]
    fn the_order_of_recording_does_not_matter(
        (sightings, order) in sightings().prop_flat_map(|sightings| {
            let order = Just((0..sightings.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(sightings), order)
        }),
        size in 1_usize..8,
    ) {
        let captures: Vec<(i64, &Sighting)> = (0..).zip(&sightings).collect();
        let shuffled: Vec<(i64, &Sighting)> = order.iter().map(|&at| captures[at]).collect();
        for bench in [Bench::new, || Bench::comparing_with(isnad_diff::compare)] {
            let ordered = dump(&recorded(bench(), &captures).history);
            prop_assert_eq!(&ordered, &dump(&recorded(bench(), &shuffled).history));
            prop_assert_eq!(&ordered, &dump(&recorded_together(bench(), &shuffled, size).history));
        }
    }

    #[test]
    fn two_versions_give_the_events_that_their_comparison_gives(
        old in prop::sample::subsequence(LINES.to_vec(), 1..6).prop_shuffle(),
        new in prop::sample::subsequence(LINES.to_vec(), 1..6).prop_shuffle(),
    ) {
        let mut bench = Bench::comparing_with(isnad_diff::compare);
        bench.saw(1, &old);
        bench.vouched(2, &new);
        let (old, new) = (story(&old), story(&new));
        let (old, new) = (Version { article: &old.0, claims: &old.1 }, Version { article: &new.0, claims: &new.1 });
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let told = |change: &isnad_diff::Change| format!("{change:?}");
        let compared: BTreeSet<String> = isnad_diff::compare(old, new, pack).changes.iter().map(told).collect();
        let events = bench.history.events(crate::ArticleId(1)).unwrap();
        prop_assert_eq!(events.len(), compared.len());
        prop_assert_eq!(events.iter().map(|event| told(&event.change)).collect::<BTreeSet<_>>(), compared);
    }

    #[test]
    fn every_claim_that_was_seen_is_in_one_thread_and_each_thread_once_in_a_version(
        sightings in sightings()
    ) {
        let captures: Vec<(i64, &Sighting)> = (0..).zip(&sightings).collect();
        let bench = recorded(Bench::comparing_with(isnad_diff::compare), &captures);
        for entry in bench.history.log(crate::ArticleId(1)).unwrap() {
            let claims = bench.history.version(entry.state.version).unwrap().claims;
            let threads: BTreeSet<_> = claims.iter().map(|claim| claim.thread).collect();
            prop_assert!(!threads.contains(&None));
            prop_assert_eq!(threads.len(), claims.len());
        }
        let broken: i64 = bench.history.connection()
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        prop_assert_eq!(broken, 0);
    }
}
