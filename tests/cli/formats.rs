//! `docs/formats.md` says all that comes out, and what it shows is what comes out.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::Sandbox;

const GUIDE: &str = include_str!("../../docs/formats.md");

/// The names of all fields, at any depth.
fn fields(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                into.insert(name.clone());
                fields(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, into)),
        _ => {}
    }
}

#[test]
fn every_field_that_comes_out_is_documented() {
    let sandbox = Sandbox::new();
    let fixture = |version: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/articles/en-ferry-inquiry");
        format!("{folder}/{version}.txt")
    };
    let mut found = BTreeSet::new();
    fields(&sandbox.run(&["extract", "--format", "json", &fixture("v1")]).json(), &mut found);
    fields(&sandbox.run(&["diff", "--all", "--format", "json", &fixture("v1"), &fixture("v3")]).json(), &mut found);
    assert!(found.contains("resolved_by") && found.contains("margin"), "{found:?}");
    let undocumented: Vec<&String> = found.iter().filter(|name| !GUIDE.contains(&format!("`{name}`"))).collect();
    assert!(undocumented.is_empty(), "not in docs/formats.md: {undocumented:?}");
}

#[test]
fn the_example_of_a_claim_is_what_comes_out() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "The mayor said that more than 40 boats had left.\n");
    let found = sandbox.run(&["extract", "--language", "en", "--format", "json", "a.txt"]).json();
    let example = GUIDE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let example: Value = serde_json::from_str(example).expect("the example is JSON");
    assert_eq!(found["claims"][0], example);
}
