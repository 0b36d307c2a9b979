//! One form for all the addresses of an article: without what tracks its readers, and of the page for desktops.

use std::sync::LazyLock;

use serde::Deserialize;
use url::{Host, Url};

/// What of an address does not say which article it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noise {
    /// Names of parameters; one that ends in `*` stands for all that begin so.
    parameters: Vec<String>,
    /// What a host begins with that serves the same pages to telephones, or as AMP.
    hosts: Vec<String>,
    /// Parameters that ask for the AMP form, as `name=value` or `name`.
    amp_parameters: Vec<String>,
    /// Parts of a path that ask for it, at the end or the beginning.
    amp_segments: Vec<String>,
}

const NOISE_FILE: &str = include_str!("../data/addresses.toml");

static NOISE: LazyLock<Noise> = LazyLock::new(|| toml::from_str(NOISE_FILE).unwrap_or_default());

/// The most bytes of an address.
const MAX_BYTES: usize = 8 * 1024;

/// The canonical form of an article's address: `https`, the host in small letters without `www.`, `m.` and the like, without
/// fragment, tracking parameters, AMP forms and a slash at the end. Two addresses with the same form are one article; the form
/// itself need not lead anywhere, so keep the address that was given.
///
/// `None` for what is no address of a page: another scheme, no host, a user name in it, or more than 8 KiB.
#[must_use]
pub fn canonical_url(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > MAX_BYTES {
        return None;
    }
    let url = Url::parse(address).ok().filter(is_page)?;
    let mut url = out_of_cache(&url).unwrap_or(url);
    url.set_fragment(None);
    // Neither fails for http and https; if one did, the address would stay as it is.
    let _ = url.set_scheme("https");
    let is_default_port = matches!(url.port(), Some(80 | 443));
    if is_default_port {
        let _ = url.set_port(None);
    }
    if let Some(Host::Domain(host)) = url.host() {
        let bare = bare_host(host).to_owned();
        let _ = url.set_host(Some(&bare));
    }
    keep_parameters(&mut url);
    let path = bare_path(url.path()).to_owned();
    url.set_path(&path);
    let has_query = url.query().is_some();
    let text = String::from(url);
    Some(text.strip_suffix('/').filter(|_| !has_query).map(str::to_owned).unwrap_or(text))
}

fn is_page(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty() && url.password().is_none()
}

/// The address that an AMP cache stands for: `…/amp/s/host/path`, `host.cdn.ampproject.org/c/s/host/path`.
fn out_of_cache(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let path = url.path();
    let inner = match () {
        () if host.ends_with(".cdn.ampproject.org") => {
            ["/c/s/", "/v/s/", "/c/", "/v/"].iter().find_map(|at| path.strip_prefix(at))
        }
        () if host.starts_with("www.google.") => path.strip_prefix("/amp/s/").or_else(|| path.strip_prefix("/amp/")),
        () => None,
    }?;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Url::parse(&format!("https://{inner}{query}")).ok().filter(is_page)
}

/// A host without what only says for which device it serves, as long as a domain is left.
fn bare_host(host: &str) -> &str {
    let mut bare = host;
    while let Some(rest) = NOISE.hosts.iter().find_map(|prefix| bare.strip_prefix(prefix.as_str())) {
        if !rest.contains('.') {
            break;
        }
        bare = rest;
    }
    bare
}

/// Leaves out the parameters that do not say which article it is.
fn keep_parameters(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query.split('&').filter(|parameter| !parameter.is_empty() && !is_noise(parameter)).collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(&*kept));
}

fn is_noise(parameter: &str) -> bool {
    let parameter = parameter.to_ascii_lowercase();
    let name = parameter.split('=').next().unwrap_or_default();
    let is_tracking = NOISE.parameters.iter().any(|known| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == known,
    });
    is_tracking
        || NOISE.amp_parameters.iter().any(|known| *known == parameter || (*known == name && !known.contains('=')))
}

/// A path without the parts that ask for the AMP form, and without a slash at the end.
fn bare_path(path: &str) -> &str {
    let is_amp = |segment: &str| NOISE.amp_segments.iter().any(|known| known.eq_ignore_ascii_case(segment));
    let mut bare = path;
    loop {
        let shorter = bare.trim_end_matches('/');
        let shorter = shorter.rsplit_once('/').filter(|(_, last)| is_amp(last)).map_or(shorter, |(rest, _)| rest);
        let shorter = shorter.strip_suffix(".amp").unwrap_or(shorter);
        let first = shorter.strip_prefix('/').and_then(|rest| rest.split_once('/')).map(|(first, _)| first);
        let shorter = match first.filter(|first| is_amp(first)) {
            Some(first) => shorter.get(first.len() + 1..).unwrap_or_default(),
            None => shorter,
        };
        if shorter == bare {
            return bare;
        }
        bare = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_forms_of_an_address_are_one() {
        for form in [
            "https://news.example/world/ferry",
            "http://www.news.example/world/ferry/",
            "https://NEWS.example:443/world/ferry?utm_source=x&utm_medium=y&fbclid=1#comments",
            "https://m.news.example/world/ferry",
            "https://amp.news.example/world/ferry",
            "https://www.news.example/world/ferry/amp/",
            "https://news.example/amp/world/ferry",
            "https://news.example/world/ferry.amp",
            "https://news.example/world/ferry?outputType=amp",
            "https://news.example/world/ferry?amp",
            "https://news-example.cdn.ampproject.org/c/s/www.news.example/world/ferry?amp=1",
            "https://www.google.com/amp/s/www.news.example/world/ferry",
        ] {
            assert_eq!(canonical_url(form).as_deref(), Some("https://news.example/world/ferry"), "{form}");
        }
    }

    #[test]
    fn what_says_which_article_it_is_stays() {
        for (address, form) in [
            ("https://news.example/?id=7&utm_source=x", "https://news.example/?id=7"),
            ("https://news.example/a?Page=2&p=3", "https://news.example/a?Page=2&p=3"),
            ("https://news.example/A", "https://news.example/A"),
            ("https://m.example/a", "https://m.example/a"),
            ("https://news.example:8080/a", "https://news.example:8080/a"),
            ("https://news.example/camp/amplifier", "https://news.example/camp/amplifier"),
            ("http://news.example/خبر", "https://news.example/%D8%AE%D8%A8%D8%B1"),
        ] {
            assert_eq!(canonical_url(address).as_deref(), Some(form), "{address}");
        }
    }

    #[test]
    fn what_is_no_page_has_no_form() {
        let long = format!("https://news.example/{}", "a".repeat(9000));
        for address in [
            "",
            "ferry",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://user:secret@news.example/",
            "https://",
            &long,
        ] {
            assert_eq!(canonical_url(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_form_is_its_own_form(address in "https?://[a-z.]{1,12}/[a-zA-Z0-9/.?&=_%#-]{0,40}", other in "\\PC{0,60}") {
            let _ = canonical_url(&other);
            if let Some(form) = canonical_url(&address) {
                prop_assert_eq!(canonical_url(&form), Some(form));
            }
        }
    }
}
