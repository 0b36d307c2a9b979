//! What a piece of output means, and how each meaning is coloured.

use anstyle::{AnsiColor, Effects, Style};

/// What a piece of output means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Plain words.
    #[default]
    Plain,
    /// The title of an article or of a list.
    Title,
    /// Who speaks.
    Speaker,
    /// The words that attribute.
    Cue,
    /// Words inside quotation marks.
    Quoted,
    /// What a search found.
    Found,
    /// Particulars that few readers need.
    Dim,
    /// What calls for attention.
    Notice,
    /// Words that went.
    Deleted,
    /// Words that came.
    Inserted,
    /// A change of high severity.
    High,
    /// A change of medium severity.
    Medium,
    /// A change of low severity.
    Low,
}

impl Role {
    /// The style of the role on a terminal with colours.
    pub(crate) const fn style(self) -> Style {
        let style = Style::new();
        match self {
            Self::Plain => style,
            Self::Title => style.bold().underline(),
            Self::Speaker => style.bold(),
            Self::Cue => AnsiColor::Cyan.on_default(),
            Self::Quoted => AnsiColor::Green.on_default(),
            Self::Found => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
            Self::Dim | Self::Low => style.dimmed(),
            Self::Notice | Self::Medium => AnsiColor::Yellow.on_default(),
            Self::Deleted => AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH),
            Self::Inserted => AnsiColor::Green.on_default().effects(Effects::UNDERLINE),
            Self::High => AnsiColor::Red.on_default().effects(Effects::BOLD),
        }
    }
}
