-- The first schema of an isnad history. It is never edited once released: a later change is a new file.
--
-- Times are UTC in the fixed width of 2026-03-04T09:00:00.000Z, so that their order as text is their order in time.
-- Offsets count bytes of the UTF-8 text of a version, from 0, half-open.
-- A check compares with one value after the other: for a list of three SQLite makes a table whenever a row is written.
-- Columns that hold JSON say so; their shapes are those of the project's data formats, with offsets in bytes.

-- "isnd" in ASCII: by this number the file is known as a history of isnad.
PRAGMA application_id = 1769172580;

-- One story, followed over time.
CREATE TABLE article (
  -- The number people name the article by.
  id INTEGER PRIMARY KEY,
  -- What makes it this article: its first URL without the fragment, or the name it was recorded under.
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  -- The key folded for look-up.
  key_folded TEXT NOT NULL,
  -- The title in its newest capture that had one.
  title TEXT,
  -- The title folded for look-up: case, vowel marks and variant letters made alike.
  title_folded TEXT,
  -- The language in its newest capture that had one, as an ISO 639 code.
  language TEXT,
  CHECK ((title IS NULL) = (title_folded IS NULL))
) STRICT;

CREATE INDEX article_by_title ON article (title_folded) WHERE title_folded IS NOT NULL;

-- The addresses an article is known by; each belongs to one article.
CREATE TABLE article_url (
  -- The address without its fragment, scheme and host in lower case.
  url TEXT PRIMARY KEY CHECK (url <> ''),
  -- The address folded for look-up.
  url_folded TEXT NOT NULL,
  -- The article found there.
  article_id INTEGER NOT NULL REFERENCES article (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_url_by_article ON article_url (article_id);

-- Texts, each kept once however many versions or articles have it.
CREATE TABLE text (
  -- The number other tables know the text by.
  id INTEGER PRIMARY KEY,
  -- BLAKE3 of the text in UTF-8, in lower-case hexadecimal.
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  -- How many bytes the text has in UTF-8.
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  -- The row whose text is the dictionary of the compression; it has none itself. Empty if there is none.
  base_id INTEGER REFERENCES text (id),
  -- The text itself, unchanged, as one frame of Zstandard.
  content BLOB NOT NULL
) STRICT;

CREATE INDEX text_by_base ON text (base_id) WHERE base_id IS NOT NULL;

-- What came, byte for byte, so that articles can be found in it again; each once. What is a text itself is in text only.
CREATE TABLE raw (
  -- The number other rows know it by.
  id INTEGER PRIMARY KEY,
  -- BLAKE3 of the bytes, in lower-case hexadecimal.
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  -- How many bytes there are.
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  -- The row whose bytes are the dictionary of the compression; it has none itself. Empty if there is none.
  base_id INTEGER REFERENCES raw (id),
  -- The bytes as one frame of Zstandard.
  content BLOB NOT NULL
) STRICT;

CREATE INDEX raw_by_base ON raw (base_id) WHERE base_id IS NOT NULL;

-- Distinct texts of an article. Which came when is told by the captures: a text that returns is the same version.
CREATE TABLE version (
  -- The number other tables know the version by.
  id INTEGER PRIMARY KEY,
  -- The article it is a version of.
  article_id INTEGER NOT NULL REFERENCES article (id),
  -- The number people know it by: from 1 in the order in which the article's versions were first seen, so a capture of
  -- an earlier time moves it. Empty while only uncertain captures saw it.
  number INTEGER CHECK (number >= 1),
  -- Its text.
  text_id INTEGER NOT NULL REFERENCES text (id),
  -- The language it was read as, as an ISO 639 code; empty if it is not known.
  language TEXT,
  -- The paragraphs and headings: a JSON array of [start, end], with the role as a third where it is not body.
  blocks TEXT NOT NULL CHECK (json_valid(blocks)),
  -- The version of isnad that extracted the claims.
  engine TEXT NOT NULL CHECK (engine <> ''),
  -- The language pack that extracted the claims, such as "ar 1"; empty if the language has none.
  pack TEXT,
  UNIQUE (article_id, text_id),
  -- Lets capture require that its version is one of its article.
  UNIQUE (id, article_id)
) STRICT;

CREATE INDEX version_by_text ON version (text_id);
CREATE INDEX version_by_number ON version (article_id, number) WHERE number IS NOT NULL;

-- Attempts to get an article, successful or not.
CREATE TABLE capture (
  -- Grows in the order of recording, which need not be the order in time.
  id INTEGER PRIMARY KEY,
  -- The article that was to be had.
  article_id INTEGER NOT NULL REFERENCES article (id),
  -- When the page or file was got.
  captured_at TEXT NOT NULL
    CHECK (captured_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'),
  -- What came of the attempt. read: something was got. vouched: somebody said that what was got is the article.
  -- uncertain: whoever got it doubts it. failed: nothing was got.
  attempt TEXT NOT NULL CHECK (attempt = 'read' OR attempt = 'vouched' OR attempt = 'uncertain' OR attempt = 'failed'),
  -- What the history makes of it. ok: what was got is the article. uncertain: it may not be; nothing is concluded
  -- from it. failed: nothing was got. What was read is judged beside the article's other captures.
  status TEXT NOT NULL CHECK (status = 'ok' OR status = 'uncertain' OR status = 'failed'),
  -- Why it failed or is uncertain.
  reason TEXT,
  -- From where it came: file, live, warc, wayback, feed, import.
  origin TEXT NOT NULL CHECK (origin <> ''),
  -- The address that was asked, as given.
  url TEXT,
  -- The address that answered, as given, where a redirect led to another.
  final_url TEXT,
  -- The file, archive or record that was read, as given.
  path TEXT,
  -- The program that found the article in the page, if one did.
  extractor TEXT,
  -- The version of that program.
  extractor_version TEXT,
  -- BLAKE3 of the bytes as they came, in lower-case hexadecimal; they are in raw, or in text if they are a text.
  raw_hash TEXT CHECK (length(raw_hash) = 64),
  -- The text that was got.
  version_id INTEGER,
  -- What the page or the user said about the article: a JSON object with id, language, title, url, published, modified.
  metadata TEXT CHECK (json_valid(metadata)),
  FOREIGN KEY (version_id, article_id) REFERENCES version (id, article_id),
  CHECK ((status = 'ok') = (reason IS NULL)),
  CHECK (attempt = 'read' OR status = iif(attempt = 'vouched', 'ok', attempt)),
  CHECK (attempt <> 'read' OR status <> 'failed'),
  CHECK (status <> 'ok' OR version_id IS NOT NULL),
  CHECK (status <> 'failed' OR version_id IS NULL),
  CHECK ((version_id IS NULL) = (metadata IS NULL)),
  CHECK (extractor IS NOT NULL OR extractor_version IS NULL)
) STRICT;

CREATE INDEX capture_by_time ON capture (article_id, captured_at, id);
CREATE INDEX capture_by_moment ON capture (captured_at, id);
CREATE INDEX capture_by_version ON capture (version_id, captured_at, id);

-- Those to whom claims are attributed.
CREATE TABLE speaker (
  -- The number other tables know the speaker by.
  id INTEGER PRIMARY KEY,
  -- The name or description as first recorded; a claim keeps its own spelling.
  name TEXT NOT NULL CHECK (name <> ''),
  -- The name folded; spellings that fold alike are one speaker.
  folded TEXT NOT NULL UNIQUE,
  -- The words of the name, folded, with one space before and after each.
  words TEXT NOT NULL
) STRICT;

-- One claim followed through the versions of its article. Numbers are never used twice.
CREATE TABLE thread (
  -- The number people name the claim's history by.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The article whose claim it is.
  article_id INTEGER NOT NULL REFERENCES article (id)
) STRICT;

CREATE INDEX thread_by_article ON thread (article_id);

-- What versions attribute to somebody: a row is one claim in one version.
CREATE TABLE claim (
  -- The number other tables know the claim by.
  id INTEGER PRIMARY KEY,
  -- The article of that version.
  article_id INTEGER NOT NULL,
  -- The version it stands in.
  version_id INTEGER NOT NULL,
  -- Its number in the version, from 1, in the order of the text.
  number INTEGER NOT NULL CHECK (number >= 0),
  -- The history it is part of; empty while only uncertain captures saw the version.
  thread_id INTEGER REFERENCES thread (id),
  -- direct: all in quotation marks; indirect: nothing; mixed: some.
  kind TEXT NOT NULL CHECK (kind = 'direct' OR kind = 'indirect' OR kind = 'mixed'),
  -- Whether it was said, written or thought.
  mode TEXT NOT NULL CHECK (mode = 'speech' OR mode = 'writing' OR mode = 'thought'),
  -- Whether the source stands by it, denies it, or is said not to have said it.
  polarity TEXT NOT NULL CHECK (polarity = 'affirmed' OR polarity = 'denied' OR polarity = 'withheld'),
  -- 1 if it was said, 0 if the saying is future, conditional or expected.
  realised INTEGER NOT NULL CHECK (realised IN (0, 1)),
  -- How the source stands to the content: report, confirm, deny, warn …; empty without a cue.
  stance TEXT,
  -- The words that attribute, as written; empty where there are none.
  cue TEXT,
  -- The dictionary form of the cue.
  cue_lemma TEXT,
  -- The source as written; empty where the text names none.
  source TEXT,
  -- What sort of source it is: person, organisation, place, document, group, anonymous, unknown.
  source_kind TEXT,
  -- Whom the source was resolved to.
  speaker_id INTEGER REFERENCES speaker (id),
  -- Through what the words came, as written.
  channel TEXT,
  -- What is attributed; parts that do not touch are joined by " … ".
  content TEXT NOT NULL,
  -- The first 64 bits of BLAKE3 of the content's letters and digits, folded: claims that read alike have the same.
  wording INTEGER NOT NULL,
  -- Where the content starts, in bytes of the version's text.
  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),
  -- Where the content ends, in bytes of the version's text.
  end_byte INTEGER NOT NULL,
  -- 1 if the claim stands in the headline or kicker.
  headline INTEGER NOT NULL CHECK (headline IN (0, 1)),
  -- The number, in the same version, of the claim whose content holds this one.
  nested_in INTEGER,
  -- The rule that found it.
  rule TEXT NOT NULL,
  -- How often such claims are right, from 0 to 1.
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  -- What the other columns do not hold, as a JSON object: where its words stand (content only if in several pieces, cue,
  -- source, channel, quoted: arrays of [start, end]), speaker if that is spelt otherwise than the source, resolved_by,
  -- quantities, dates and hedges.
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  UNIQUE (version_id, number),
  FOREIGN KEY (version_id, article_id) REFERENCES version (id, article_id),
  FOREIGN KEY (version_id, nested_in) REFERENCES claim (version_id, number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (start_byte < end_byte),
  CHECK ((cue IS NULL) = (stance IS NULL) AND (cue IS NULL) = (cue_lemma IS NULL)),
  CHECK ((source IS NULL) = (source_kind IS NULL)),
  CHECK (source IS NOT NULL OR speaker_id IS NULL)
) STRICT;

CREATE INDEX claim_by_thread ON claim (thread_id);
CREATE INDEX claim_by_speaker ON claim (speaker_id) WHERE speaker_id IS NOT NULL;
-- The words of an article's claims are looked up when one seems to come back.
CREATE INDEX claim_by_wording ON claim (wording, article_id);

-- Judgements that two claims of neighbouring versions are the same.
CREATE TABLE link (
  -- The claim in the older version.
  old_claim_id INTEGER NOT NULL REFERENCES claim (id),
  -- The claim in the newer version.
  new_claim_id INTEGER NOT NULL REFERENCES claim (id),
  -- How alike the two are, from 0 to 1.
  score REAL NOT NULL,
  -- How far the best rival stays behind, from 0 to 1.
  margin REAL NOT NULL,
  PRIMARY KEY (old_claim_id, new_claim_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_by_new_claim ON link (new_claim_id);

-- What happened to a thread, and between which two captures.
CREATE TABLE event (
  -- Counts events; recomputing a history gives new numbers.
  id INTEGER PRIMARY KEY,
  -- The thread it happened to.
  thread_id INTEGER NOT NULL REFERENCES thread (id),
  -- added, changed, reverted (to an earlier form), split, merged, moved, removed, ambiguous, reintroduced or cosmetic.
  status TEXT NOT NULL CHECK (status <> ''),
  -- How much it matters to a reader: high, medium, low.
  severity TEXT NOT NULL CHECK (severity = 'high' OR severity = 'medium' OR severity = 'low'),
  -- In which respects the claim differs: a JSON array of names such as "quantity".
  facets TEXT NOT NULL CHECK (json_valid(facets)),
  -- 1 if a correction note in the newer version names the change.
  declared INTEGER NOT NULL CHECK (declared IN (0, 1)),
  -- The claim before; of a claim that came back, the earlier form it came back as. Empty for an added claim.
  old_claim_id INTEGER REFERENCES claim (id),
  -- The claim after; empty for a removed one.
  new_claim_id INTEGER REFERENCES claim (id),
  -- The last capture that saw the older state: the event is not earlier.
  not_before_id INTEGER NOT NULL REFERENCES capture (id),
  -- The first capture that saw the newer state: the event is not later.
  not_after_id INTEGER NOT NULL REFERENCES capture (id),
  -- In what the two readings differ that were compared: a JSON array of "engine", "pack", "extractor".
  unlike TEXT NOT NULL CHECK (json_valid(unlike)),
  -- The version of isnad that compared.
  engine TEXT NOT NULL CHECK (engine <> ''),
  -- What the other columns do not hold of the comparison of the two claims, named as in the output of isnad diff: a JSON
  -- object with status, details, words, score, margin, and as candidates the rows of the claims it could be.
  change TEXT NOT NULL CHECK (json_valid(change)),
  CHECK (old_claim_id IS NOT NULL OR new_claim_id IS NOT NULL)
) STRICT;

CREATE INDEX event_by_thread ON event (thread_id);
CREATE INDEX event_by_not_after ON event (not_after_id);
CREATE INDEX event_by_not_before ON event (not_before_id);
CREATE INDEX event_by_old_claim ON event (old_claim_id);
CREATE INDEX event_by_new_claim ON event (new_claim_id);

-- For people: the versions of each article, numbered by the time they were first seen.
CREATE VIEW versions AS
SELECT
  version.article_id,
  version.number,
  version.id AS version_id,
  (SELECT min(captured_at) FROM capture WHERE version_id = version.id AND status = 'ok') AS first_seen,
  (SELECT max(captured_at) FROM capture WHERE version_id = version.id AND status = 'ok') AS last_seen,
  (SELECT count(*) FROM capture WHERE version_id = version.id AND status = 'ok') AS captures,
  (SELECT count(*) FROM claim WHERE version_id = version.id) AS claims,
  version.engine,
  version.pack
FROM version
WHERE version.number IS NOT NULL;

-- For people: the articles, with how often they were captured and how often what they attribute changed.
CREATE VIEW articles AS
SELECT
  article.id AS article_id,
  article.key,
  article.title,
  article.language,
  (SELECT min(url) FROM article_url WHERE article_id = article.id) AS url,
  (SELECT count(*) FROM capture WHERE article_id = article.id) AS captures,
  (SELECT count(DISTINCT version_id) FROM capture WHERE article_id = article.id AND status = 'ok') AS versions,
  (SELECT min(captured_at) FROM capture WHERE article_id = article.id) AS first_captured,
  (SELECT max(captured_at) FROM capture WHERE article_id = article.id) AS last_captured,
  (
    SELECT count(*) FROM event JOIN thread ON thread.id = event.thread_id
    WHERE thread.article_id = article.id AND event.status NOT IN ('moved', 'cosmetic')
  ) AS changes
FROM article;

-- For people: the claims of each article as its newest successful capture has it.
CREATE VIEW claims_now AS
SELECT
  article.id AS article_id,
  article.title,
  article.key,
  speaker.name AS speaker,
  claim.content,
  claim.cue,
  claim.stance,
  claim.polarity,
  claim.kind,
  claim.source,
  claim.source_kind,
  claim.channel,
  claim.headline,
  claim.confidence,
  claim.number,
  claim.id AS claim_id,
  claim.thread_id,
  claim.version_id
FROM article
JOIN claim ON claim.version_id = (
  SELECT version_id FROM capture
  WHERE article_id = article.id AND status = 'ok'
  ORDER BY captured_at DESC, id DESC
  LIMIT 1
)
LEFT JOIN speaker ON speaker.id = claim.speaker_id;

-- For people: what happened to each claim, and between which two times.
CREATE VIEW changes AS
SELECT
  thread.article_id,
  article.title,
  article.key,
  event.status,
  event.severity,
  event.facets,
  coalesce(new_speaker.name, old_speaker.name) AS speaker,
  old_claim.content AS old_content,
  new_claim.content AS new_content,
  before.captured_at AS not_before,
  after.captured_at AS not_after,
  event.declared,
  event.thread_id,
  event.id AS event_id
FROM event
JOIN thread ON thread.id = event.thread_id
JOIN article ON article.id = thread.article_id
JOIN capture AS before ON before.id = event.not_before_id
JOIN capture AS after ON after.id = event.not_after_id
LEFT JOIN claim AS old_claim ON old_claim.id = event.old_claim_id
LEFT JOIN claim AS new_claim ON new_claim.id = event.new_claim_id
LEFT JOIN speaker AS old_speaker ON old_speaker.id = old_claim.speaker_id
LEFT JOIN speaker AS new_speaker ON new_speaker.id = new_claim.speaker_id;

-- What claims say in one wording from one speaker, in however many versions and articles: what search looks through.
CREATE TABLE wording (
  -- Grows in the order in which wordings were first recorded.
  id INTEGER PRIMARY KEY,
  -- The claims' column wording.
  hash INTEGER NOT NULL,
  -- The speaker; empty where the claims have none.
  speaker_id INTEGER REFERENCES speaker (id),
  -- The words of the content, folded, with one space before and after each.
  folded TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX wording_by_hash ON wording (hash, ifnull(speaker_id, 0));

-- The index of search: every three letters of wordings and of their speakers' names. A row's number is that of its wording.
CREATE VIRTUAL TABLE wording_search USING fts5 (
  content, speaker, tokenize = 'trigram case_sensitive 1', content = '', columnsize = 0
);

-- A wording that the last claim lost is not found any more.
CREATE TRIGGER wording_goes AFTER DELETE ON claim
WHEN NOT EXISTS (SELECT 1 FROM claim WHERE wording = old.wording AND speaker_id IS old.speaker_id)
BEGIN
  INSERT INTO wording_search (wording_search, rowid, content, speaker)
  SELECT 'delete', wording.id, wording.folded, coalesce(speaker.words, '')
  FROM wording LEFT JOIN speaker ON speaker.id = wording.speaker_id
  WHERE wording.hash = old.wording AND ifnull(wording.speaker_id, 0) = ifnull(old.speaker_id, 0);
  DELETE FROM wording WHERE hash = old.wording AND ifnull(speaker_id, 0) = ifnull(old.speaker_id, 0);
END;

-- Who is quoted in which article: what the claims of its versions and their changes come to.
CREATE TABLE speaker_article (
  -- The speaker.
  speaker_id INTEGER NOT NULL REFERENCES speaker (id),
  -- The article.
  article_id INTEGER NOT NULL REFERENCES article (id),
  -- How many claims they made in it, each counted once through all versions.
  claims INTEGER NOT NULL,
  -- In how many versions of it they are quoted.
  versions INTEGER NOT NULL,
  -- How often one of their claims changed; moves and spelling do not count.
  changes INTEGER NOT NULL,
  -- The first capture that saw a claim of theirs.
  first_seen TEXT NOT NULL,
  -- The last one.
  last_seen TEXT NOT NULL,
  PRIMARY KEY (speaker_id, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX speaker_article_by_article ON speaker_article (article_id);

-- The sums of speaker_article over all articles, a row for each speaker who is quoted.
CREATE TABLE speaker_total (
  -- The speaker.
  speaker_id INTEGER PRIMARY KEY REFERENCES speaker (id),
  -- In how many articles they are quoted.
  articles INTEGER NOT NULL,
  -- How many claims they made, each counted once through all versions of its article.
  claims INTEGER NOT NULL,
  -- In how many versions they are quoted.
  versions INTEGER NOT NULL,
  -- How often one of their claims changed.
  changes INTEGER NOT NULL,
  -- The first capture that saw a claim of theirs.
  first_seen TEXT NOT NULL,
  -- The last one.
  last_seen TEXT NOT NULL
) STRICT;

CREATE INDEX speaker_total_by_claims ON speaker_total (claims DESC, speaker_id);

CREATE TRIGGER speaker_article_comes AFTER INSERT ON speaker_article
BEGIN
  INSERT INTO speaker_total (speaker_id, articles, claims, versions, changes, first_seen, last_seen)
  VALUES (new.speaker_id, 1, new.claims, new.versions, new.changes, new.first_seen, new.last_seen)
  ON CONFLICT DO UPDATE SET articles = articles + 1, claims = claims + excluded.claims,
    versions = versions + excluded.versions, changes = changes + excluded.changes,
    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen);
END;

CREATE TRIGGER speaker_article_changes AFTER UPDATE ON speaker_article
BEGIN
  UPDATE speaker_total SET claims = claims + new.claims - old.claims, versions = versions + new.versions - old.versions,
    changes = changes + new.changes - old.changes,
    first_seen = iif(new.first_seen <= old.first_seen, min(first_seen, new.first_seen),
      (SELECT min(first_seen) FROM speaker_article WHERE speaker_id = new.speaker_id)),
    last_seen = iif(new.last_seen >= old.last_seen, max(last_seen, new.last_seen),
      (SELECT max(last_seen) FROM speaker_article WHERE speaker_id = new.speaker_id))
  WHERE speaker_id = new.speaker_id;
END;

CREATE TRIGGER speaker_article_goes AFTER DELETE ON speaker_article
BEGIN
  DELETE FROM speaker_total WHERE speaker_id = old.speaker_id AND articles = 1;
  UPDATE speaker_total SET articles = articles - 1, claims = claims - old.claims, versions = versions - old.versions,
    changes = changes - old.changes,
    first_seen = (SELECT min(first_seen) FROM speaker_article WHERE speaker_id = old.speaker_id),
    last_seen = (SELECT max(last_seen) FROM speaker_article WHERE speaker_id = old.speaker_id)
  WHERE speaker_id = old.speaker_id;
END;

-- For people: who is quoted, how often, where, when, and how often what they are quoted with changed.
CREATE VIEW speaker_activity AS
SELECT
  speaker.name AS speaker,
  speaker_total.claims,
  speaker_total.articles,
  speaker_total.versions,
  speaker_total.changes,
  speaker_total.first_seen,
  speaker_total.last_seen,
  speaker.id AS speaker_id
FROM speaker_total
JOIN speaker ON speaker.id = speaker_total.speaker_id;
