//! Language packs of the user's own, and the guide to them.

use crate::sandbox::{Run, Sandbox};

const SKELETON: &str = include_str!("../../docs/skeleton-pack.toml");
const GUIDE: &str = include_str!("../../docs/language-packs.md");

const SWEDISH: &str = "\
Bron stängs

Ministern Astrid Falk sade på tisdagen att bron är säker.
Hon tillade att mer än fyrtio tusen personer använder den.
”Vi stänger inte”, sade borgmästaren Nils Ekman.
Facket förnekade att personalen var trött.
Polischefen varnade för halka.
Ministern har inte sagt att det regnar.
Det regnade hela dagen trots att det var vår.
";

const OWN: &str = "\
extends = \"en\"

[[cue]]
lemma = \"blurt out\"
stance = \"reveal\"
frames = [\"clause\"]
past = [\"blurted out\"]
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("sv.toml", SKELETON).write("sv.txt", SWEDISH).write("own.toml", OWN);
    sandbox.write("en.txt", "The minister blurted out that the bridge is closed.\n");
    sandbox
}

#[test]
fn the_skeleton_finds_the_claims_of_an_article_in_its_language() {
    insta::assert_snapshot!(sandbox().run(&["extract", "--pack", "sv.toml", "sv.txt"]));
}

#[test]
fn a_file_of_ones_own_adds_to_a_pack_that_ships_and_is_told_in_the_data() {
    let sandbox = sandbox();
    let found = |args: &[&str]| {
        sandbox.run(&[&["extract", "--format", "json", "--language", "en", "en.txt"], args].concat()).json()
    };
    assert_eq!(found(&[])["claims"].as_array().map(Vec::len), Some(0));
    let with_own = found(&["--pack", "own.toml"]);
    assert_eq!(with_own["claims"][0]["content"]["text"], "the bridge is closed");
    assert_eq!(with_own["isnad"]["language_pack"], "en 1 + own.toml");
}

#[test]
fn articles_in_other_languages_are_read_with_the_packs_that_ship() {
    let sandbox = sandbox();
    let rows = "{\"id\":\"a\",\"language\":\"en\",\"text\":\"The minister said that it rained.\"}\n\
                {\"id\":\"b\",\"text\":\"Ministern sade att det regnade.\"}\n";
    let args = ["extract", "--pack", "sv.toml", "--input", "jsonl", "--format", "jsonl", "-"];
    let found = sandbox.run_with(&args, rows).json_lines();
    let packs: Vec<&str> = found.iter().filter_map(|row| row["isnad"]["language_pack"].as_str()).collect();
    assert_eq!(packs, ["en 1", "sv 1"]);
    assert!(found.iter().all(|row| row["claims"].as_array().is_some_and(|claims| claims.len() == 1)), "{found:?}");
}

#[test]
fn a_pack_of_ones_own_does_not_make_its_language_that_of_every_article() {
    let sandbox = sandbox();
    sandbox.write("fr.txt", "La ministre a déclaré lundi que le pont resterait fermé pendant tout l'hiver prochain.\n");
    let found = sandbox.run(&["extract", "--format", "json", "--pack", "own.toml", "fr.txt"]).json();
    assert_eq!(found["isnad"]["language_pack"], "fr 1");
    assert_eq!(found["claims"].as_array().map(Vec::len), Some(1));
}

fn with_pack(name: &str, pack: impl AsRef<[u8]>) -> Run {
    let sandbox = sandbox();
    sandbox.write(name, pack);
    sandbox.run(&["extract", "--pack", name, "sv.txt"])
}

#[test]
fn a_mistake_in_a_pack_is_told_with_file_line_entry_and_reason() {
    let mistakes = [
        SKELETON.replace("complementiser = [", "complementizer = ["),
        SKELETON.replace("stance = \"deny\"", "stance = \"denying\""),
        SKELETON.replace("prepositions = [\"för\"]\n", ""),
        SKELETON.replace("word-order = \"subject-first\"", "word-order = \"subject-last\""),
        SKELETON.replace("value = 40", "value = \"forty\""),
        SKELETON.replace("title = [\"statsminister\"]", "title = [\"statsminister\""),
        SKELETON.replace("\"statsminister\"", "\" \""),
        SKELETON.replace("version = 1\n", ""),
        "extends = \"sv\"\n".to_owned(),
    ];
    let said: String = mistakes
        .iter()
        .map(|pack| with_pack("my.toml", pack))
        .map(|run| {
            assert_eq!((run.status, &*run.stdout, run.stderr.lines().count()), (2, "", 2), "{run}");
            run.stderr.lines().next().unwrap_or_default().to_owned() + "\n"
        })
        .collect();
    insta::assert_snapshot!(said);
}

#[test]
fn a_pack_that_cannot_be_read_is_told() {
    for run in [with_pack("latin.toml", b"# f\xf6r\n"), sandbox().run(&["extract", "--pack", "missing.toml", "sv.txt"])]
    {
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    }
}

#[test]
fn every_example_of_the_guide_is_a_pack() {
    let examples: Vec<&str> = GUIDE.split("```toml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    assert!(examples.len() >= 4);
    for example in examples {
        let run = with_pack("example.toml", example);
        assert!(!run.stderr.contains("example.toml"), "{example}\n{run}");
    }
}

/// The names in data of an enum's variants, read from its source.
fn names(source: &str, name: &str) -> Vec<String> {
    let body = source.split(&format!("enum {name} {{\n")).nth(1).and_then(|rest| rest.split("\n}").next());
    let variants = body.expect("an enum").lines().filter_map(|line| line.trim().strip_suffix(','));
    let kebab = |variant: &str| {
        let parts = variant.char_indices().map(|(at, letter)| match letter.is_uppercase() && at > 0 {
            true => format!("-{}", letter.to_lowercase()),
            false => letter.to_lowercase().to_string(),
        });
        parts.collect()
    };
    variants.filter(|variant| variant.chars().all(char::is_alphanumeric)).map(kebab).collect()
}

#[test]
fn the_guide_explains_every_class_frame_requirement_and_stance() {
    let class = include_str!("../../crates/core/src/language/class.rs");
    let cue = include_str!("../../crates/core/src/language/cue.rs");
    let claim = include_str!("../../crates/core/src/claim.rs");
    for (source, name, least) in
        [(class, "WordClass", 80), (cue, "Frame", 10), (cue, "Requirement", 5), (claim, "Stance", 20)]
    {
        let names = names(source, name);
        assert!(names.len() >= least, "{name}: {names:?}");
        for word in names {
            assert!(
                GUIDE.contains(&format!("`{word}`")),
                "docs/language-packs.md does not explain the {name} `{word}`"
            );
        }
    }
}
