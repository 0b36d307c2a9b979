//! What changes on a page by itself never touches a claim.

use crate::sandbox::Sandbox;

const PARAGRAPHS: [&str; 5] = [
    "The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday morning.",
    "The harbour master, Paul Lund, said that the ferry was an hour late and that the fog had been thick since dawn.",
    "The union said that the crew was tired after three double shifts, and that it had warned the company in writing.",
    "The company denied that, and said that every shift had been agreed with the crew in the week before.",
    "Ms Berg asked people to stay away from the quay, and promised that the inquiry would be public.",
];

/// What of a page may differ from one capture to the next while the article stays the same.
#[derive(Clone, Copy)]
struct Furniture {
    share: &'static str,
    updated: &'static str,
    counter: &'static str,
    related: [&'static str; 3],
    comments: &'static str,
    advertisement: &'static str,
}

const MONDAY: Furniture = Furniture {
    share: "Share",
    updated: "Last updated: 2 March 2026, 10:00",
    counter: "1,204 views",
    related: [
        "Fog over the coast for days, forecasters say",
        "Who owns the ferries?",
        "Five things to do on the islands",
    ],
    comments: "12 comments",
    advertisement: "Advertisement",
};

const TUESDAY: Furniture = Furniture {
    share: "Share this story on Facebook",
    updated: "Last updated: 3 March 2026, 18:30",
    counter: "98,311 views",
    related: ["Mayor said the town was calm", "Minister: \"No more ferries in fog\"", "Cheap flights for the summer"],
    comments: "431 comments",
    advertisement: "Sponsored",
};

fn page(furniture: Furniture) -> String {
    let Furniture { share, updated, counter, related, comments, advertisement } = furniture;
    let (first, rest) = PARAGRAPHS.split_at(2);
    let paragraphs = |texts: &[&str]| -> String { texts.iter().map(|text| format!("<p>{text}</p>")).collect() };
    let links: String = related.iter().map(|title| format!("<li><a href='/x'>{title}</a></li>")).collect();
    format!(
        "<html lang=en><head><title>Ferry runs aground</title></head><body><nav><a href=/>Home</a></nav><article><h1>Ferry runs aground</h1>\
         <p class=updated>{updated}</p><div class=share><a href='#'>{share}</a></div>{}<div class=ad>{advertisement}</div>{}\
         <p><a href='/x'>{}</a></p><div class=views>{counter}</div><h3>Related stories</h3><ul>{links}</ul><p>{comments}</p></article></body></html>",
        paragraphs(first),
        paragraphs(rest),
        related[0],
    )
}

/// The events that a second page makes after a first.
fn events(second: &str) -> Vec<serde_json::Value> {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", page(MONDAY)).write("b.html", second);
    let times = ["--at", "2026-03-02T10:00", "--at", "2026-03-03T19:00"];
    let args = [
        &["add", "--format", "jsonl", "--changes", "--url", "https://river.example/ferry"],
        &times[..],
        &["a.html", "b.html"],
    ]
    .concat();
    let run = sandbox.run(&args);
    let rows = run.json_lines();
    assert_eq!((rows.len(), &rows[0]["claims"]), (2, &rows[1]["claims"]), "{run}");
    assert!(rows[1]["doubt"].is_null() && rows[0]["claims"].as_u64() >= Some(5), "{run}");
    rows[1]["changes"].as_array().cloned().unwrap_or_default()
}

#[test]
fn what_changes_by_itself_makes_no_event() {
    let with = |change: fn(&mut Furniture)| {
        let mut furniture = MONDAY;
        change(&mut furniture);
        page(furniture)
    };
    for (what, second) in [
        ("share line", with(|page| page.share = TUESDAY.share)),
        ("last updated", with(|page| page.updated = TUESDAY.updated)),
        ("counter", with(|page| page.counter = TUESDAY.counter)),
        ("related links", with(|page| page.related = TUESDAY.related)),
        ("comment count", with(|page| page.comments = TUESDAY.comments)),
        ("advertisement label", with(|page| page.advertisement = TUESDAY.advertisement)),
        ("all of them", page(TUESDAY)),
    ] {
        assert_eq!(events(&second), Vec::<serde_json::Value>::new(), "{what}");
    }
}

#[test]
fn a_page_that_is_shown_in_two_forms_by_turns_is_told() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.html", page(MONDAY))
        .write("b.html", page(MONDAY).replace("Ferry runs aground", "Forty hurt in fog"));
    let mut told = Vec::new();
    for (hour, file) in ["a.html", "b.html", "a.html", "b.html"].into_iter().enumerate() {
        let time = format!("2026-03-02T1{hour}:00");
        let run = sandbox.run(&["add", "--url", "https://river.example/ferry", "--at", &time, file]);
        assert_eq!(run.status, 0, "{run}");
        told.push(sandbox.run(&["log", "1"]).stdout.contains("versions 1 and 2 take turns"));
    }
    assert_eq!(told, [false, false, false, true]);
    let log = sandbox.run(&["log", "1", "--format", "json"]).json();
    assert_eq!(log["turns"], serde_json::json!({"versions": [1, 2], "returns": 2}), "{log}");
}

#[test]
fn a_change_of_the_story_among_the_noise_is_seen() {
    let second = page(TUESDAY).replace("40 passengers", "52 passengers");
    let events = events(&second);
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["change"]["facets"][0], "quantity");
}
