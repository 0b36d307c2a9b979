//! Right-to-left text on terminals: who puts it into visual order, the terminal or this program.

use isnad_core::Direction;
use unicode_bidi::{BidiClass, bidi_class};

/// The user's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum BidiChoice {
    /// Go by the terminal in use; text that goes to a file or a pipe stays in logical order
    #[default]
    Auto,
    /// The terminal orders right-to-left text itself: print it in logical order, isolated
    Terminal,
    /// The terminal prints from left to right only: print right-to-left text in visual order
    None,
}

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bidi {
    /// In logical order, nothing added: for files, pipes and terminals nothing is known of.
    Logical,
    /// In logical order, each foreign piece between isolating characters.
    Isolated,
    /// In the order in which the eye meets the characters from the left.
    Visual,
}

impl BidiChoice {
    /// What the choice comes to: `variable` reads the environment, `is_terminal` tells where the output goes.
    pub(crate) fn resolve(self, is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Bidi {
        match self {
            Self::Terminal => Bidi::Isolated,
            Self::None => Bidi::Visual,
            Self::Auto if !is_terminal => Bidi::Logical,
            Self::Auto => known_terminal(variable),
        }
    }
}

/// The first strong direction of `text`; left to right if it has none.
pub(crate) fn first_strong(text: &str) -> Direction {
    let strong =
        text.chars().map(bidi_class).find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    match strong {
        Some(BidiClass::R | BidiClass::AL) => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}

/// The first release of VTE (GNOME Terminal and kin) that orders right-to-left text: 0.58.
const FIRST_VTE_WITH_BIDI: u32 = 5800;

/// What the terminal in use is known to do.
fn known_terminal(variable: impl Fn(&str) -> Option<String>) -> Bidi {
    let term = variable("TERM").unwrap_or_default();
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    match variable("TERM_PROGRAM").as_deref() {
        Some("Apple_Terminal" | "mintty") => return Bidi::Isolated,
        Some("iTerm.app" | "WezTerm" | "vscode" | "alacritty" | "ghostty") => return Bidi::Visual,
        _ => {}
    }
    if term.starts_with("mlterm") || variable("MLTERM").is_some() {
        // It orders text line by line, but draws the isolating characters.
        return Bidi::Logical;
    }
    if variable("KONSOLE_VERSION").is_some() {
        return Bidi::Isolated;
    }
    if let Some(version) = vte {
        return if version >= FIRST_VTE_WITH_BIDI { Bidi::Isolated } else { Bidi::Visual };
    }
    let left_to_right_only = ["WT_SESSION", "XTERM_VERSION", "ALACRITTY_WINDOW_ID"];
    if left_to_right_only.iter().any(|name| variable(name).is_some())
        || ["linux", "alacritty", "foot", "rxvt", "st-"].iter().any(|name| term.starts_with(name))
    {
        return Bidi::Visual;
    }
    Bidi::Logical
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(variables: &[(&str, &str)]) -> Bidi {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        BidiChoice::Auto.resolve(true, find)
    }

    #[test]
    fn known_terminals_are_told_apart() {
        assert_eq!(auto(&[("VTE_VERSION", "7600"), ("TERM", "xterm-256color")]), Bidi::Isolated);
        assert_eq!(auto(&[("VTE_VERSION", "5202")]), Bidi::Visual);
        assert_eq!(auto(&[("KONSOLE_VERSION", "230804")]), Bidi::Isolated);
        assert_eq!(auto(&[("MLTERM", "3.9.2"), ("TERM", "xterm")]), Bidi::Logical);
        assert_eq!(auto(&[("TERM_PROGRAM", "Apple_Terminal")]), Bidi::Isolated);
        assert_eq!(auto(&[("WT_SESSION", "0"), ("TERM", "xterm-256color")]), Bidi::Visual);
        assert_eq!(auto(&[("TERM", "linux")]), Bidi::Visual);
    }

    #[test]
    fn an_unknown_terminal_gets_the_text_as_it_is() {
        assert_eq!(auto(&[("TERM", "xterm-256color")]), Bidi::Logical);
    }

    #[test]
    fn a_pipe_gets_the_text_as_it_is_unless_told_otherwise() {
        assert_eq!(BidiChoice::Auto.resolve(false, |_| Some("7600".to_owned())), Bidi::Logical);
        assert_eq!(BidiChoice::Terminal.resolve(false, |_| None), Bidi::Isolated);
    }

    #[test]
    fn direction_is_that_of_the_first_letter() {
        assert_eq!(first_strong("«12 قال"), Direction::RightToLeft);
        assert_eq!(first_strong("12 (CNN) قال"), Direction::LeftToRight);
        assert_eq!(first_strong("12"), Direction::LeftToRight);
    }
}
