//! Claims followed through the versions of an article.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_diff::thread::{ClaimAt, Threaded, thread};
use isnad_diff::{EventStatus, Facet, Version};
use proptest::prelude::*;

fn read(text: &str) -> (Article, Vec<Claim>) {
    let article = Article::from_text(text, Some(Language::ENGLISH));
    let claims = extract(&article, LanguagePack::builtin(Language::ENGLISH).unwrap());
    (article, claims)
}

fn follow(texts: &[&str]) -> Threaded {
    let versions: Vec<_> = texts.iter().map(|text| read(text)).collect();
    let versions: Vec<Version<'_>> =
        versions.iter().map(|(article, claims)| Version { article, claims: claims.as_slice() }).collect();
    thread(&versions, LanguagePack::builtin(Language::ENGLISH).unwrap())
}

/// For each step, what happened.
fn statuses(threaded: &Threaded) -> Vec<Vec<EventStatus>> {
    let of_step = |events: &[isnad_diff::thread::ThreadEvent<ClaimAt>]| events.iter().map(|e| e.status).collect();
    threaded.steps.iter().map(|step| of_step(&step.events)).collect()
}

const HOUSES: &str = "Ada Quill said more than 100 houses near the mill were flooded on Monday.";
const MORE_HOUSES: &str = "Ada Quill said about 120 houses near the mill were flooded on Monday.";
const HARBOUR: &str = "Jonas Peck said the old harbour bridge was closed to lorries.";
const TIMETABLE: &str = "The union said the winter timetable would be cut by half.";

#[test]
fn a_claim_that_stays_has_one_thread_and_no_event() {
    let threaded = follow(&[HOUSES, HOUSES, &format!("{HOUSES}\nThe weather was fine.")]);
    assert_eq!(statuses(&threaded), [Vec::new(), Vec::new()]);
    // The first two versions are one.
    assert_eq!(threaded.threads, [[ClaimAt { version: 0, claim: 1 }, ClaimAt { version: 2, claim: 1 }]]);
}

#[test]
fn a_claim_that_was_removed_and_comes_back_in_other_words_is_the_same() {
    let both = format!("{HOUSES}\n{HARBOUR}");
    let threaded = follow(&[&both, HARBOUR, TIMETABLE, &format!("{TIMETABLE}\n{MORE_HOUSES}")]);
    let last = threaded.steps.last().unwrap();
    let told: Vec<_> = last.events.iter().map(|event| (event.status, event.old, event.new)).collect();
    let (first, back) = (ClaimAt { version: 0, claim: 1 }, ClaimAt { version: 3, claim: 2 });
    assert_eq!(told, [(EventStatus::Reintroduced, Some(first), Some(back))]);
    assert_eq!(last.events[0].change.facets, [Facet::Quantity]);
    assert_eq!(threaded.threads[0], [first, back]);
}

#[test]
fn another_claim_of_the_same_speaker_is_no_return() {
    let threaded = follow(&[HOUSES, HARBOUR, "Ada Quill said the schools of Ebermoor would open again in spring."]);
    assert_eq!(
        statuses(&threaded),
        [[EventStatus::Removed, EventStatus::Added], [EventStatus::Removed, EventStatus::Added]]
    );
}

#[test]
fn a_claim_that_two_removed_ones_fit_brings_neither_back() {
    let north = "Ada Quill said the north bridge would open to lorries on Monday morning.";
    let west = "Ada Quill said the west bridge would open to lorries on Monday morning.";
    let east = "Ada Quill said the east bridge would open to lorries on Monday morning.";
    let threaded = follow(&[&format!("{north}\n{west}"), HARBOUR, &format!("{HARBOUR}\n{east}")]);
    assert_eq!(statuses(&threaded)[1], [EventStatus::Added]);
}

#[test]
fn which_of_two_that_said_the_same_came_back_is_not_guessed() {
    let twice = "Ada Quill said the mill was sold. The union was pleased.\nAda Quill said the mill was sold.";
    let threaded = follow(&[twice, HARBOUR, &format!("{HARBOUR}\nAda Quill said the mill was sold.")]);
    assert_eq!(statuses(&threaded)[1], [EventStatus::Added]);
}

#[test]
fn another_sign_is_no_former_form() {
    let lost = |sum: &str| format!("Ada Quill said the mill lost {sum} million.");
    let threaded = follow(&[&lost("$5"), &lost("$9"), &lost("€5")]);
    assert_eq!(statuses(&threaded), [[EventStatus::Changed], [EventStatus::Changed]]);
}

#[test]
fn the_parts_of_a_claim_split_and_merge() {
    let whole =
        "Ada Quill said the winter timetable would be cut by half and the ferry terminal would lose its last clerk.";
    let parts = "Ada Quill said the winter timetable would be cut by half.\n\
                 Ada Quill said the ferry terminal would lose its last clerk.";
    let statuses = statuses(&follow(&[whole, parts, whole]));
    assert!(statuses[0].contains(&EventStatus::Split), "{statuses:?}");
    assert!(statuses[1].contains(&EventStatus::Merged), "{statuses:?}");
}

#[test]
fn a_version_that_returns_brings_its_claims_back() {
    let threaded = follow(&[HOUSES, MORE_HOUSES, HOUSES]);
    assert_eq!(statuses(&threaded), [[EventStatus::Changed], [EventStatus::Reverted]]);
    assert_eq!(threaded.threads, [[ClaimAt { version: 0, claim: 1 }, ClaimAt { version: 1, claim: 1 }]]);
}

#[test]
fn no_version_gives_no_thread() {
    assert_eq!(follow(&[]), Threaded { threads: Vec::new(), steps: Vec::new() });
    assert_eq!(follow(&["The weather was fine."]).threads, Vec::<Vec<ClaimAt>>::new());
}

proptest! {
    /// Whatever versions follow one another, each claim is in one thread, and a thread has one claim at most in a version.
    #[test]
    fn every_claim_is_in_one_thread(states in prop::collection::vec(prop::collection::vec(0..6_usize, 0..5), 1..7)) {
        let lines = [HOUSES, MORE_HOUSES, HARBOUR, TIMETABLE, "Ada Quill denied that the mill was sold.", "It rained."];
        let texts: Vec<String> =
            states.iter().map(|state| state.iter().map(|&line| lines[line]).collect::<Vec<_>>().join("\n")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let threaded = follow(&texts);
        let mut seen: Vec<ClaimAt> = threaded.threads.concat();
        for thread in &threaded.threads {
            let mut versions: Vec<usize> = thread.iter().map(|at| at.version).collect();
            versions.dedup();
            prop_assert_eq!(versions.len(), thread.len());
        }
        seen.sort_unstable();
        let mut expected = Vec::new();
        for (version, text) in texts.iter().enumerate() {
            if texts.iter().position(|other| other == text) == Some(version) {
                expected.extend(read(text).1.iter().map(|claim| ClaimAt { version, claim: claim.id }));
            }
        }
        prop_assert_eq!(seen, expected);
        prop_assert_eq!(threaded.steps.len() + 1, texts.len());
    }
}
