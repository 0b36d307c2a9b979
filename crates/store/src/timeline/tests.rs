//! What the captures of one article give: threads and events, in whatever order the captures come.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use isnad_core::{Claim, LanguagePack};
use isnad_diff::{Comparison, Link, Status, Version};

use crate::testing::{Bench, at, change};
use crate::{EventStatus, History, Outcome, StoreError, ThreadId};

mod properties;

/// The events of the only article: status, contents before and after, and the hours they lie between.
fn events(history: &History) -> Vec<(EventStatus, String, String, i64, i64)> {
    let content = |claim: &Option<Claim>| claim.as_ref().map(|c| c.content.text.clone()).unwrap_or_default();
    let hour = |time: chrono::DateTime<chrono::Utc>| (time - at(0)).num_hours();
    let events = history.events(crate::ArticleId(1)).unwrap().into_iter().map(|event| {
        let (old, new) = (content(&event.change.old), content(&event.change.new));
        (event.status, old, new, hour(event.not_before.time), hour(event.not_after.time))
    });
    events.collect()
}

fn event(status: EventStatus, old: &str, new: &str, from: i64, to: i64) -> (EventStatus, String, String, i64, i64) {
    (status, old.into(), new.into(), from, to)
}

/// The numbers of the threads.
fn numbers(history: &History) -> Vec<ThreadId> {
    let mut threads = history.connection().prepare("SELECT id FROM thread ORDER BY article_id, id").unwrap();
    threads.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The contents of each thread's forms, in the order of time, one thread after another.
fn threads(history: &History) -> Vec<Vec<String>> {
    let forms = |id| history.thread(id).unwrap().forms.into_iter().map(|form| form.claim.claim.content.text).collect();
    numbers(history).into_iter().map(forms).collect()
}

#[test]
fn a_change_lies_between_the_last_capture_before_and_the_first_after() {
    let mut bench = Bench::new();
    assert_eq!(bench.saw(1, &["Minister: troops 100", "Mayor: bridge closed"]).outcome, Outcome::NewVersion);
    assert_eq!(bench.saw(3, &["Minister: troops 100", "Mayor: bridge closed"]).outcome, Outcome::Seen);
    let recorded = bench.saw(7, &["Minister: troops 120", "Mayor: bridge closed"]);
    assert_eq!((recorded.outcome, recorded.events.changed, recorded.events.changes()), (Outcome::NewVersion, 1, 1));
    assert_eq!(events(&bench.history), [event(EventStatus::Changed, "troops 100", "troops 120", 3, 7)]);
    assert_eq!(threads(&bench.history), [vec!["troops 100", "troops 120"], vec!["bridge closed", "bridge closed"]]);
}

#[test]
fn the_first_version_has_no_events() {
    let mut bench = Bench::new();
    assert_eq!(bench.saw(1, &["Minister: troops 100"]).events.changes(), 0);
    assert_eq!(events(&bench.history), []);
}

#[test]
fn failed_and_doubted_captures_conclude_nothing() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100"]);
    assert_eq!(bench.failed(2).outcome, Outcome::Failed);
    assert_eq!(bench.doubted(3, &["share this page"]).outcome, Outcome::Uncertain);
    assert_eq!(events(&bench.history), []);
    bench.saw(4, &["Minister: troops 120"]);
    assert_eq!(events(&bench.history), [event(EventStatus::Changed, "troops 100", "troops 120", 1, 4)]);
    assert_eq!(bench.history.captures(crate::ArticleId(1)).unwrap().len(), 4);
}

#[test]
fn a_doubted_text_becomes_a_version_once_it_is_seen_for_certain() {
    let mut bench = Bench::new();
    let doubted = bench.doubted(1, &["Minister: troops 100"]).version.unwrap();
    let stored = bench.history.version(doubted).unwrap();
    assert_eq!((stored.number, stored.claims[0].thread), (None, None));
    let reference: crate::VersionRef = "1@latest".parse().unwrap();
    assert!(matches!(bench.history.resolve_version(&reference), Err(StoreError::NoVersion { .. })));

    let seen = bench.saw(5, &["Minister: troops 100"]);
    assert_eq!((seen.version, seen.outcome), (Some(doubted), Outcome::NewVersion));
    let stored = bench.history.version(doubted).unwrap();
    assert_eq!(stored.number, Some(1));
    assert!(stored.claims[0].thread.is_some());
}

#[test]
fn a_text_that_returns_is_told_as_a_change_back() {
    let mut bench = Bench::new();
    let first = bench.saw(1, &["Minister: troops 100", "Mayor: bridge closed"]);
    bench.saw(2, &["Minister: troops 120"]);
    let back = bench.saw(3, &["Minister: troops 100", "Mayor: bridge closed"]);
    assert_eq!((back.version, back.outcome), (first.version, Outcome::Seen));
    assert_eq!((back.events.reverted, back.events.reintroduced), (1, 1));
    assert_eq!(
        events(&bench.history),
        [
            event(EventStatus::Removed, "bridge closed", "", 1, 2),
            event(EventStatus::Changed, "troops 100", "troops 120", 1, 2),
            event(EventStatus::Reintroduced, "bridge closed", "bridge closed", 2, 3),
            event(EventStatus::Reverted, "troops 120", "troops 100", 2, 3),
        ]
    );
    let numbers: Vec<u32> = bench.history.log(first.article).unwrap().iter().map(|entry| entry.state.number).collect();
    assert_eq!(numbers, [1, 2, 1]);
    assert_eq!(
        threads(&bench.history),
        [vec!["troops 100", "troops 120", "troops 100"], vec!["bridge closed", "bridge closed"]]
    );
}

#[test]
fn a_claim_that_was_removed_and_comes_back_in_other_words_is_told_as_a_return() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops at the northern border crossing number 100", "Mayor: bridge closed"]);
    bench.saw(2, &["Mayor: bridge closed"]);
    bench.saw(3, &["Mayor: bridge open"]);
    let back = bench.saw(4, &["Mayor: bridge open", "Minister: troops at the northern border crossing number 120"]);
    assert_eq!((back.events.reintroduced, back.events.added), (1, 0));
    let (before, after) =
        ("troops at the northern border crossing number 100", "troops at the northern border crossing number 120");
    assert_eq!(events(&bench.history).last(), Some(&event(EventStatus::Reintroduced, before, after, 3, 4)));
    assert_eq!(threads(&bench.history)[0], [before, after]);
}

#[test]
fn a_claim_that_takes_a_former_form_again_in_another_text_has_changed_back() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100"]);
    bench.saw(2, &["Minister: troops 120"]);
    bench.saw(3, &["Minister: troops 100", "Mayor: bridge closed"]);
    bench.saw(4, &["Minister: troops 120", "Mayor: bridge open"]);
    bench.saw(5, &["Minister: troops 150", "Mayor: bridge open"]);
    let of_minister: Vec<EventStatus> = events(&bench.history)
        .into_iter()
        .filter(|(_, old, ..)| old.starts_with("troops"))
        .map(|(status, ..)| status)
        .collect();
    use EventStatus::{Changed, Reverted};
    assert_eq!(of_minister, [Changed, Reverted, Reverted, Changed]);
}

#[test]
fn the_parts_of_a_claim_are_told_as_split_off_and_merged() {
    let (timetable, terminal) =
        ("the winter timetable would be cut by half", "the ferry terminal would lose its last clerk");
    let whole = format!("Minister: {timetable} and {terminal}");
    let parts = [format!("Minister: {timetable}"), format!("Minister: {terminal}")];
    let mut bench = Bench::comparing_with(isnad_diff::compare);
    bench.saw(1, &[&whole]);
    let split = bench.saw(2, &[&parts[0], &parts[1]]).events;
    assert_eq!((split.changed, split.split, split.added, split.removed), (1, 1, 0, 0));
    let merged = bench.saw(3, &[&whole, "Judge: the trial is over"]).events;
    assert_eq!((merged.merged, merged.added, merged.removed), (1, 1, 0));
}

#[test]
fn a_claim_that_comes_back_in_another_text_goes_on_with_its_thread() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100", "Mayor: bridge closed"]);
    bench.saw(2, &["Minister: troops 100"]);
    bench.saw(3, &["Minister: troops 120", "Mayor: bridge «closed»"]);
    let found = events(&bench.history);
    assert!(found.contains(&event(EventStatus::Reintroduced, "bridge closed", "bridge «closed»", 2, 3)), "{found:?}");
    assert_eq!(threads(&bench.history)[1], ["bridge closed", "bridge «closed»"]);
}

#[test]
fn a_claim_that_comes_back_from_another_speaker_tells_so() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100", "Mayor: bridge closed"]);
    bench.saw(2, &["Minister: troops 100"]);
    bench.saw(3, &["Minister: troops 120", "Deputy: bridge closed"]);
    let back = bench.history.events(crate::ArticleId(1)).unwrap();
    let back = back.iter().find(|event| event.status == EventStatus::Reintroduced).unwrap();
    assert_eq!(back.facets, [isnad_diff::Facet::Wording]);
    assert_ne!(back.old, back.new);
}

#[test]
fn which_of_two_lost_claims_came_back_is_not_guessed() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: bridge closed", "Mayor: bridge closed", "Judge: trial over"]);
    bench.saw(2, &["Judge: trial over"]);
    bench.saw(3, &["Judge: trial done", "Deputy: bridge closed"]);
    let found = events(&bench.history);
    assert!(found.contains(&event(EventStatus::Added, "", "bridge closed", 2, 3)), "{found:?}");
    assert_eq!(threads(&bench.history).len(), 4);
}

#[test]
fn an_ambiguous_claim_begins_a_thread_and_says_so_once() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100", "Mayor: troops 200"]);
    bench.saw(2, &["Minister: troops 300"]);
    assert_eq!(events(&bench.history), [event(EventStatus::Ambiguous, "", "troops 300", 1, 2)]);
    assert_eq!(threads(&bench.history).len(), 3);
    bench.saw(3, &["Minister: troops 400", "Mayor: troops 500"]);
    let last = events(&bench.history).pop();
    assert_eq!(last, Some(event(EventStatus::Ambiguous, "troops 300", "", 2, 3)), "what it could be is not called new");
    assert_eq!(threads(&bench.history).len(), 5);
}

#[test]
fn a_capture_that_falls_between_two_others_splits_their_change() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100"]);
    bench.saw(9, &["Minister: troops 150"]);
    let thread = numbers(&bench.history)[0];
    bench.saw(5, &["Minister: troops 120"]);
    assert_eq!(
        events(&bench.history),
        [
            event(EventStatus::Changed, "troops 100", "troops 120", 1, 5),
            event(EventStatus::Changed, "troops 120", "troops 150", 5, 9),
        ]
    );
    assert_eq!(numbers(&bench.history)[0], thread, "the thread keeps its number");
}

#[test]
fn a_later_sighting_of_the_old_text_narrows_the_interval() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100"]);
    bench.saw(9, &["Minister: troops 120"]);
    bench.saw(6, &["Minister: troops 100"]);
    assert_eq!(events(&bench.history), [event(EventStatus::Changed, "troops 100", "troops 120", 6, 9)]);
}

#[test]
fn captures_of_the_same_time_count_in_the_order_of_recording() {
    let mut bench = Bench::new();
    bench.saw(1, &["Minister: troops 100"]);
    bench.saw(1, &["Minister: troops 120"]);
    assert_eq!(events(&bench.history), [event(EventStatus::Changed, "troops 100", "troops 120", 1, 1)]);
}

#[test]
fn the_same_capture_twice_is_one() {
    let mut bench = Bench::new();
    let first = bench.saw(1, &["Minister: troops 100"]);
    let again = bench.saw(1, &["Minister: troops 100"]);
    assert_eq!((again.outcome, again.capture), (Outcome::AlreadyRecorded, first.capture));
    let failed = bench.failed(2);
    assert_eq!(bench.failed(2).capture, failed.capture);
    assert_eq!(bench.history.captures(first.article).unwrap().len(), 2);
}

/// Takes `a1`, `b1`, `c1` and `a2` for one claim that changed, each from the one before.
fn compare_by_drift(old: Version<'_>, new: Version<'_>, _: &LanguagePack) -> Comparison {
    let mut comparison = Comparison::default();
    let name = |claim: &Claim| claim.content.text.clone();
    let linked = |old: &Claim, new: &Claim| {
        [("a1", "b1"), ("b1", "c1"), ("c1", "a2")].contains(&(&name(old), &name(new))) || name(old) == name(new)
    };
    for a in old.claims {
        match new.claims.iter().find(|b| linked(a, b)) {
            Some(b) => {
                comparison.links.push(Link { old: a.id, new: b.id, score: 0.7, margin: 0.4 });
                comparison.changes.push(change(Status::Changed, Some(a), Some(b)));
            }
            None => comparison.changes.push(change(Status::Removed, Some(a), None)),
        }
    }
    let added = new.claims.iter().filter(|b| !old.claims.iter().any(|a| linked(a, b)));
    comparison.changes.extend(added.map(|b| change(Status::Added, None, Some(b))));
    comparison
}

#[test]
fn a_text_that_returns_keeps_its_threads_though_a_comparison_would_swap_them() {
    let mut bench = Bench::comparing_with(compare_by_drift);
    bench.saw(1, &["Minister: a1", "Minister: a2"]);
    bench.saw(2, &["Minister: b1"]);
    bench.saw(3, &["Minister: c1"]);
    bench.saw(4, &["Minister: a1", "Minister: a2"]);
    assert_eq!(threads(&bench.history), [vec!["a1", "b1", "c1", "a1"], vec!["a2", "a2"]]);
    let last: Vec<_> = events(&bench.history).into_iter().filter(|event| event.4 == 4).collect();
    assert_eq!(
        last,
        [
            event(EventStatus::Removed, "c1", "", 3, 4),
            event(EventStatus::Reintroduced, "a1", "a1", 3, 4),
            event(EventStatus::Reintroduced, "a2", "a2", 3, 4),
        ]
    );
}

#[test]
fn a_capture_costs_no_more_when_the_history_is_long() {
    let mut bench = Bench::new();
    let steps = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&steps);
    let count = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        false
    };
    bench.history.connection().progress_handler(10, Some(count)).unwrap();
    let mut costs = Vec::new();
    for version in 0..400 {
        let line = |at| if version % 10 == at { format!("Mayor: t{at} {version}") } else { format!("Mayor: t{at}") };
        let lines: Vec<String> = (0..10).map(line).collect();
        let before = steps.load(Ordering::Relaxed);
        bench.saw(version, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        costs.push(steps.load(Ordering::Relaxed) - before);
    }
    // From the hundredth on as many earlier forms of a claim are looked at as ever will be.
    let (early, late): (u64, u64) = (costs[100..120].iter().sum(), costs[380..].iter().sum());
    assert!(late * 4 <= early * 5, "steps of the database for twenty versions: {early} at first, {late} later");
}
