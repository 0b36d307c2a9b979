//! `isnad explain`: rule, evidence, how the speaker was found, and who was passed over.

use crate::sandbox::Sandbox;

const ENGLISH: &str = "\
Minister Anna Berg said that the bridge is safe.
Engineer Paul Lund said that it is old.
She added that perhaps 40 people were hurt. There was nothing to add.
";

const ARABIC: &str = "\
قالت وزيرة النقل سلمى الحارثي إن الجسر آمن.
وقال المهندس كريم نعمان إنه قديم.
وأضافت أن نحو 40 شخصا عبروه.
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("en.txt", ENGLISH).write("ar.txt", ARABIC);
    sandbox
}

#[test]
fn a_line_of_an_article_is_explained_with_who_was_passed_over_and_what_opened_no_claim() {
    insta::assert_snapshot!(sandbox().run(&["explain", "--language", "en", "en.txt:3"]));
}

#[test]
fn arabic_is_explained_in_readable_order_on_every_terminal() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(&["explain", "--language", "ar", "ar.txt:3"]));
    insta::assert_snapshot!(sandbox.run(&["explain", "--language", "ar", "--bidi", "none", "ar.txt:3"]));
}

#[test]
fn the_grounds_as_data() {
    let found = sandbox().run(&["explain", "--language", "en", "--format", "json", "en.txt"]).json();
    let grounds = &found["claims"][2]["grounds"];
    assert_eq!(grounds["named_at"], serde_json::json!({"start": 0, "end": 18}));
    assert_eq!(grounds["passed_over"][0]["name"], "Engineer Paul Lund");
    assert_eq!(grounds["passed_over"][0]["verdict"], "disagrees");
    assert_eq!(found["unused_cues"][0]["text"], "add");
    let plain = sandbox().run(&["extract", "--language", "en", "--format", "json", "en.txt"]).json();
    let without_grounds = |claim: &serde_json::Value| {
        let mut claim = claim.clone();
        claim.as_object_mut().expect("an object").remove("grounds");
        claim
    };
    let claims: Vec<_> = found["claims"].as_array().into_iter().flatten().map(without_grounds).collect();
    assert_eq!(plain["claims"].as_array(), Some(&claims), "the claims are those of extract");
}

#[test]
fn a_line_without_a_claim_is_said_to_have_none() {
    let sandbox = sandbox();
    sandbox.write("rain.txt", "It rained all day in the town.\n");
    assert_eq!(sandbox.run(&["explain", "--language", "en", "rain.txt"]).stdout, "no claim\n");
}

#[test]
fn a_line_that_is_not_there_is_told() {
    for place in ["en.txt:9", "en.txt:0", "missing.txt:1", "missing.txt"] {
        let run = sandbox().run(&["explain", "--language", "en", place]);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    }
}

#[test]
fn a_file_with_a_colon_in_its_name_is_a_file() {
    let sandbox = sandbox();
    sandbox.write("en.txt:3", "It rained.\n");
    assert_eq!(sandbox.run(&["explain", "--language", "en", "en.txt:3"]).stdout, "no claim\n");
}
