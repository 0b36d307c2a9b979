//! Who may ask: a page elsewhere must not read the history through the reader's own browser by a name of its own choice.

use std::net::{IpAddr, Ipv6Addr};

/// The names by which browsers may ask.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    names: Vec<String>,
}

/// The names of this machine for itself.
const OWN: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Gate {
    /// The names of this machine, the address that is listened at, and `more`.
    pub(super) fn new(listen: IpAddr, more: &[String]) -> Self {
        let own = OWN.iter().map(|name| (*name).to_owned());
        // An address that stands for all addresses is none that a browser asks for.
        let own = own.chain((!listen.is_unspecified()).then(|| in_header(listen)));
        Self { names: own.chain(more.iter().cloned()).collect() }
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

/// Reads a name as browsers put it into the header `Host`.
pub(super) fn name(text: &str) -> Result<String, String> {
    if let Ok(address) = text.trim_matches(['[', ']']).parse::<Ipv6Addr>() {
        return Ok(in_header(address.into()));
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_name = text.split('.').all(|label| !label.is_empty() && label.bytes().all(is_plain));
    let wanted = "a name alone is wanted, such as isnad.example: no scheme, port or path, and in Latin letters (xn--…)";
    is_name.then(|| text.to_owned()).ok_or_else(|| wanted.to_owned())
}

fn in_header(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_admitted() {
        let gate = Gate::new([127, 0, 0, 1].into(), &["Isnad.example".to_owned()]);
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:7373", "[::1]:7373", "[::1]", "isnad.example:443"] {
            assert!(gate.admits(host), "{host}");
        }
        for host in
            ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7373", "evil.example:80:localhost"]
        {
            assert!(!gate.admits(host), "{host}");
        }
    }

    #[test]
    fn the_address_that_is_listened_at_is_a_name_unless_it_stands_for_all() {
        assert!(Gate::new([192, 168, 1, 5].into(), &[]).admits("192.168.1.5:7373"));
        assert!(Gate::new("fd00::5".parse().unwrap(), &[]).admits("[fd00::5]:7373"));
        assert!(!Gate::new([0, 0, 0, 0].into(), &[]).admits("0.0.0.0:7373"));
    }

    #[test]
    fn a_name_is_taken_as_browsers_send_it() {
        assert_eq!(name("isnad.example").as_deref(), Ok("isnad.example"));
        assert_eq!(name("fd00::5").as_deref(), Ok("[fd00::5]"));
        for text in ["", "http://isnad.example", "isnad.example:80", "isnad.example/", "*", "إسناد.example", "a..b"]
        {
            assert!(name(text).is_err(), "{text}");
        }
    }
}
