//! The Content-Security-Policy of a page: its own style and script, by their hashes, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy of what is no page: nothing at all.
pub(crate) const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The policy of a page with this style and script. Nothing is loaded from anywhere; where the page has a server, forms are
/// sent to it, and the page may ask it whether there is something newer.
pub(crate) fn of(style: &str, script: &str, is_served: bool) -> String {
    let (form, connect) = if is_served { ("'self'", "connect-src 'self'; ") } else { ("'none'", "") };
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; {connect}base-uri 'none'; form-action {form}",
        hash(style),
        hash(script)
    )
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", digest(text))
}

/// SHA-256 of the text, in base 64.
pub(crate) fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_a_browser_computes() {
        // From the specification: the script `alert('Hello, world.');`.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }
}
