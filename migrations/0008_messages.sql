-- Talking about an application, mending it, and giving papers again.

-- Kinds of events come and go with what the portal does, and each is written by one function that takes nothing but a
-- known kind: a list of them here would only ask for this table to be rebuilt again and again. Ids and hashes are kept,
-- so that the chain still follows from its first row.
CREATE TABLE event_next (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    actor_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;
INSERT INTO event_next SELECT id, application_id, kind, actor_id, at, origin, note, state, details, hash FROM event;
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;
CREATE INDEX event_application ON event (application_id, id);
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- Whose turn it is: since when a question of the office waits for the applicant, and a message of the applicant for the
-- office. Null while nobody waits.
ALTER TABLE application ADD COLUMN asked_at INTEGER;
ALTER TABLE application ADD COLUMN unanswered_at INTEGER;
CREATE INDEX application_unanswered ON application (office_id, unanswered_at) WHERE unanswered_at IS NOT NULL;

-- What applicant and office write to each other. The chain of events has the hash of each text, so that the words can go
-- with a deleted account while what happened stays provable.
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    author_id INTEGER NOT NULL REFERENCES account (id),
    side TEXT NOT NULL CHECK (side IN ('applicant', 'office')),
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    is_question INTEGER NOT NULL CHECK (is_question IN (0, 1)),
    -- Made with the form: the same form sent twice is one message.
    token TEXT NOT NULL CHECK (token <> ''),
    erased_at INTEGER,
    UNIQUE (application_id, author_id, token),
    CHECK (side = 'office' OR is_question = 0),
    CHECK (erased_at IS NULL OR text = '')
) STRICT;
CREATE INDEX message_application ON message (application_id, id);
CREATE TRIGGER message_never_changes BEFORE UPDATE OF application_id, author_id, side, at, is_question ON message
BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
CREATE TRIGGER message_keeps_its_text BEFORE UPDATE OF text ON message WHEN NEW.erased_at IS NULL
BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
CREATE TRIGGER message_never_goes BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END;

CREATE TABLE message_file (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id),
    filename TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;
CREATE INDEX message_file_message ON message_file (message_id);
CREATE INDEX message_file_file ON message_file (sha256);

-- Like `attachment_view`, for what came with messages.
CREATE TABLE message_file_view (
    id INTEGER PRIMARY KEY,
    message_file_id INTEGER NOT NULL REFERENCES message_file (id),
    viewer_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_file_view_file ON message_file_view (message_file_id);

-- One mail tells of several messages: the last one to an account is looked up before another is queued.
CREATE INDEX outbox_account ON outbox (account_id, kind, created_at);

-- What was returned and what came back for it, part by part and round by round, as an officer compares it.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    -- When it was handed in again; all parts of a round have the same.
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    -- What the officer wrote; empty for what was only asked because another answer changed.
    reason TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    old_attachment_id INTEGER REFERENCES attachment (id),
    new_attachment_id INTEGER REFERENCES attachment (id),
    -- Why it is right as it was.
    explanation TEXT NOT NULL
) STRICT;
CREATE INDEX correction_application ON correction (application_id, at);

-- Who gave a paper, when it was given first, and for which application when that was another one: papers are used again
-- only for the account that gave them, and using one again does not make it younger.
ALTER TABLE attachment ADD COLUMN given_by INTEGER REFERENCES account (id);
ALTER TABLE attachment ADD COLUMN given_at INTEGER;
ALTER TABLE attachment ADD COLUMN given_for TEXT CHECK (given_for IS NULL OR length(given_for) = 8);
CREATE INDEX attachment_giver ON attachment (given_by, id) WHERE given_by IS NOT NULL;
-- For papers from before, only where nobody but the applicant can have given them.
UPDATE attachment SET given_at = added_at, given_by = (
    SELECT applicant_id FROM application
    WHERE application.id = application_id AND institution_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM application_transfer AS moved
        WHERE moved.application_id = application.id AND moved.state = 'accepted'));
