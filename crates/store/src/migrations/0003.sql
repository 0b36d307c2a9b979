-- What a claim is looked up by lies beside what its article has already, so that recording costs no more in a large file.
DROP TRIGGER wording_goes;
DROP INDEX claim_by_thread;
CREATE INDEX claim_by_thread ON claim (thread_id, wording) WHERE thread_id IS NOT NULL;
DROP INDEX claim_by_wording;
CREATE INDEX claim_by_wording ON claim (article_id, wording);
-- Speakers and captures are never deleted, and nobody is asked for by these: speaker_article leads from a speaker to articles.
DROP INDEX claim_by_speaker;
DROP INDEX event_by_not_before;

-- In which histories a wording stands, or stood in an older version.
CREATE TABLE thread_wording (
  -- The wording.
  wording_id INTEGER NOT NULL REFERENCES wording (id),
  -- The history that has a claim of that wording and speaker.
  thread_id INTEGER NOT NULL REFERENCES thread (id),
  PRIMARY KEY (wording_id, thread_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_wording_by_thread ON thread_wording (thread_id);

INSERT INTO thread_wording (wording_id, thread_id)
SELECT DISTINCT wording.id, claim.thread_id
FROM claim
CROSS JOIN wording ON wording.hash = claim.wording AND ifnull(wording.speaker_id, 0) = ifnull(claim.speaker_id, 0)
WHERE claim.thread_id NOTNULL;

-- A wording that the last history lost is not found any more.
CREATE TRIGGER thread_wording_goes AFTER DELETE ON thread_wording
WHEN NOT EXISTS (SELECT 1 FROM thread_wording WHERE wording_id = old.wording_id)
BEGIN
  INSERT INTO wording_search (wording_search, rowid, content, speaker)
  SELECT 'delete', wording.id, wording.folded, coalesce(speaker.words, '')
  FROM wording LEFT JOIN speaker ON speaker.id = wording.speaker_id
  WHERE wording.id = old.wording_id;
  DELETE FROM wording WHERE id = old.wording_id;
END;

INSERT INTO wording_search (wording_search, rowid, content, speaker)
SELECT 'delete', wording.id, wording.folded, coalesce(speaker.words, '')
FROM wording LEFT JOIN speaker ON speaker.id = wording.speaker_id
WHERE wording.id NOT IN (SELECT wording_id FROM thread_wording);

DELETE FROM wording WHERE id NOT IN (SELECT wording_id FROM thread_wording);
