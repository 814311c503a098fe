-- What people do with their accounts: secrets, contact data, sessions, messages, privacy, handing over.

-- SQLite changes no CHECK in place.
CREATE TABLE account_event_next (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN (
        'registered', 'renewed', 'activatedByMail', 'activatedByStaff', 'createdByCommand', 'rejected',
        'passwordChanged', 'passwordReset', 'emailChanged', 'phoneChanged', 'sessionsEnded', 'choicesChanged',
        'exported', 'deletionRequested', 'deletionWithdrawn', 'deleted')),
    actor_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
INSERT INTO account_event_next SELECT id, account_id, kind, actor_id, at FROM account_event;
DROP TABLE account_event;
ALTER TABLE account_event_next RENAME TO account_event;
CREATE INDEX account_event_account ON account_event (account_id);

-- A sign-up that the office turned down, until somebody signs up with the address again.
ALTER TABLE account ADD COLUMN rejected_at INTEGER;
-- Nothing of the person is left in this row since then, save a NIK that an issued letter names and the language that
-- the last mail is written in.
ALTER TABLE account ADD COLUMN deleted_at INTEGER;

-- What the browser called itself.
ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';

-- Kinds of messages come and go with what the portal does, and each is written by one function that takes nothing but
-- a known kind: a list of them here would only ask for this table to be rebuilt again and again.
CREATE TABLE outbox_next (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    account_id INTEGER NOT NULL REFERENCES account (id),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    fault TEXT,
    -- Where it goes when that is not the account's own address; forgotten once it is sent.
    address TEXT CHECK (address IS NULL OR address LIKE '%_@_%')
) STRICT;
INSERT INTO outbox_next (id, kind, account_id, payload, created_at, not_before, attempts, sent_at, fault)
SELECT id, kind, account_id, payload, created_at, not_before, attempts, sent_at, fault FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (not_before, id) WHERE sent_at IS NULL;

-- Somebody says they forgot the password of an address. Whether it has an account is only looked up later, so that
-- the answer takes as long either way. Rows live for seconds.
CREATE TABLE password_request (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL COLLATE NOCASE,
    at INTEGER NOT NULL
) STRICT;

-- One-time links, kept hashed like those of activation.
CREATE TABLE account_token (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id INTEGER NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('password', 'email')),
    -- The new address that the link went to.
    email TEXT COLLATE NOCASE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK ((purpose = 'email') = (email IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX account_token_account ON account_token (account_id);

-- Only what somebody has chosen; the rest follows the topic's default.
CREATE TABLE notification_choice (
    account_id INTEGER NOT NULL REFERENCES account (id),
    topic TEXT NOT NULL CHECK (topic <> ''),
    channel TEXT NOT NULL CHECK (channel IN ('email')),
    wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    PRIMARY KEY (account_id, topic, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE deletion_request (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    requested_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL CHECK (due_at > requested_at),
    withdrawn_at INTEGER,
    done_at INTEGER,
    CHECK (withdrawn_at IS NULL OR done_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX deletion_request_open ON deletion_request (account_id)
    WHERE withdrawn_at IS NULL AND done_at IS NULL;

-- An application offered to somebody else's account, and who took it when.
CREATE TABLE application_transfer (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    from_id INTEGER NOT NULL REFERENCES account (id),
    email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '%_@_%'),
    -- Made when the mail goes out.
    token_hash BLOB UNIQUE CHECK (token_hash IS NULL OR length(token_hash) = 32),
    offered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > offered_at),
    state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn')),
    to_id INTEGER REFERENCES account (id),
    decided_at INTEGER,
    -- Address that the acceptance came from.
    origin TEXT,
    CHECK ((state = 'offered') = (decided_at IS NULL)),
    CHECK ((state = 'accepted') = (to_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX application_transfer_open ON application_transfer (application_id) WHERE state = 'offered';
CREATE INDEX application_transfer_application ON application_transfer (application_id, id);

-- A campus, company or organisation that several people apply for.
CREATE TABLE institution (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('campus', 'school', 'company', 'organisation', 'government', 'other')),
    address TEXT NOT NULL CHECK (address <> ''),
    -- Who answers for it.
    head TEXT NOT NULL CHECK (head <> ''),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    institution_id INTEGER NOT NULL REFERENCES institution (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
    since INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (institution_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_account ON membership (account_id) WHERE ended_at IS NULL;

CREATE TABLE institution_invitation (
    id INTEGER PRIMARY KEY,
    institution_id INTEGER NOT NULL REFERENCES institution (id),
    email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '%_@_%'),
    token_hash BLOB UNIQUE CHECK (token_hash IS NULL OR length(token_hash) = 32),
    invited_by INTEGER NOT NULL REFERENCES account (id),
    invited_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > invited_at),
    accepted_by INTEGER REFERENCES account (id),
    accepted_at INTEGER
) STRICT;
CREATE INDEX institution_invitation_institution ON institution_invitation (institution_id);

-- The institution that an application is filed for; its members may see and continue it.
ALTER TABLE application ADD COLUMN institution_id INTEGER REFERENCES institution (id);
CREATE INDEX application_institution ON application (institution_id) WHERE institution_id IS NOT NULL;
