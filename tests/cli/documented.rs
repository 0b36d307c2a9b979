//! What `docs/export.md` shows of each format is what its own commands give, and `docs/serve.md` has every address.

use std::path::Path;

use serde_json::Value;

use crate::sandbox::Sandbox;

/// The page, and a history made by the first of its commands.
fn documented() -> (String, Sandbox) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/export.md")).expect("the page");
    let sandbox = Sandbox::new();
    let fixtures = format!("{}/fixtures/", root.display());
    let add = page.lines().find(|line| line.starts_with("isnad add ")).expect("a command");
    let run = sandbox.shell(&add.replace("isnad add", "$ISNAD add").replace("fixtures/", &fixtures));
    assert_eq!(run.status, 0, "{run}");
    (page, sandbox)
}

/// What the page shows of a format: the text of the first block in its section.
fn shown<'p>(page: &'p str, format: &str) -> &'p str {
    let section = page.split(&format!("\n## `{format}`\n")).nth(1).unwrap_or_else(|| panic!("no section on {format}"));
    let block = section.split("\n```").nth(1).expect("a block");
    block.split_once('\n').expect("a line").1
}

#[test]
fn every_address_of_the_server_is_documented_with_its_forms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a page");
    let description: Value = serde_json::from_str(&read("crates/report/assets/openapi.json")).expect("JSON");
    let page = read("docs/serve.md");
    for path in description["paths"].as_object().expect("paths").keys() {
        let (path, form) = path.rsplit_once('.').expect("a form");
        let line =
            page.lines().find(|line| line.starts_with(&format!("| `{path}` |"))).unwrap_or_else(|| panic!("{path}"));
        assert!(line.contains(&format!("`.{form}`")), "{line}");
    }
}

fn exported(sandbox: &Sandbox, format: &str) -> String {
    let run = sandbox.run(&["export", "--db", "demo.db", "--format", format]);
    assert_eq!(run.status, 0, "{run}");
    run.stdout
}

#[test]
fn nodes_of_documents_are_shown_as_they_are() {
    let (page, sandbox) = documented();
    for (format, list) in [("web-annotation", "items"), ("schema-org", "@graph")] {
        let shown: Vec<Value> = serde_json::from_str(&format!("[{}]", shown(&page, format))).expect("JSON");
        let document: Value = serde_json::from_str(&exported(&sandbox, format)).expect("JSON");
        let nodes = document[list].as_array().expect("nodes");
        assert!(!shown.is_empty());
        for node in &shown {
            let name = if format == "schema-org" { "@id" } else { "id" };
            let same = nodes.iter().find(|other| other[name] == node[name]).expect("a node of that name");
            assert_eq!(node, same, "docs/export.md shows otherwise:\n{same:#}");
        }
    }
}

#[test]
fn entries_and_notes_are_shown_word_for_word() {
    let (page, sandbox) = documented();
    for format in ["atom", "note"] {
        let (shown, exported) = (shown(&page, format), exported(&sandbox, format));
        assert!(exported.contains(shown.trim_end()), "docs/export.md shows otherwise:\n{exported}");
    }
}
