//! `isnad report`: pages of the fixtures, as a reader sees them and as a browser reads them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use dom_query::Document;

use crate::sandbox::Sandbox;

/// The invented articles, each with three versions.
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles");
    let entries = std::fs::read_dir(folder).expect("the fixtures");
    let mut fixtures: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    fixtures.sort();
    fixtures
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles").join(name)
}

/// A folder with a history of the fixture's versions, a day apart.
pub(crate) fn recorded(fixture: &Path) -> Sandbox {
    let sandbox = Sandbox::new();
    let name = fixture.file_name().expect("a name").to_string_lossy().into_owned();
    let url = format!("https://news.example/{name}");
    let mut args = vec!["add".to_owned(), "--url".to_owned(), url];
    for at in ["2026-03-03T10:00", "2026-03-04T09:00", "2026-03-05T09:30"] {
        args.extend(["--at".to_owned(), at.to_owned()]);
    }
    args.extend(["v1.txt", "v2.txt", "v3.txt"].map(|version| fixture.join(version).display().to_string()));
    let run = sandbox.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

fn page(sandbox: &Sandbox, args: &[&str]) -> Document {
    let run = sandbox.run(&[&["report", "1"], args].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run}");
    Document::from(run.stdout)
}

/// What a reader reads from the top of the page to its end, a line for each part, with its structure as indents: changed
/// words in brackets, claims in the text of the newest version behind the numbers of their histories.
fn outline(page: &Document) -> String {
    for (element, open, close) in [("del", "[-", "-]"), ("ins", "{+", "+}"), ("mark.content", "⟨", "⟩")] {
        for node in page.select(element).nodes() {
            let text = format!("{open}{}{close}", node.text());
            node.set_text(text);
        }
    }
    let parts: [(&str, &str); 12] = [
        (".head > *:not(.figures, .facts), h2", ""),
        (".figures > div, .facts > div", "  "),
        (".timeline .label", "  "),
        (".track", "    "),
        (".card > header", "  "),
        (".card .how", "    "),
        (".form > .when, .form > .facets li, .form > .words, .form > .may-be li, .form > .note", "      "),
        (".filters option", "    "),
        (".pane:last-of-type > header", "  "),
        (".pane:last-of-type .text > *", "    "),
        ("#speakers tr, #captures tr", "  "),
        (".foot", ""),
    ];
    let mut out = String::new();
    for node in page.select("body *").nodes() {
        let element = dom_query::Selection::from(*node);
        let Some((_, indent)) = parts.iter().find(|(selector, _)| element.is(selector)) else { continue };
        // Definitions and headings stand beside each other.
        for node in element.select("dt, header > h3").nodes() {
            node.set_text(format!("{}: ", node.text().trim()));
        }
        let said = match element.attr("aria-label") {
            Some(label) => label.to_string(),
            None if element.is("tr") => {
                let cells = element.select("th, td");
                cells.iter().map(|cell| cell.text().trim().to_owned()).collect::<Vec<_>>().join(" | ")
            }
            None => element.text().to_string(),
        };
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("{indent}{said}\n"));
    }
    out
}

#[test]
fn the_report_on_each_fixture_is_as_reviewed() {
    for fixture in fixtures() {
        let name = fixture.file_name().expect("a name").to_string_lossy().into_owned();
        // Arabic articles with the interface in Arabic, all others in English.
        let language = if name.starts_with("ar-") { "ar" } else { "en" };
        let page = page(&recorded(&fixture), &["--ui-language", language]);
        insta::assert_snapshot!(format!("report-{name}"), outline(&page));
    }
}

#[test]
fn direction_is_carried_on_every_text() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    for (language, direction) in [("ar", "rtl"), ("en", "ltr")] {
        let page = page(&sandbox, &["--ui-language", language]);
        assert_eq!(page.select_single("html").attr("dir").as_deref(), Some(direction));
        assert_eq!(page.select_single("html").attr("lang").as_deref(), Some(language));
        for text in page.select("h1, .words, .text").nodes() {
            assert_eq!(text.attr("dir").as_deref(), Some("rtl"));
            assert_eq!(text.attr("lang").as_deref(), Some("ar"));
        }
    }
}

#[test]
fn time_runs_from_right_to_left_in_an_arabic_interface() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let first_capture = |language| {
        let page = page(&sandbox, &["--ui-language", language]);
        let x = page.select(".axis svg svg").nodes().first().and_then(|node| node.attr("x")).expect("a capture");
        x.trim_end_matches('%').parse::<f64>().expect("a number")
    };
    assert!(first_capture("en") < 10.0);
    assert!(first_capture("ar") > 90.0);
}

fn assert_every_link_leads_somewhere(page: &Document) {
    let anchors = page.select("[id]");
    let anchors: HashSet<String> =
        anchors.nodes().iter().filter_map(|node| Some(node.attr("id")?.to_string())).collect();
    for link in page.select("a[href^='#']").nodes() {
        let target = link.attr("href").expect("a target");
        assert!(anchors.contains(&target[1..]), "{target}");
    }
}

#[test]
fn every_link_leads_somewhere_on_the_page() {
    for fixture in fixtures() {
        assert_every_link_leads_somewhere(&page(&recorded(&fixture), &[]));
    }
}

#[test]
fn no_link_leads_to_what_a_page_has_no_room_for() {
    let sandbox = Sandbox::new();
    let add = |day: usize, text: String| {
        let at = format!("2026-03-{day:02}T10:00");
        let run = sandbox.run_with(&["add", "--language", "en", "--article", "dam", "--at", &at, "-"], text);
        assert_eq!(run.status, 0, "{run}");
    };
    // More claims than have cards, then more versions than are shown; all but one claim are gone after the second.
    let claims: String =
        (1..=420).map(|n| format!("Councillor Ann Lee said that tunnel {n} had cost {n} pounds.\n\n")).collect();
    add(1, format!("Dam\n\nIt rained.\n\n{claims}"));
    add(2, format!("Dam\n\nIt rained on.\n\n{claims}"));
    for day in 3..=15 {
        add(
            day,
            format!("Dam\n\nIt rained for {day} days.\n\nCouncillor Ann Lee said that tunnel 1 had cost 1 pounds.\n"),
        );
    }
    let page = page(&sandbox, &[]);
    assert_every_link_leads_somewhere(&page);
    assert_eq!(page.select(".card").length(), 400);
    assert!(page.select(".card footer .item:not(a)").text().contains("of version 2"));
}

#[test]
fn the_page_goes_into_the_file_and_nothing_is_left_half() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let run = sandbox.run(&["report", "1", "-o", "page.html"]);
    let page = std::fs::read_to_string(sandbox.path("page.html")).expect("the page");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run}");
    assert_eq!(run.stderr, format!("page.html: a page of {} kB\n", page.len().div_ceil(1000)));
    assert_eq!(sandbox.run(&["report", "1", "--quiet", "--force", "-o", "page.html"]).stderr, "");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(!sandbox.shell("ls").stdout.contains(".part"));

    let run = sandbox.run(&["report", "1", "-o", "no/such/folder/page.html"]);
    insta::assert_snapshot!(run);
}

#[test]
fn a_folder_that_has_pages_already_is_left_as_it_is_unless_all_are_replaced() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let all = ["report", "--all", "-o", "site"];
    assert_eq!(sandbox.run(&all).status, 0);
    let files = || sandbox.shell("cksum site/*").stdout;
    let before = files();
    assert_eq!(before.lines().count(), 3, "{before}");
    // A newer article, whose page would be written first.
    let text = "Ferry\n\nThe mayor, Ann Lee, said that the ferry was late.\n";
    let add = ["add", "--language", "en", "--article", "ferry", "--at", "2026-03-06T10:00", "-"];
    assert_eq!(sandbox.run_with(&add, text.to_owned()).status, 0);
    let run = sandbox.run(&all);
    assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    assert!(run.stderr.contains("--force"), "{run}");
    assert_eq!(files(), before);
    assert_eq!(sandbox.run(&[&all[..], &["--force"]].concat()).status, 0);
    assert_eq!(files().lines().count(), 4);
}

#[test]
fn an_article_that_is_not_there_is_told() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let run = sandbox.run(&["report", "7"]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains('7'), "{run}");
}
