//! `isnad extract` on whole articles.

use crate::sandbox::Sandbox;

const ENGLISH: &str = "\
Ferry operator denies ignoring warnings

The minister, Anna Berg, told the Coastal Wire agency that \"the bridge was warned\" on Monday.
She added that more than 40 passengers were hurt.
The operator has not confirmed that the alarm was off.
";

const ARABIC: &str = "\
وزيرة النقل تعلن فتح الجسر

قالت وزيرة النقل سلمى الحارثي لوكالة الأنباء إن «الجسر آمن» وإن أكثر من 100 ألف شخص عبروه.
وأضافت أن القرار (رقم 12) لم يصدر بعد.
ونفى المتحدث باسم الوزارة كريم نعمان أن يكون الجسر قد أغلق.
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("en.txt", ENGLISH).write("ar.txt", ARABIC);
    sandbox
}

/// The part of `text` between two offsets that count code points.
fn code_points(text: &str, span: &serde_json::Value) -> String {
    let (start, end) = (span["start"].as_u64().unwrap_or(0), span["end"].as_u64().unwrap_or(0));
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn an_english_article_for_people() {
    insta::assert_snapshot!(sandbox().run(&["extract", "--language", "en", "en.txt"]));
}

#[test]
fn an_arabic_article_for_people() {
    insta::assert_snapshot!(sandbox().run(&["extract", "--language", "ar", "ar.txt"]));
}

#[test]
fn one_article_as_data() {
    let sandbox = sandbox();
    sandbox.write("one.txt", "The minister, Anna Berg, said that \"the bridge is safe\".\n");
    insta::assert_snapshot!(sandbox.run(&["extract", "--language", "en", "--format", "json", "one.txt"]).stdout);
}

#[test]
fn offsets_point_at_the_text_in_the_unit_asked_for() {
    let sandbox = sandbox();
    // A character outside the basic plane, so that the three units differ.
    let text = format!("😀 {ARABIC}");
    sandbox.write("a.txt", &text);
    let claims = |unit: &str| {
        let args = ["extract", "--language", "ar", "--format", "json", "--offsets", unit, "a.txt"];
        sandbox.run(&args).json()["claims"].as_array().cloned().unwrap_or_default()
    };
    let (points, bytes, utf16) = (claims("code-points"), claims("bytes"), claims("utf16"));
    assert!(points.len() >= 3);
    let units: Vec<u16> = text.encode_utf16().collect();
    for ((point, byte), unit) in points.iter().zip(&bytes).zip(&utf16) {
        let spans = |claim: &serde_json::Value| claim["content"]["spans"].as_array().cloned().unwrap_or_default();
        for ((p, b), u) in spans(point).iter().zip(spans(byte)).zip(spans(unit)) {
            let range = |span: &serde_json::Value| {
                span["start"].as_u64().unwrap_or(0) as usize..span["end"].as_u64().unwrap_or(0) as usize
            };
            let words = code_points(&text, p);
            assert!(point["content"]["text"].as_str().unwrap_or_default().contains(&words), "{words}");
            assert_eq!(text[range(&b)], words);
            assert_eq!(String::from_utf16_lossy(&units[range(&u)]), words);
        }
    }
}

#[test]
fn a_byte_order_mark_is_not_counted() {
    let sandbox = Sandbox::new();
    sandbox.write("plain.txt", ENGLISH).write("marked.txt", format!("\u{feff}{ENGLISH}"));
    let claims =
        |name| sandbox.run(&["extract", "--language", "en", "--format", "json", name]).json()["claims"].clone();
    assert_eq!(claims("plain.txt"), claims("marked.txt"));
}

#[test]
fn many_files_are_printed_in_the_order_given() {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    for name in &names {
        sandbox.write(name, format!("The minister said that bridge {name} was safe.\n"));
    }
    let mut args = vec!["extract", "--language", "en", "--format", "jsonl"];
    args.extend(names.iter().map(String::as_str));
    let printed = sandbox.run(&args).json_lines();
    let ids: Vec<&str> = printed.iter().filter_map(|article| article["id"].as_str()).collect();
    assert_eq!(ids, names);
}

#[test]
fn the_standard_input_is_an_article_or_rows_of_them() {
    let sandbox = Sandbox::new();
    let article = sandbox.run_with(&["extract", "--language", "en", "--format", "json", "--id", "a1", "-"], ENGLISH);
    assert_eq!(article.json()["id"], "a1", "{article}");
    let row = serde_json::json!({"id": 7, "text": ENGLISH, "language": "en", "url": "https://example.org"}).to_string();
    let rows = sandbox.run_with(&["extract", "--format", "jsonl", "-"], row + "\n");
    assert_eq!(rows.json_lines()[0]["id"], "7", "{rows}");
    assert_eq!(rows.json_lines()[0]["claims"], article.json()["claims"]);
}

#[test]
fn rows_come_out_one_for_one_and_in_order() {
    let rows: String =
        (0..500).map(|row| format!("{{\"id\":\"{row}\",\"text\":\"The mayor said that it was {row}.\"}}\n")).collect();
    let args = ["extract", "--input", "jsonl", "--format", "jsonl", "--language", "en", "-"];
    let run = Sandbox::new().run_with(&args, rows);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let ids: Vec<String> = run.json_lines().iter().filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect();
    assert_eq!(ids, (0..500).map(|row| row.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_row_is_answered_before_the_next_one_is_sent() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("isnad"))
        .args(["extract", "--input", "jsonl", "--format", "jsonl", "--language", "en", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a standard input");
    let mut output = BufReader::new(child.stdout.take().expect("a standard output"));
    for row in 0..3 {
        writeln!(input, "{{\"id\":\"{row}\",\"text\":\"The mayor said that it was fine.\"}}").expect("a reader");
        input.flush().expect("a reader");
        let mut line = String::new();
        output.read_line(&mut line).expect("an answer");
        assert!(line.contains(&format!("\"id\":\"{row}\"")), "{line}");
    }
    drop(input);
    assert!(child.wait().expect("an end").success());
}

#[test]
fn the_same_text_gives_the_same_claims_byte_for_byte() {
    let sandbox = sandbox();
    let once = |_| sandbox.run(&["extract", "--format", "jsonl", "ar.txt", "en.txt"]).stdout;
    let runs: Vec<String> = (0..3).map(once).collect();
    assert!(runs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn yesterday_is_counted_from_the_day_that_the_user_or_the_row_tells() {
    const SAID: &str = "The mayor said that the bridge closed yesterday.";
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", format!("{SAID}\n"));
    let value = |data: serde_json::Value| data["claims"][0]["dates"][0]["value"].clone();
    let extract = ["extract", "--language", "en", "--format", "json", "a.txt"];
    assert_eq!(value(sandbox.run(&extract).json()), serde_json::Value::Null);
    let dated = sandbox.run(&[&extract[..], &["--date", "2026-03-04"]].concat());
    assert_eq!(value(dated.json()), "2026-03-03", "{dated}");

    let row = |more: &str| format!("{{\"id\":\"a\",\"text\":\"{SAID}\",\"language\":\"en\"{more}}}\n");
    let rows = [
        row(""),
        row(",\"captured\":\"2026-05-02T10:00:00Z\""),
        row(",\"captured\":\"2026-05-02T10:00:00Z\",\"published\":\"2026-05-01T23:30:00+03:00\""),
    ];
    let run = sandbox.run_with(&["extract", "--format", "jsonl", "-"], rows.concat());
    let values: Vec<_> = run.json_lines().into_iter().map(value).collect();
    assert_eq!(values, [serde_json::Value::Null, "2026-05-01".into(), "2026-04-30".into()], "{run}");

    let wrong = sandbox.run(&[&extract[..], &["--date", "4.3.2026"]].concat());
    assert_eq!(wrong.status, 2, "{wrong}");
    assert!(wrong.stderr.contains("give a day such as 2026-03-04"), "{wrong}");
}
