//! The file as other programs see it: `docs/database.md`, its queries, and SQLite in Python.

use std::process::Command;

use rusqlite::{Connection, OpenFlags};

use crate::sandbox::Sandbox;

const GUIDE: &str = include_str!("../../docs/database.md");

/// A history with changes, an unnamed source and a failed capture.
fn history() -> Sandbox {
    let sandbox = Sandbox::new();
    let versions = [
        "Ferry\n\nThe minister, Anna Berg, said that 40 people were hurt.\nAn official said that the pier was closed.\n",
        "Ferry\n\nThe minister, Anna Berg, said that 52 people were hurt.\n",
    ];
    for (day, text) in (3..).zip(versions) {
        sandbox.write("v.txt", text);
        let time = format!("2026-03-0{day}T10:00");
        sandbox.run(&["add", "--url", "https://example.org/ferry", "--at", &time, "--language", "en", "v.txt"]);
        sandbox.run(&["add", "--url", "https://example.org/copy", "--at", &time, "--language", "en", "v.txt"]);
    }
    sandbox.write("empty.html", "");
    sandbox.run(&["add", "--url", "https://example.org/ferry", "--at", "2026-03-05T10:00", "empty.html"]);
    sandbox
}

fn open(sandbox: &Sandbox) -> Connection {
    Connection::open_with_flags(sandbox.path("isnad.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a history")
}

/// What the guide says of a table or view.
fn section(name: &str) -> Option<&'static str> {
    let (_, rest) = GUIDE.split_once(&format!("\n## {name}\n"))?;
    let end = [rest.find("\n## "), rest.find("\n# ")].into_iter().flatten().min();
    rest.get(..end.unwrap_or(rest.len()))
}

#[test]
fn the_guide_explains_every_table_view_and_column_and_no_other() {
    let sandbox = history();
    let conn = open(&sandbox);
    let mut tables = conn
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite_%'")
        .expect("tables");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect();
    for table in &tables {
        let told = section(table).unwrap_or_else(|| panic!("docs/database.md does not tell of {table}"));
        let mut columns = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).expect("columns");
        let columns: Vec<String> =
            columns.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect();
        let cells = told.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        let explained: Vec<&str> =
            cells.flat_map(|cell| cell.split("`, `")).map(|name| name.trim_end_matches('`')).collect();
        for column in &columns {
            assert!(explained.contains(&column.as_str()), "docs/database.md does not tell of {table}.{column}");
        }
        let gone: Vec<&&str> = explained.iter().filter(|name| !columns.iter().any(|column| column == *name)).collect();
        assert!(gone.is_empty(), "{table} has no {gone:?}");
    }
    let sections = GUIDE.lines().filter_map(|line| line.strip_prefix("## "));
    let unknown: Vec<&str> = sections.filter(|name| !tables.iter().any(|table| table == name)).collect();
    assert!(unknown.is_empty(), "there is no {unknown:?}");
}

#[test]
fn every_query_of_the_guide_runs_and_finds_something() {
    let sandbox = history();
    let conn = open(&sandbox);
    let mut queries = 0;
    for block in GUIDE.split("```sql\n").skip(1) {
        let query = block.split("```").next().expect("an end");
        let mut prepared = conn.prepare(query).unwrap_or_else(|error| panic!("{error}: {query}"));
        let mut rows = prepared.query([]).unwrap_or_else(|error| panic!("{error}: {query}"));
        let found = rows.next().unwrap_or_else(|error| panic!("{error}: {query}")).is_some();
        let wants_words_of_its_own = query.contains("MATCH") || query.contains("'anonymous'");
        assert!(found || wants_words_of_its_own, "nothing found: {query}");
        queries += 1;
    }
    assert!(queries >= 10, "{queries}");
}

#[test]
fn python_reads_the_history_with_its_own_sqlite() {
    let sandbox = history();
    let script = "import sqlite3\n\
        history = sqlite3.connect('file:isnad.db?mode=ro', uri=True)\n\
        print(history.execute('SELECT speaker, claims, changes FROM speaker_activity ORDER BY speaker').fetchall())\n\
        print(history.execute(\"SELECT content FROM claims_now WHERE key LIKE '%ferry'\").fetchall())\n";
    let Ok(python) = Command::new("python3").args(["-c", script]).current_dir(sandbox.path("")).output() else {
        return;
    };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let said = String::from_utf8_lossy(&python.stdout);
    assert!(said.contains("('The minister, Anna Berg', 2, 2)") && said.contains("52 people were hurt"), "{said}");
}

/// Asks Datasette, in its own process, for every table and view, for a query of the guide, and for its search of wordings.
const DATASETTE: &str = r#"
import asyncio, sys
from datasette.app import Datasette

async def main():
    datasette = Datasette(["isnad.db"], metadata={"databases": {"isnad": {"tables": {
        "wording": {"fts_table": "wording_search", "fts_pk": "id"}}}}})
    await datasette.invoke_startup()

    async def get(path, **query):
        answer = await datasette.client.get(path, params=query)
        assert answer.status_code == 200, (path, query, answer.text)
        return answer

    database = (await get("/isnad.json")).json()
    names = [it["name"] for it in database["tables"] if not it["hidden"]] + [it["name"] for it in database["views"]]
    assert "claims_now" in names and "claim" in names, names
    for name in names:
        await get(f"/isnad/{name}")
    match = """SELECT wording.folded FROM wording_search JOIN wording ON wording.id = wording_search.rowid
        WHERE wording_search MATCH '"people were hurt"'"""
    print(len((await get("/isnad.json", sql=match, _shape="array")).json()))
    print(len((await get("/isnad/wording.json", _search="closed", _shape="array")).json()))

asyncio.run(main())
"#;

#[test]
fn datasette_serves_the_history_and_searches_it() {
    let sandbox = history();
    let python = |script: &str| Command::new("python3").args(["-c", script]).current_dir(sandbox.path("")).output();
    if !python("import datasette").is_ok_and(|it| it.status.success()) {
        return;
    }
    let served = python(DATASETTE).expect("Python");
    assert!(served.status.success(), "{}", String::from_utf8_lossy(&served.stderr));
    assert_eq!(String::from_utf8_lossy(&served.stdout), "2\n1\n");
}
