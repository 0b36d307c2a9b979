//! Colour, order and safety of what reaches a terminal.

use crate::sandbox::Sandbox;

const ARABIC: &str = "قالت الوزيرة إن الجسر آمن وإنه سيبقى مفتوحا طوال الشتاء.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARABIC);
    sandbox
}

#[test]
fn a_pipe_gets_no_colour_and_no_isolates() {
    let run = sandbox().run(&["extract", "a.txt"]);
    assert!(!run.stdout.contains(['\u{1b}', '\u{2066}', '\u{2067}', '\u{2069}']), "{run}");
}

#[test]
fn colour_can_be_forced_and_forbidden() {
    let sandbox = sandbox();
    let is_coloured = |args: &[&str], variable: Option<&str>| {
        let mut command = sandbox.command(args);
        if let Some(name) = variable {
            command.env(name, "1");
        }
        command.output().expect("the command runs").stdout.contains(&0x1b)
    };
    assert!(is_coloured(&["extract", "a.txt", "--color", "always"], None));
    assert!(is_coloured(&["extract", "a.txt"], Some("CLICOLOR_FORCE")));
    assert!(!is_coloured(&["extract", "a.txt", "--color", "never"], Some("CLICOLOR_FORCE")));
    assert!(!is_coloured(&["extract", "a.txt"], Some("NO_COLOR")));
}

#[test]
fn the_order_of_right_to_left_text_can_be_chosen() {
    let sandbox = sandbox();
    let isolated = sandbox.run(&["extract", "a.txt", "--bidi", "terminal"]);
    assert!(isolated.stdout.contains("\u{2067}الجسر آمن"), "{isolated}");
    let visual = sandbox.run(&["extract", "a.txt", "--bidi", "none"]);
    assert!(visual.stdout.contains("نمآ رسجلا"), "{visual}");
    let plain = sandbox.run(&["extract", "a.txt"]);
    assert!(plain.stdout.contains("الجسر آمن"), "{plain}");
}

#[test]
fn data_are_the_same_whatever_the_terminal_is_told() {
    let sandbox = sandbox();
    let plain = sandbox.run(&["extract", "a.txt", "--format", "json"]).stdout;
    let dressed = ["extract", "a.txt", "--format", "json", "--color", "always", "--bidi", "none"];
    assert_eq!(sandbox.run(&dressed).stdout, plain);
}

#[test]
fn an_article_cannot_command_the_terminal() {
    let sandbox = Sandbox::new();
    let hostile = "The minister said that the \u{1b}[2J\u{9b}31m old \u{202e}bridge\u{7} was safe.\n";
    sandbox.write("hostile.txt", hostile);
    for format in ["text", "json", "jsonl"] {
        let run = sandbox.run(&["extract", "--language", "en", "--format", format, "hostile.txt"]);
        assert!(!run.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{:?}", run.stdout);
    }
    let text = sandbox.run(&["extract", "--language", "en", "hostile.txt"]).stdout;
    assert!(text.contains("the ␛[2J⟨U+009B⟩31m old ⟨U+202E⟩bridge␇ was safe"), "{text}");
}

#[test]
fn long_work_shows_how_far_it_is_on_a_terminal_only() {
    let sandbox = sandbox();
    let files = "a.txt ".repeat(50);
    let work = format!("$ISNAD extract --format jsonl {files} > claims.jsonl");
    let piped = sandbox.shell(&work);
    assert_eq!((piped.status, &*piped.stderr), (0, ""), "{piped}");
    // `script` runs a command on a terminal of its own.
    let on_terminal = |work: &str| sandbox.shell(&format!("script -qec '{work}' /dev/null < /dev/null"));
    if on_terminal("true").status != 0 {
        return;
    }
    let shown = on_terminal(&work);
    assert!(shown.stdout.contains("/50 files"), "{shown}");
    let quiet = on_terminal(&work.replace("extract", "extract --quiet"));
    assert_eq!(quiet.stdout, "", "{quiet}");
}
