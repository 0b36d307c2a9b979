//! What `isnad export` writes, read by the programs that people read it with.

use std::path::Path;
use std::process::Command;

use crate::report::{fixture, recorded};
use crate::sandbox::Sandbox;
use crate::serve::Server;
use crate::skipped::skipped;

#[test]
fn real_readers_find_in_each_format_what_it_says() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let export = |name: &str, args: &[&str]| {
        let run = sandbox.run(&[&["export", "--output", name, "--format"], args].concat());
        assert_eq!(run.status, 0, "{run}");
    };
    export("annotations.json", &["web-annotation"]);
    export("schema.json", &["schema-org"]);
    export("changes.atom", &["atom"]);
    for table in ["claims", "changes"] {
        export(&format!("{table}.csv"), &["csv", "--table", table]);
        if cfg!(feature = "parquet") {
            export(&format!("{table}.parquet"), &["parquet", "--table", table]);
        }
    }
    answers(&Server::start(&sandbox, &[]), &sandbox);
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let script = tests.join("readers/check.py");
    let Ok(read) = Command::new("python3").arg(script).arg(sandbox.path("")).output() else {
        skipped("there is no python3, so no reader looked at the exchange formats");
        return;
    };
    let said = String::from_utf8_lossy(&read.stdout);
    said.lines().filter_map(|line| line.strip_prefix("skipped: ")).for_each(skipped);
    assert!(read.status.success(), "{said}{}", String::from_utf8_lossy(&read.stderr));
}

/// Writes what the server answers: its description, and for each address of it that has data an answer, by its path.
fn answers(server: &Server, sandbox: &Sandbox) {
    let description = server.get("/openapi.json").body;
    let addresses = [
        ("/articles.json", "/articles.json?limit=1"),
        ("/articles/{article}.json", "/articles/1.json"),
        ("/articles/{article}/compare.json", "/articles/1/compare.json?old=1&new=3"),
        ("/claims/{claim}.json", "/claims/5.json"),
        ("/speakers.json", "/speakers.json?limit=2"),
        ("/speakers/{speaker}.json", "/speakers/%D8%A8%D9%8A%D9%84%D9%88%D8%A7%D8%B1.json"),
        ("/search.json", "/search.json?q=%D9%82%D8%B1%D9%8A%D8%A9"),
        ("/changes.json", "/changes.json"),
        ("/openapi.json", "/openapi.json"),
    ];
    let answers: serde_json::Map<String, serde_json::Value> = addresses
        .into_iter()
        .map(|(path, address)| {
            let answer = server.get(address).body;
            (path.to_owned(), serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}")))
        })
        .collect();
    sandbox.write("article.json", answers["/articles/{article}.json"].to_string());
    sandbox.write("answers.json", serde_json::Value::Object(answers).to_string());
    sandbox.write("openapi.json", description);
}
