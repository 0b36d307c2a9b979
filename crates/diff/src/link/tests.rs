//! What the linker judges, on articles of a few claims.

use isnad_core::{Article, Claim, extract};

use super::link;
use crate::change::Version;
use crate::facets::testing::pack;

/// Pairs of claims by their places from 0: in the old version, in the new one.
type Places = Vec<(usize, usize)>;

/// Links and ambiguous pairs between two English articles.
fn judged(old: &str, new: &str) -> (Places, Places) {
    let pack = pack("en");
    let read = |text: &str| {
        let article = Article::from_text(text, Some(pack.language()));
        let claims: Vec<Claim> = extract(&article, pack);
        (article, claims)
    };
    let ((old, old_claims), (new, new_claims)) = (read(old), read(new));
    let side = |article, claims| Version { article, claims };
    let linking = link(side(&old, &old_claims), side(&new, &new_claims), pack);
    (linking.links.iter().map(|pair| (pair.old, pair.new)).collect(), linking.ambiguous)
}

#[test]
fn the_same_words_are_the_same_claim_wherever_they_stand() {
    let old = "Ada Quill said the old bridge was closed.\nJonas Peck said the harbour was dry.";
    let new = "Jonas Peck said the harbour was dry.\nAda Quill said the old bridge was closed.";
    assert_eq!(judged(old, new), (vec![(1, 0), (0, 1)], vec![]));
}

#[test]
fn of_claims_with_the_same_words_those_that_nobody_touched_are_linked() {
    let old = "Ada Quill said in a statement: “Stay inside.”\nAda Quill said in an interview: “Stay inside.”";
    let new = ["Ada Quill said in a letter: “Stay inside.”", old].join("\n");
    assert_eq!(judged(old, &new), (vec![(0, 1), (1, 2)], vec![]));
}

#[test]
fn a_claim_is_known_again_by_most_of_its_words() {
    let old = "Ada Quill said more than 100 boats had left the old harbour before the storm.";
    let new = "Ada Quill said about 120 boats had left the old harbour before the storm.";
    assert_eq!(judged(old, new).0, [(0, 0)]);
}

#[test]
fn words_that_answer_one_another_are_the_same_claim_though_no_letter_is() {
    let old = "Ada Quill said the firm would purchase huge lorries quickly.";
    let new = "Ada Quill said the company will rapidly buy enormous trucks.";
    assert_eq!(judged(old, new).0, [(0, 0)]);
}

#[test]
fn what_has_nothing_in_common_is_not_linked_because_it_is_left_over() {
    let old = "Ada Quill said the old bridge was closed.";
    let new = "Ada Quill said wheat prices doubled last winter.";
    assert_eq!(judged(old, new), (vec![], vec![]));
}

#[test]
fn two_claims_that_fit_about_equally_well_are_ambiguous() {
    let old = "Ada Quill said the north bridge would open to lorries on Monday morning.";
    let new = "Ada Quill said the west bridge would open to lorries on Monday morning. \
               She said the east bridge would open to lorries on Monday morning.";
    let (links, ambiguous) = judged(old, new);
    assert_eq!((links, ambiguous), (vec![], vec![(0, 0), (0, 1)]));
}

#[test]
fn a_claim_that_was_split_is_linked_to_both_parts() {
    let old =
        "Ada Quill said the winter timetable would be cut by half and the ferry terminal would lose its last clerk.";
    let new = "Ada Quill said the winter timetable would be cut by half.\n\
               Ada Quill said the ferry terminal would lose its last clerk.";
    assert_eq!(judged(old, new).0, [(0, 0), (0, 1)]);
    assert_eq!(judged(new, old).0, [(0, 0), (1, 0)]);
}

#[test]
fn another_speaker_who_says_other_words_is_another_claim() {
    let old = "Ada Quill said the harbour walls were weak in many places near the fish market.";
    let new = "Jonas Peck claimed the harbour fees were far too high for the small fish traders.";
    assert_eq!(judged(old, new).0, []);
}
