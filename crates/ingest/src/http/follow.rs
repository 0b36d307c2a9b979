//! Redirects, followed by hand so that each is held against the rules of its site.

use ureq::Body;
use ureq::http::Response;
use ureq::http::header::LOCATION;
use url::Url;

use super::failure::Failure;

/// The most redirects that are followed from one address.
pub const MAX_REDIRECTS: usize = 8;

/// Asks for `url` with `get`, and for what redirects lead to, at most `most` of them; `passed` is told of each. The answer,
/// and the address that gave it.
pub(super) fn follow(
    mut url: Url,
    most: usize,
    mut passed: impl FnMut(&Url),
    mut get: impl FnMut(&Url) -> Result<Response<Body>, Failure>,
) -> Result<(Response<Body>, Url), Failure> {
    for step in 0..=most {
        // Links to a part of a page are of the page.
        url.set_fragment(None);
        if !is_page_address(&url) {
            return Err(Failure::NoPageAddress);
        }
        if step > 0 {
            passed(&url);
        }
        let response = get(&url)?;
        let leads_on = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        let target = response.headers().get(LOCATION).filter(|_| leads_on);
        let Some(target) = target else { return Ok((response, url)) };
        let target = std::str::from_utf8(target.as_bytes()).map_err(|_| Failure::NoPageAddress)?;
        url = url.join(target).map_err(|_| Failure::NoPageAddress)?;
    }
    Err(Failure::TooManyRedirects { limit: most })
}

fn is_page_address(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty() && url.password().is_none()
}
