//! `isnad eval` on annotated articles.

use serde_json::{Value, json};

use crate::sandbox::{Run, Sandbox};

/// The spans, in code points, of `parts` in `text`.
fn spans(text: &str, parts: &[&str]) -> Value {
    let span = |part: &&str| {
        let start = text.find(*part).unwrap_or_else(|| panic!("no `{part}` in the text"));
        let start = text[..start].chars().count();
        json!([start, start + part.chars().count()])
    };
    parts.iter().map(span).collect()
}

/// Two articles with three annotated claims, of which the extractor is told a wrong speaker for one, and one without.
fn gold() -> String {
    let first = "The minister, Anna Berg, said that the “bridge” is safe. The union denied that the crew was tired.";
    let second = "قالت وزيرة النقل سلمى الحارثي إن الجسر آمن.";
    let claim = |text: &str, content, cue, source, speaker: &str, polarity: &str| {
        json!({"content": spans(text, &[content]), "cue": spans(text, &[cue]), "source": spans(text, &[source]),
            "speaker": speaker, "polarity": polarity})
    };
    let rows = [
        json!({"id": "en-1", "language": "en", "text": first, "claims": [
            claim(first, "the “bridge” is safe", "said", "The minister, Anna Berg", "Anna Berg", "affirmed"),
            claim(first, "the crew was tired", "denied", "The union", "Paul Lund", "denied"),
        ]}),
        json!({"id": 2, "language": "ar", "text": second, "claims": [
            claim(second, "الجسر آمن", "قالت", "وزيرة النقل سلمى الحارثي", "سلمى الحارثي", "affirmed"),
        ]}),
        json!({"id": 3, "language": "en", "text": "It rained all day in the town.", "claims": []}),
    ];
    rows.map(|row| format!("{row}\n")).concat()
}

fn eval(args: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write("gold.jsonl", gold());
    sandbox.run(&[&["eval", "gold.jsonl"], args].concat())
}

#[test]
fn scores_for_people_with_the_worst_rule_first_and_what_is_wrong() {
    insta::assert_snapshot!(eval(&["--errors", "3"]));
}

#[test]
fn scores_as_data() {
    let scores = eval(&["--format", "json", "--errors", "1"]).json();
    assert_eq!(
        (scores["articles"].as_u64(), scores["gold"].as_u64(), scores["system"].as_u64()),
        (Some(3), Some(3), Some(3))
    );
    assert_eq!(scores["exact"]["joint"]["f1"], 1.0, "{scores}");
    assert_eq!(scores["complete"]["p"], 2.0 / 3.0, "{scores}");
    assert_eq!(scores["rules"][0]["rule"], "en/subject-verb-clause");
    assert_eq!(scores["mistakes"][0]["fault"], "speaker");
    assert_eq!(scores["mistakes"][0]["expected"], "Paul Lund");
    assert_eq!(scores["silence"]["articles"], 1);
}

#[test]
fn the_status_tells_whether_a_figure_falls_short() {
    assert_eq!(eval(&["--min", "complete.f1=60", "--min", "exact.content.p=100"]).status, 0);
    let short = eval(&["--quiet", "--min", "complete.f1=60", "--min", "complete.f1=70"]);
    assert_eq!(short.status, 1, "{short}");
    assert!(short.stderr.starts_with("isnad: complete.f1 is 66.7, not 70\n  try: "), "{short}");
    let nothing = eval(&["--min", "kind_accuracy=1"]);
    assert_eq!(nothing.status, 1, "a figure that cannot be computed is not reached: {nothing}");
}

#[test]
fn a_floor_that_makes_no_sense_is_refused() {
    for (floor, cause) in [
        ("complete.f1", "not of the form METRIC=PERCENT"),
        ("complete.f2=1", "no such figure; there are exact.content.p"),
        ("complete.f1=many", "`many` is not a number"),
        ("complete.f1=101", "101 does not lie between 0 and 100"),
    ] {
        let run = eval(&["--min", floor]);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
        assert!(run.stderr.contains(cause), "{run}");
    }
}

#[test]
fn a_line_that_is_no_gold_is_told_and_the_rest_is_scored() {
    let sandbox = Sandbox::new();
    let outside = r#"{"id": "x", "text": "It rained.", "claims": [{"content": [[0, 99]]}]}"#;
    sandbox.write("gold.jsonl", format!("{{\"id\": 1}}\n{outside}\n\nnothing\n{}", gold()));
    let run = sandbox.run(&["eval", "--format", "json", "gold.jsonl"]);
    assert_eq!((run.status, run.json()["articles"].as_u64()), (2, Some(3)), "{run}");
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn no_gold_at_all_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.jsonl", "\n\n");
    for name in ["empty.jsonl", "missing.jsonl", "."] {
        let run = sandbox.run(&["eval", name]);
        assert_eq!((run.status, &*run.stdout, run.stderr.lines().count()), (2, "", 2), "{run}");
    }
}

/// Where annotated corpora and the script that scores them are at hand: `$ISNAD_SHARED`, or a folder beside the project.
#[test]
fn the_figures_are_those_of_the_reference_script() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::path::PathBuf::from(std::env::var_os("ISNAD_SHARED").unwrap_or_else(|| beside.into()));
    let script = shared.join("tools/score.py");
    let Ok(corpora) = std::fs::read_dir(shared.join("corpora")) else { return };
    if std::process::Command::new("python3").arg("--version").output().is_err() || !script.exists() {
        return;
    }
    let sandbox = Sandbox::new();
    let corpora = corpora.filter_map(|entry| Some(entry.ok()?.path()));
    for corpus in corpora.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")) {
        let corpus = corpus.to_string_lossy().into_owned();
        let ours = sandbox.run(&["eval", "--format", "json", &corpus]).json();
        let found = sandbox.run(&["extract", "--input", "jsonl", "--format", "jsonl", &corpus]);
        sandbox.write("found.jsonl", found.stdout);
        let theirs = sandbox.shell(&format!("python3 '{}' '{corpus}' found.jsonl --json", script.display())).json();
        for name in ["content", "source", "cue"] {
            for set in ["exact", "overlap_micro", "overlap_macro"] {
                assert_near(&ours[set][name]["f1"], &theirs[set][name]["f1"], &format!("{corpus}: {set} {name}"));
            }
        }
        assert_near(&ours["exact"]["joint"]["f1"], &theirs["exact"]["whole"]["f1"], &corpus);
        for name in ["0.3", "0.8"] {
            assert_near(&ours["found"][name]["f1"], &theirs["found"][name]["f1"], &corpus);
        }
        for name in ["speaker_accuracy", "polarity_accuracy", "kind_accuracy"] {
            assert_near(&ours[name], &theirs[name], &format!("{corpus}: {name}"));
        }
        assert_near(&ours["complete"]["f1"], &theirs["complete"]["f1"], &corpus);
        assert_eq!(ours["gold"], theirs["gold"], "{corpus}");
    }
}

fn assert_near(ours: &Value, theirs: &Value, what: &str) {
    let near = match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-9,
        (ours, theirs) => ours == theirs,
    };
    assert!(near, "{what}: {ours}, not {theirs}");
}
