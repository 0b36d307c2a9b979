//! Programs that are killed and disks that are full: what was acknowledged is there, and nothing is there by half.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use isnad_store::{History, OpenOptions};

use crate::keeping::read_by_another_engine;
use crate::sandbox::Sandbox;
#[cfg(target_os = "linux")]
use crate::skipped::skipped;

/// How often a process is killed; `ISNAD_CRASH_ROUNDS=1000` asks for more.
const ROUNDS: u64 = 200;

/// How many rows a process is given, and of how many articles.
const ROWS: u64 = 40;
const ARTICLES: u64 = 5;

fn rounds() -> u64 {
    std::env::var("ISNAD_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

/// Rows of captures, in which each article changes with every row and some come out of the order of time.
fn rows() -> Vec<String> {
    let row = |at: u64| {
        let (article, version) = (at % ARTICLES, at / ARTICLES);
        let hour = if version % 4 == 3 { version - 2 } else { version };
        format!(
            r#"{{"url": "https://news.example/{article}", "captured": "2026-03-03T{hour:02}:{at:02}", "language": "en", "text": "The mayor, Anna Berg, said that {} houses were flooded.\nThe river rose again in the night.\nIt was wet, Ben Cole said.\n"}}"#,
            40 + at
        )
    };
    (0..ROWS).map(row).collect()
}

/// What a process acknowledged: the numbers of captures.
fn acknowledged(lines: impl Iterator<Item = String>) -> Vec<i64> {
    let capture = |line: String| serde_json::from_str::<serde_json::Value>(&line).ok()?["capture"].as_i64();
    lines.filter_map(capture).collect()
}

/// Fails unless the history opens, is sound, and has these captures.
fn assert_sound(sandbox: &Sandbox, acknowledged: &[i64], when: &str) {
    if !sandbox.path("isnad.db").exists() {
        assert!(acknowledged.is_empty(), "{when}: there is no history");
        return;
    }
    let history =
        History::open(sandbox.path("isnad.db"), OpenOptions::write()).unwrap_or_else(|e| panic!("{when}: {e}"));
    let check = history.check(|_, _| {}).unwrap_or_else(|error| panic!("{when}: {error}"));
    assert_eq!(check.problems, [], "{when}");
    let articles = history.articles().expect("a list");
    let captures = articles.iter().flat_map(|article| history.captures(article.id).expect("a list"));
    let captures: HashSet<i64> = captures.map(|capture| capture.id.0).collect();
    for capture in acknowledged {
        assert!(captures.contains(capture), "{when}: capture {capture} was acknowledged and is lost");
    }
}

/// All that a history says, without numbers of rows that hang on what came first.
fn told(sandbox: &Sandbox) -> Vec<String> {
    let mut told: Vec<String> = (0..ARTICLES)
        .map(|article| {
            let log = sandbox.run(&["log", &format!("https://news.example/{article}"), "--changes"]);
            assert_eq!(log.status, 0, "{log}");
            let lines = log.stdout.lines().filter(|line| !line.starts_with("article"));
            lines.fold(String::new(), |mut all, line| {
                writeln!(all, "{line}").expect("a string");
                all
            })
        })
        .collect();
    told.sort();
    told
}

/// Gives a process rows as they come, and kills it after `delay`; what it acknowledged by then, and whether it had
/// ended by itself.
fn add_and_kill(sandbox: &Sandbox, rows: &[String], delay: Duration) -> (Vec<i64>, bool) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("isnad"))
        .current_dir(sandbox.path(""))
        .args(["add", "--format", "jsonl", "--input", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let reader = thread::spawn(move || acknowledged(lines));
    let given = rows.to_vec();
    let writer = thread::spawn(move || {
        for row in given {
            // The process may be gone.
            if writeln!(stdin, "{row}").is_err() {
                break;
            }
            thread::sleep(Duration::from_micros(500));
        }
    });
    let end = Instant::now() + delay;
    let mut ended = false;
    while !ended && Instant::now() < end {
        thread::sleep(Duration::from_millis(1).min(end.saturating_duration_since(Instant::now())));
        ended = child.try_wait().expect("a process").is_some();
    }
    child.kill().expect("a process");
    child.wait().expect("a process");
    writer.join().expect("a thread");
    (reader.join().expect("a thread"), ended)
}

/// Runs a command and kills it after `delay`.
fn run_and_kill(sandbox: &Sandbox, args: &[&str], delay: Duration) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("isnad"))
        .current_dir(sandbox.path(""))
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    thread::sleep(delay);
    child.kill().expect("a process");
    child.wait().expect("a process");
}

/// Numbers spread over 0 to 1, the same in every run.
fn spread(lane: u64) -> impl FnMut() -> f64 {
    let mut seed = 1 + lane;
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31)
    }
}

/// Kills processes, so many times, at instants spread over the time one takes; another history every so often.
fn kill_again_and_again(lane: u64, rounds: u64) {
    let rows = rows();
    let calm = Sandbox::new();
    let start = Instant::now();
    let (all, ended) = add_and_kill(&calm, &rows, Duration::from_secs(60));
    assert!(ended && all.len() as u64 == ROWS, "{} rows were acknowledged", all.len());
    let (whole, expected) = (start.elapsed(), told(&calm));
    let mut share = spread(lane);
    for history in 0..rounds.div_ceil(10) {
        let sandbox = Sandbox::new();
        let mut seen = Vec::new();
        for round in 0..10.min(rounds - history * 10) {
            let delay = whole.mul_f64(share());
            let (acknowledged, _) = add_and_kill(&sandbox, &rows, delay);
            seen.extend(acknowledged);
            assert_sound(&sandbox, &seen, &format!("history {history} of lane {lane}, round {round}, {delay:?}"));
        }
        add_and_kill(&sandbox, &rows, Duration::from_secs(60));
        assert_eq!(told(&sandbox), expected, "what was cut off and done again is as if it had never been cut off");
    }
}

#[test]
fn a_process_that_is_killed_loses_nothing_it_acknowledged() {
    let rounds = rounds();
    thread::scope(|scope| {
        for lane in 0..2 {
            scope.spawn(move || kill_again_and_again(lane, rounds / 2));
        }
    });
}

#[test]
fn reading_anew_that_is_killed_leaves_a_sound_history_and_goes_on() {
    let rows = rows();
    let calm = Sandbox::new();
    add_and_kill(&calm, &rows, Duration::from_secs(60));
    let expected = told(&calm);
    read_by_another_engine(&calm);
    let old = std::fs::read(calm.path("isnad.db")).expect("a history");
    let start = Instant::now();
    let run = calm.run(&["reextract"]);
    assert_eq!(run.status, 0, "{run}");
    let whole = start.elapsed();
    for round in 0..10 {
        let sandbox = Sandbox::new();
        sandbox.write("isnad.db", &old);
        run_and_kill(&sandbox, &["reextract", "--quiet"], whole.mul_f64(f64::from(round + 1) / 11.0));
        assert_sound(&sandbox, &[], &format!("round {round}"));
        assert_eq!(sandbox.run(&["reextract"]).status, 0);
        let done = sandbox.run(&["reextract"]);
        assert!(done.stdout.contains("nothing to do"), "{done}");
        assert_eq!(told(&sandbox), expected);
    }
}

/// The numbers of all captures.
fn captures(sandbox: &Sandbox) -> Vec<i64> {
    let Ok(history) = History::open(sandbox.path("isnad.db"), OpenOptions::read()) else { return Vec::new() };
    let articles = history.articles().expect("a list");
    articles.iter().flat_map(|it| history.captures(it.id).expect("a list")).map(|capture| capture.id.0).collect()
}

/// Kills imports of a file, so many times, at instants spread over the time one takes; another history every so often.
fn kill_imports(lane: u64, rounds: u64, file: &str, content: &str, expected: &[String]) {
    let import = |sandbox: &Sandbox| {
        let run = sandbox.run(&["import", file]);
        assert_eq!(run.status, 0, "{run}");
    };
    let calm = Sandbox::new();
    calm.write(file, content);
    let start = Instant::now();
    import(&calm);
    let whole = start.elapsed();
    let mut share = spread(lane);
    for history in 0..rounds.div_ceil(5) {
        let sandbox = Sandbox::new();
        sandbox.write(file, content);
        let mut seen = Vec::new();
        for round in 0..5.min(rounds - history * 5) {
            let delay = whole.mul_f64(share());
            run_and_kill(&sandbox, &["import", file], delay);
            assert_sound(&sandbox, &seen, &format!("{file}, history {history}, round {round}, {delay:?}"));
            seen = captures(&sandbox);
        }
        import(&sandbox);
        assert_eq!(told(&sandbox), expected, "what was cut off and done again is as if it had never been cut off");
    }
}

#[test]
fn an_import_that_is_killed_leaves_a_sound_history_and_goes_on() {
    let rows = rows().join("\n");
    let calm = Sandbox::new();
    calm.write("rows.jsonl", &rows);
    calm.run(&["import", "rows.jsonl"]);
    let (expected, exported) = (told(&calm), calm.run(&["export"]).stdout);
    thread::scope(|scope| {
        for (lane, (file, content)) in [("rows.jsonl", &rows), ("history.jsonl", &exported)].into_iter().enumerate() {
            let expected = &expected;
            scope.spawn(move || kill_imports(lane as u64, rounds() / 2, file, content, expected));
        }
    });
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_loses_nothing_that_was_acknowledged() {
    // A limit to the size of files stands in for a full disk: writing fails at any place in the file or its log.
    for limit in (1..1_200).step_by(100) {
        let sandbox = Sandbox::new();
        sandbox.write("rows.jsonl", rows().join("\n"));
        let script = format!("trap '' XFSZ; ulimit -f {limit}; exec $ISNAD add --format jsonl rows.jsonl");
        let run = sandbox.shell(&script);
        assert!([0, 2].contains(&run.status), "{run}");
        let acknowledged = acknowledged(run.stdout.lines().map(str::to_owned));
        assert_eq!(run.status == 0, acknowledged.len() as u64 == ROWS, "{run}");
        assert_sound(&sandbox, &acknowledged, &format!("with {limit} blocks"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_system_that_is_full_loses_nothing_that_was_acknowledged() {
    let mount = |size: u64| format!("mkdir small && mount -t tmpfs -o size={size}k none small");
    let alone = |script: &str| format!("unshare --user --map-root-user --mount sh -c \"{script}\"");
    if Sandbox::new().shell(&alone(&mount(100))).status != 0 {
        return skipped("no file system may be mounted here, so none was full");
    }
    for size in (100..900).step_by(100) {
        let sandbox = Sandbox::new();
        sandbox.write("rows.jsonl", rows().join("\n"));
        // What is on the small file system goes with it, so it is copied, the log too.
        let add =
            "\\$ISNAD add --db small/isnad.db --format jsonl rows.jsonl; status=\\$?; cp small/* .; exit \\$status";
        let run = sandbox.shell(&alone(&format!("{} && {{ {add}; }}", mount(size))));
        assert!([0, 2].contains(&run.status), "{run}");
        let acknowledged = acknowledged(run.stdout.lines().map(str::to_owned));
        assert_eq!(run.status == 0, acknowledged.len() as u64 == ROWS, "{size} kB: {run}");
        assert!(run.status == 0 || run.stderr.contains("disk is full"), "{size} kB: {run}");
        assert_sound(&sandbox, &acknowledged, &format!("with {size} kB"));
    }
}

#[test]
fn four_processes_that_add_and_two_that_read_lose_and_double_nothing() {
    let sandbox = Sandbox::new();
    let rows = rows();
    sandbox.write("first.jsonl", &rows[0]);
    assert_eq!(sandbox.run(&["add", "first.jsonl"]).status, 0);
    let writing = std::sync::atomic::AtomicBool::new(true);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut last = 0;
                    while writing.load(std::sync::atomic::Ordering::Relaxed) {
                        let run = sandbox.run(&["articles", "--format", "json"]);
                        assert_eq!(run.status, 0, "{run}");
                        let articles = run.json();
                        let captures = articles.as_array().expect("a list").iter();
                        let captures: u64 = captures.filter_map(|article| article["captures"].as_u64()).sum();
                        assert!(captures >= last, "captures are never fewer");
                        last = captures;
                    }
                })
            })
            .collect();
        // Each process adds all rows, in an order of its own, so that all write the same captures of the same articles.
        let writers: Vec<_> = (0..4)
            .map(|lane| {
                let (sandbox, rows) = (&sandbox, &rows);
                scope.spawn(move || {
                    let name = format!("rows-{lane}.jsonl");
                    let mut order: Vec<&String> = rows.iter().collect();
                    order.rotate_left(lane * 9);
                    let text: Vec<&str> = order.into_iter().map(String::as_str).collect();
                    sandbox.write(&name, text.join("\n"));
                    let run = sandbox.command(&["add", "--format", "jsonl", "-", "--input", "jsonl"]);
                    let run = { run }.write_stdin(text.join("\n")).output().expect("the command runs");
                    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
                })
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().expect("a writer"));
        writing.store(false, std::sync::atomic::Ordering::Relaxed);
        readers.into_iter().for_each(|reader| reader.join().expect("a reader"));
    });
    assert_sound(&sandbox, &[], "after all");
    let history = History::open(sandbox.path("isnad.db"), OpenOptions::read()).expect("a history");
    let captures: usize =
        history.articles().expect("a list").iter().map(|it| history.captures(it.id).expect("a list").len()).sum();
    assert_eq!(captures as u64, ROWS + 1, "each capture is there once; the first came from a file");
}
