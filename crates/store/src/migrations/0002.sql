-- What was asked on the web for a capture, and what the server said.
CREATE TABLE request (
  -- The capture.
  capture_id INTEGER PRIMARY KEY REFERENCES capture (id),
  -- The feed or sitemap that named the article; empty where the user did.
  list TEXT,
  -- The addresses that redirects led to, in their order: a JSON array.
  redirects TEXT NOT NULL CHECK (json_valid(redirects)),
  -- The address that answered, or that did not: the last that was asked.
  url TEXT NOT NULL,
  -- The status of HTTP; empty where no server answered. 304 says that the page is as it was at the capture before.
  status INTEGER,
  -- The header Content-Type.
  content_type TEXT,
  -- The header ETag, by which the server knows the page again.
  etag TEXT,
  -- The header Last-Modified, by which the server knows the page again.
  last_modified TEXT,
  CHECK (status IS NOT NULL OR (content_type IS NULL AND etag IS NULL AND last_modified IS NULL))
) STRICT;

CREATE INDEX request_by_url ON request (url, capture_id);
