//! Who may ask: a page elsewhere must not read the history through the reader's own browser by a name of its own choice.

/// The names by which browsers may ask.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    names: Vec<String>,
}

/// The names of this machine for itself.
const OWN: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Gate {
    /// The names of this machine, and `more`.
    pub(super) fn new(more: &[String]) -> Self {
        let names = OWN.iter().map(|name| (*name).to_owned()).chain(more.iter().map(|name| name.to_ascii_lowercase()));
        Self { names: names.collect() }
    }

    /// Whether the header `Host` names one of them, with any port.
    pub(super) fn admits(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_admitted() {
        let gate = Gate::new(&["Isnad.example".to_owned()]);
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:7373", "[::1]:7373", "[::1]", "isnad.example:443"] {
            assert!(gate.admits(host), "{host}");
        }
        for host in
            ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7373", "evil.example:80:localhost"]
        {
            assert!(!gate.admits(host), "{host}");
        }
    }
}
