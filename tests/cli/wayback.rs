//! `isnad import wayback:URL`: what is asked of an archive, what is recorded, and that it is gone on with.

use crate::sandbox::{Run, Sandbox};
use crate::site::{Asked, Reply, Site, ferry};

const ARTICLE: &str = "https://news.example/ferry";

/// An archive with five captures of an article: twice the same, once gone, then another text, and one that it does not give.
fn answer(asked: &Asked, before: usize) -> Reply {
    let rows = [
        ("20260301090000", "text/html", "200", "A"),
        ("20260302090000", "text/html", "200", "A"),
        ("20260303090000", "warc/revisit", "-", "A"),
        ("20260304090000", "text/html", "404", "N"),
        ("20260305090000", "text/html", "200", "B"),
        ("20260306090000", "text/html", "200", "C"),
    ];
    let path = asked.path.split('?').next().unwrap_or_default();
    let page = |time: &str| format!("/web/{time}id_/{ARTICLE}");
    match path {
        // The list comes in two parts.
        "/cdx/search/cdx" => {
            let (rows, rest) = match asked.path.contains("resumeKey") {
                false => (&rows[..3], ",[],[\"on here\"]"),
                true => (&rows[3..], ""),
            };
            let row = |(time, kind, status, digest): &(&str, &str, &str, &str)| {
                format!(",[\"{time}\",\"{ARTICLE}\",\"{kind}\",\"{status}\",\"{digest}\"]")
            };
            let rows: String = rows.iter().map(row).collect();
            let head = "[\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\"]";
            Reply::of_type("application/json", format!("[{head}{rows}{rest}]"))
        }
        _ if path == page("20260301090000") && before == 0 => {
            Reply::status("429 Too Many Requests").with("Retry-After: 1")
        }
        _ if path == page("20260301090000") => Reply::page(ferry(40, "Anna Berg")),
        _ if path == page("20260305090000") => Reply::page(ferry(52, "Anna Berg")),
        _ => Reply::status("500 Internal Server Error"),
    }
}

fn import(sandbox: &Sandbox, archive: &Site, args: &[&str]) -> Run {
    let (base, source) = (archive.url(""), format!("wayback:{ARTICLE}"));
    let fixed = ["import", "--allow-private", "--pause", "0", "--language", "en", "--wayback-base", &base];
    sandbox.run(&[&fixed, args, &[&source]].concat())
}

#[test]
fn what_an_archive_has_of_an_article_is_recorded_and_the_same_is_asked_for_once() {
    let (archive, sandbox) = (Site::start(answer), Sandbox::new());
    let run = import(&sandbox, &archive, &["--from", "2026-03-01", "--to", "2026-03-31"]);
    assert_eq!(run.status, 2, "one capture is not to be had: {run}");
    assert!(run.stdout.contains("4 captures of 1 article: 2 new versions, 1 seen again, 1 failed; 1 skipped"), "{run}");
    assert!(run.stderr.contains("20260306090000") && run.stderr.contains("HTTP 500"), "{run}");
    let pages = archive.paths().iter().filter(|path| path.starts_with("/web/")).count();
    assert_eq!(pages, 4, "two pages, one of them refused once, and one that is not to be had: {:?}", archive.paths());
    let list = archive.paths()[0].clone();
    assert!(list.contains("from=20260301000000") && list.contains("to=20260331235959"), "{list}");
    let log = sandbox.run(&["log", "--changes", "1"]);
    assert!(
        log.stdout.contains("between 3 March 09:00 and 5 March 2026 09:00 UTC"),
        "as late as the list tells: {log}"
    );
    assert!(log.stdout.contains("{+52+}"), "{log}");
    let captures = sandbox.run(&["log", "--format", "json", "1"]).json()["captures"].clone();
    assert_eq!((&captures[0]["origin"], &captures[0]["url"]), (&"wayback".into(), &ARTICLE.into()), "{captures}");
    let place = format!("{}/web/20260301090000/{ARTICLE}", archive.url(""));
    assert_eq!(captures[0]["path"], place, "where people can see it: {captures}");
}

#[test]
fn an_import_goes_on_where_it_was_and_asks_for_nothing_it_has() {
    let (archive, sandbox) = (Site::start(answer), Sandbox::new());
    import(&sandbox, &archive, &[]);
    let asked = archive.asked().len();
    let run = import(&sandbox, &archive, &["--format", "json"]);
    let tally = run.json()[0].clone();
    assert_eq!((&tally["captures"], &tally["known"], &tally["skipped"]), (&0.into(), &4.into(), &1.into()), "{run}");
    let pages: Vec<String> =
        archive.paths().split_off(asked).into_iter().filter(|path| path.starts_with("/web/")).collect();
    assert_eq!(pages, [format!("/web/20260306090000id_/{ARTICLE}")], "only what was not to be had");
}

/// An archive whose list has a part for each of `parts`, which go on at the number of the next, the last at `end`.
fn in_parts(parts: &'static [&'static [(&'static str, &'static str)]], end: &'static str) -> Site {
    Site::start(move |asked, _| {
        if !asked.path.starts_with("/cdx/") {
            return Reply::page(ferry(40, "Anna Berg"));
        }
        let part = asked.path.rsplit_once("resumeKey=").and_then(|(_, key)| key.parse().ok()).unwrap_or(0_usize);
        let row = |(day, digest): &(&str, &str)| {
            format!(",[\"202603{day}090000\",\"{ARTICLE}\",\"text/html\",\"200\",\"{digest}\"]")
        };
        let rows: String = parts[part].iter().map(row).collect();
        let next = if part + 1 < parts.len() { (part + 1).to_string() } else { end.to_owned() };
        let rest = if next.is_empty() { next } else { format!(",[],[\"{next}\"]") };
        Reply::of_type("application/json", format!("[[\"timestamp\"]{rows}{rest}]"))
    })
}

#[test]
fn captures_that_are_the_same_are_one_run_over_the_parts_of_a_list() {
    let archive = in_parts(&[&[("01", "A"), ("02", "A")], &[("03", "A")], &[("04", "A"), ("05", "B")]], "");
    let sandbox = Sandbox::new();
    let run = import(&sandbox, &archive, &[]);
    assert_eq!(run.status, 0, "{run}");
    let captures = sandbox.run(&["log", "--format", "json", "1"]).json()["captures"].clone();
    let times: Vec<_> = captures.as_array().into_iter().flatten().map(|capture| &capture["time"]).collect();
    assert_eq!(times, ["2026-03-01T09:00:00Z", "2026-03-04T09:00:00Z", "2026-03-05T09:00:00Z"], "{captures}");
}

#[test]
fn a_list_that_goes_in_a_circle_is_told_and_what_it_has_is_recorded() {
    let archive = in_parts(&[&[("01", "A")], &[("02", "B")]], "1");
    let sandbox = Sandbox::new();
    let run = import(&sandbox, &archive, &[]);
    assert!(run.status == 2 && run.stderr.contains("the archive's list goes in a circle"), "{run}");
    assert!(run.stdout.contains("2 captures of 1 article"), "{run}");
}

#[test]
fn an_archive_that_does_not_answer_or_answers_nonsense_is_told() {
    let sandbox = Sandbox::new();
    for (reply, told) in [
        (Reply::status as fn(&'static str) -> Reply, "HTTP 403"),
        ((|_| Reply::status("304 Not Modified")) as fn(&'static str) -> Reply, "HTTP 304"),
        ((|_| Reply::page("<html>try later</html>")) as fn(&'static str) -> Reply, "no list of captures"),
    ] {
        let archive = Site::start(move |_, _| reply("403 Forbidden"));
        let run = import(&sandbox, &archive, &[]);
        assert!(run.status == 2 && run.stderr.contains(told), "{run}");
    }
    let run = sandbox.run(&["import", "wayback:ferry"]);
    assert!(run.status == 2 && run.stderr.contains("`wayback:ferry` is no address of a page"), "{run}");
}

#[test]
fn an_archive_that_gives_another_capture_than_was_asked_for_is_not_believed() {
    let archive = Site::start(|asked, _| match asked.path.split('?').next().unwrap_or_default() {
        "/cdx/search/cdx" => Reply::of_type(
            "application/json",
            format!("[[\"timestamp\"],[\"20260301090000\",\"{ARTICLE}\",\"text/html\",\"200\",\"A\"]]"),
        ),
        path if path.starts_with("/web/20260301090000id_/") => {
            Reply::status("302 Found").with(format!("Location: /web/20250101000000id_/{ARTICLE}"))
        }
        _ => Reply::page(ferry(40, "Anna Berg")),
    });
    let sandbox = Sandbox::new();
    let run = import(&sandbox, &archive, &[]);
    assert!(run.status == 2 && run.stderr.contains("the archive gives another capture in its place"), "{run}");
    assert!(!sandbox.run(&["claims"]).stdout.contains("40 passengers"));
}

#[test]
fn captures_that_the_archive_lists_and_does_not_have_do_not_end_the_import() {
    let archive = Site::start(|asked, _| match asked.path.split('?').next().unwrap_or_default() {
        "/cdx/search/cdx" => {
            let row = |day: u8| format!(",[\"2026030{day}090000\",\"{ARTICLE}\",\"text/html\",\"200\",\"{day}\"]");
            let rows: String = (1..=5).map(row).collect();
            Reply::of_type("application/json", format!("[[\"timestamp\"]{rows}]"))
        }
        path if path.contains("20260305") => Reply::page(ferry(40, "Anna Berg")),
        _ => Reply::status("404 Not Found"),
    });
    let sandbox = Sandbox::new();
    let run = import(&sandbox, &archive, &[]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stdout.contains("1 capture of 1 article: 1 new version; 4 skipped"), "{run}");
}
