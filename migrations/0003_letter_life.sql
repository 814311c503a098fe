-- What happens to a letter after it is issued.
--
-- The kinds of `event` are extended by rebuilding the table rather than by a second chain: one file has one history,
-- and one chain is one place to check. Ids and hashes are kept, so that the chain still follows from its first row.
CREATE TABLE event_next (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL CHECK (kind IN (
        'created', 'submitted', 'claimed', 'judged', 'returned', 'resubmitted', 'recommended', 'refused', 'signed',
        'withdrawn', 'sentBack', 'voided', 'revoked', 'reopened', 'replacementRefused', 'extended', 'reportGiven',
        'reportReturned', 'reportConfirmed')),
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

-- An application may have several letters one after the other: a void one and the one in its place, or a replaced one.
CREATE TABLE letter_next (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    number_text TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE CHECK (length(token) >= 20),
    document TEXT NOT NULL CHECK (json_valid(document)),
    summary TEXT NOT NULL CHECK (json_valid(summary)),
    signatory_id INTEGER NOT NULL REFERENCES account (id),
    issued_at INTEGER NOT NULL,
    valid_until TEXT NOT NULL CHECK (length(valid_until) = 10),
    pdf_sha256 TEXT CHECK (pdf_sha256 IS NULL OR length(pdf_sha256) = 64),
    -- The letter that this one replaces or extends.
    follows_letter_id INTEGER REFERENCES letter (id),
    follow_kind TEXT CHECK (follow_kind IN ('replace', 'extend')),
    -- The day from which its months are counted; null means the day of issue.
    valid_from TEXT CHECK (valid_from IS NULL OR length(valid_from) = 10),
    -- When the holder owes the office a report; null for kinds of letters without one.
    duty_due_on TEXT CHECK (duty_due_on IS NULL OR length(duty_due_on) = 10),
    UNIQUE (series, year, number),
    CHECK ((follows_letter_id IS NULL) = (follow_kind IS NULL))
) STRICT;
INSERT INTO letter_next (id, application_id, series, year, number, number_text, token, document, summary, signatory_id,
    issued_at, valid_until, pdf_sha256)
SELECT id, application_id, series, year, number, number_text, token, document, summary, signatory_id, issued_at,
    valid_until, pdf_sha256 FROM letter;
DROP TABLE letter;
ALTER TABLE letter_next RENAME TO letter;
CREATE INDEX letter_file ON letter (pdf_sha256) WHERE pdf_sha256 IS NOT NULL;
CREATE INDEX letter_unrendered ON letter (id) WHERE pdf_sha256 IS NULL;
CREATE INDEX letter_application ON letter (application_id, id);
CREATE INDEX letter_follows ON letter (follows_letter_id) WHERE follows_letter_id IS NOT NULL;
CREATE INDEX letter_duty ON letter (duty_due_on) WHERE duty_due_on IS NOT NULL;
CREATE INDEX letter_expiry ON letter (valid_until);
-- The register has no gaps because nothing takes a number out of it.
CREATE TRIGGER letter_never_goes BEFORE DELETE ON letter BEGIN SELECT RAISE(ABORT, 'letters are never deleted'); END;
CREATE TRIGGER letter_keeps_its_number
BEFORE UPDATE OF application_id, series, year, number, number_text, token, document, issued_at, valid_until ON letter
BEGIN SELECT RAISE(ABORT, 'issued letters are never changed'); END;

-- How a letter ended before its day: once, by whom and why. A void one was never handed out.
CREATE TABLE letter_end (
    letter_id INTEGER PRIMARY KEY REFERENCES letter (id),
    kind TEXT NOT NULL CHECK (kind IN ('revoked', 'replaced', 'void')),
    at INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES account (id),
    -- What the public page may say of why.
    ground TEXT CHECK (ground IN ('termsBroken', 'untrueData', 'holderAsked', 'issuedInError', 'other')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    CHECK ((kind = 'revoked') = (ground IS NOT NULL))
) STRICT;
CREATE TRIGGER letter_end_never_changes BEFORE UPDATE ON letter_end
BEGIN SELECT RAISE(ABORT, 'ends of letters are never changed'); END;
CREATE TRIGGER letter_end_never_goes BEFORE DELETE ON letter_end
BEGIN SELECT RAISE(ABORT, 'ends of letters are never deleted'); END;

-- The first time that the holder fetched the file: from then on the letter cannot be made void.
CREATE TABLE letter_handover (
    letter_id INTEGER PRIMARY KEY REFERENCES letter (id),
    at INTEGER NOT NULL
) STRICT;

-- What the next letter of an application is to the one before it.
ALTER TABLE application ADD COLUMN follows_letter_id INTEGER REFERENCES letter (id);
ALTER TABLE application ADD COLUMN follow_kind TEXT CHECK (follow_kind IN ('replace', 'extend'));
ALTER TABLE application ADD COLUMN follow_reason TEXT;
CREATE UNIQUE INDEX application_extension ON application (follows_letter_id)
WHERE follow_kind = 'extend' AND state NOT IN ('refused', 'withdrawn');

-- Reports that holders owe; one that was returned stays on file.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    filename TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    given_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('given', 'returned', 'confirmed')),
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account (id),
    reason TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'given') = (decided_at IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    CHECK (state <> 'returned' OR reason <> '')
) STRICT;
CREATE INDEX report_application ON report (application_id, id);
CREATE INDEX report_file ON report (sha256);
CREATE INDEX report_decided ON report (state, decided_at);
CREATE UNIQUE INDEX report_standing ON report (application_id) WHERE state <> 'returned';

-- Reminders that were queued, or passed over because a later one was due at the same time: none comes twice.
CREATE TABLE reminder (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL CHECK (kind IN ('expiring', 'dutyBefore', 'dutyToday', 'dutyLate')),
    at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox_next (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'activation', 'accountActivated', 'submitted', 'returned', 'refused', 'issued', 'letterRevoked', 'letterVoided',
        'letterReopened', 'replacementRefused', 'letterExpiring', 'reportBefore', 'reportToday', 'reportLate',
        'reportGiven', 'reportReturned', 'reportConfirmed')),
    account_id INTEGER NOT NULL REFERENCES account (id),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    fault TEXT
) STRICT;
INSERT INTO outbox_next SELECT id, kind, account_id, payload, created_at, not_before, attempts, sent_at, fault FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (not_before, id) WHERE sent_at IS NULL;
