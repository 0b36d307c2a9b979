//! What `isnad export` writes, read by the programs that people read it with.

use std::path::Path;
use std::process::Command;

use crate::report::{fixture, recorded};
use crate::serve::Server;

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
    export("claims.csv", &["csv", "--table", "claims"]);
    if cfg!(feature = "parquet") {
        export("claims.parquet", &["parquet", "--table", "claims"]);
    }
    // The same article as the server tells it, to compare with.
    sandbox.write("article.json", Server::start(&sandbox, &[]).get("/articles/1.json").body);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/readers/check.py");
    let Ok(read) = Command::new("python3").arg(script).arg(sandbox.path("")).output() else {
        eprintln!("skipped: there is no python3");
        return;
    };
    let said = String::from_utf8_lossy(&read.stdout);
    said.lines().filter(|line| line.starts_with("skipped")).for_each(|line| eprintln!("{line}"));
    assert!(read.status.success(), "{said}{}", String::from_utf8_lossy(&read.stderr));
}
