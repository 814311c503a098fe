-- Times are seconds since 1970-01-01T00:00:00Z, days are text 2026-08-17.

CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

-- How an office presents itself, from a day on.
CREATE TABLE office_version (
    office_id INTEGER NOT NULL REFERENCES office (id),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    presentation TEXT NOT NULL CHECK (json_valid(presentation)),
    PRIMARY KEY (office_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (email LIKE '%_@_%'),
    phone TEXT NOT NULL,
    nik TEXT CHECK (nik IS NULL OR length(nik) = 16),
    password TEXT NOT NULL CHECK (password <> ''),
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'suspended')),
    role TEXT NOT NULL CHECK (role IN ('citizen', 'verifier', 'signatory', 'admin')),
    office_id INTEGER REFERENCES office (id),
    registered_at INTEGER NOT NULL,
    -- An officer without an office could decide nothing; a citizen belongs to none.
    CHECK (role NOT IN ('verifier', 'signatory') OR office_id IS NOT NULL),
    CHECK (role <> 'citizen' OR (office_id IS NULL AND nik IS NOT NULL))
) STRICT;
CREATE INDEX account_pending ON account (registered_at) WHERE state = 'pending';

CREATE TABLE account_event (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('registered', 'activatedByMail', 'activatedByStaff', 'createdByCommand')),
    actor_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_event_account ON account_event (account_id);

-- As whom a signatory signs, from a day on.
CREATE TABLE signatory_title (
    account_id INTEGER NOT NULL REFERENCES account (id),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    title TEXT NOT NULL CHECK (json_valid(title)),
    PRIMARY KEY (account_id, valid_from)
) STRICT, WITHOUT ROWID;

-- Tokens are kept hashed (SHA-256), so that a stolen copy of this file opens nothing.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id INTEGER NOT NULL REFERENCES account (id),
    csrf_key BLOB NOT NULL CHECK (length(csrf_key) = 32),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE activation_token (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id INTEGER NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX activation_token_account ON activation_token (account_id);

CREATE TABLE letter_type (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL CHECK (slug <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    office_id INTEGER NOT NULL REFERENCES office (id),
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    published_at INTEGER NOT NULL,
    UNIQUE (slug, version)
) STRICT;

-- One row once the start data were loaded: what an office has removed since does not come back.
CREATE TABLE start_data (
    loaded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE holiday (
    day TEXT PRIMARY KEY CHECK (length(day) = 10),
    name TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE CHECK (length(reference) = 8),
    letter_type_id INTEGER NOT NULL REFERENCES letter_type (id),
    office_id INTEGER NOT NULL REFERENCES office (id),
    applicant_id INTEGER NOT NULL REFERENCES account (id),
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'submitted', 'needsCorrection', 'verified', 'awaitingSignature', 'issued', 'refused', 'withdrawn')),
    step INTEGER NOT NULL CHECK (step >= 0),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    subject TEXT NOT NULL,
    claimed_by INTEGER REFERENCES account (id),
    clock TEXT NOT NULL CHECK (json_valid(clock)),
    -- Null while nobody at the office holds the file.
    due_on TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    submitted_at INTEGER,
    revision INTEGER NOT NULL DEFAULT 0,
    CHECK ((state IN ('submitted', 'verified', 'awaitingSignature')) = (due_on IS NOT NULL)),
    CHECK (state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL)
) STRICT;
CREATE INDEX application_queue ON application (office_id, state, due_on, id);
CREATE INDEX application_applicant ON application (applicant_id, id);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    requirement TEXT NOT NULL,
    filename TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    added_at INTEGER NOT NULL,
    -- A replaced paper stays on file: it is what an officer judged.
    replaced_at INTEGER
) STRICT;
CREATE INDEX attachment_file ON attachment (sha256);
CREATE UNIQUE INDEX attachment_current ON attachment (application_id, requirement) WHERE replaced_at IS NULL;

CREATE TABLE finding (
    application_id INTEGER NOT NULL REFERENCES application (id),
    key TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('fine', 'mend')),
    reason TEXT NOT NULL,
    -- The paper that was judged; a newer one is a mended one.
    attachment_id INTEGER REFERENCES attachment (id),
    CHECK (verdict = 'fine' OR reason <> ''),
    PRIMARY KEY (application_id, key)
) STRICT, WITHOUT ROWID;

-- Only ever added to. Each row's hash covers the row before it.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL CHECK (kind IN (
        'created', 'submitted', 'claimed', 'judged', 'returned', 'resubmitted', 'recommended', 'refused', 'signed',
        'withdrawn', 'sentBack')),
    actor_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    -- Address that the change came from.
    origin TEXT NOT NULL,
    note TEXT NOT NULL,
    -- State after the change, so that a later dispute can be read from the chain alone.
    state TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX event_application ON event (application_id, id);
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- What an officer or applicant opened: citizens may ask who saw their papers.
CREATE TABLE attachment_view (
    id INTEGER PRIMARY KEY,
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    viewer_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_view_attachment ON attachment_view (attachment_id);

CREATE TABLE number_series (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= 1),
    PRIMARY KEY (series, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL UNIQUE REFERENCES application (id),
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
    UNIQUE (series, year, number)
) STRICT;
CREATE INDEX letter_file ON letter (pdf_sha256) WHERE pdf_sha256 IS NOT NULL;
CREATE INDEX letter_unrendered ON letter (id) WHERE pdf_sha256 IS NULL;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('activation', 'accountActivated', 'submitted', 'returned', 'refused', 'issued')),
    account_id INTEGER NOT NULL REFERENCES account (id),
    -- What the message is filled from; links only, no identity data.
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    fault TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (not_before, id) WHERE sent_at IS NULL;
