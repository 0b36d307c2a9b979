//! The scores against figures that another program, written from the same definitions, gave for the same data.
//!
//! The articles and claims in `evaluate/` are invented; the claims put out are those annotated, disturbed at random.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use isnad_core::evaluate::{Evaluation, Fault, GoldArticle, Options};
use isnad_core::{Claim, Mode, OffsetMap, OffsetUnit};
use serde_json::Value;

const GOLD: &str = include_str!("evaluate/gold.jsonl");
const SYSTEM: &str = include_str!("evaluate/system.jsonl");

fn evaluate(options: Options) -> Evaluation {
    let system: Vec<Value> = SYSTEM.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let id = |row: &Value| row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_owned);
    let mut evaluation = Evaluation::new(options);
    for line in GOLD.lines() {
        let article: GoldArticle = serde_json::from_str(line).unwrap();
        let map = OffsetMap::new(&article.text, OffsetUnit::CodePoints);
        let claims: Option<Vec<Claim>> = system.iter().find(|row| id(row) == article.id).map(|row| {
            let claims: Vec<Claim> = serde_json::from_value(row["claims"].clone()).unwrap();
            claims.iter().map(|claim| claim.to_bytes(&map).unwrap()).collect()
        });
        evaluation.add(&article, claims.as_deref());
    }
    evaluation
}

/// Holds `ours` to `theirs`: every figure of the other program is there and equal.
fn assert_equal(ours: &Value, theirs: &Value, place: &str) {
    match theirs {
        Value::Object(fields) => {
            for (name, value) in fields {
                // The other program has its own names for three of them.
                let our_name = match (place, &**name) {
                    (".exact", "whole") => "joint",
                    ("", "recall_by_kind") => "by_kind",
                    (".recall_by_kind", "None") => "unknown",
                    (_, name) => name,
                };
                assert_equal(&ours[our_name], value, &format!("{place}.{name}"));
            }
        }
        Value::Array(pair) => assert_eq!((&ours["found"], &ours["gold"]), (&pair[0], &pair[1]), "{place}"),
        Value::Number(theirs) => {
            let (ours, theirs) = (ours.as_f64(), theirs.as_f64().unwrap());
            assert!(ours.is_some_and(|ours| (ours - theirs).abs() < 1e-9), "{place}: {ours:?}, not {theirs}");
        }
        other => assert_eq!(ours, other, "{place}"),
    }
}

fn assert_same_figures(options: Options, expected: &str) {
    let ours = serde_json::to_value(evaluate(options).scores()).unwrap();
    assert_equal(&ours, &serde_json::from_str(expected).unwrap(), "");
}

#[test]
fn the_figures_are_those_of_the_field() {
    assert_same_figures(Options::default(), include_str!("evaluate/scores.json"));
}

#[test]
fn nested_claims_and_headlines_count_when_asked_for() {
    assert_same_figures(Options { all: true, ..Options::default() }, include_str!("evaluate/scores-all.json"));
}

#[test]
fn only_claims_of_the_modes_asked_for_count() {
    let options = Options { modes: vec![Mode::Speech, Mode::Writing], ..Options::default() };
    assert_same_figures(options, include_str!("evaluate/scores-uttered.json"));
}

#[test]
fn rules_come_with_what_they_cost_the_worst_first() {
    let evaluation = evaluate(Options::default());
    let (rules, scores) = (evaluation.rules(), evaluation.scores());
    assert!(rules.is_sorted_by(|one, other| one.wrong() >= other.wrong()), "{rules:?}");
    assert_eq!(rules.iter().map(|rule| rule.claims).sum::<usize>(), scores.system);
    let complete: usize = rules.iter().map(|rule| rule.complete).sum();
    assert!((complete as f64 / scores.system as f64 - scores.complete.p).abs() < 1e-9);
    assert!(rules.iter().all(|rule| rule.complete <= rule.found && rule.found <= rule.claims), "{rules:?}");
}

#[test]
fn every_claim_that_is_not_complete_is_a_mistake_with_its_ground() {
    let evaluation = evaluate(Options::default());
    let (mistakes, scores) = (evaluation.mistakes(), evaluation.scores());
    let wrong: usize = evaluation.rules().iter().map(|rule| rule.wrong()).sum();
    assert_eq!(mistakes.iter().filter(|mistake| mistake.rule.is_some()).count(), wrong);
    let complete = scores.complete.r * scores.gold as f64;
    let of_gold = mistakes.iter().filter(|mistake| mistake.fault != Fault::Invented).count();
    assert_eq!(of_gold, scores.gold - complete.round() as usize);
}
