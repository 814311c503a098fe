-- Messages go out by e-mail and, for those who connect them, by Telegram and WhatsApp.

-- One row for each message and way, so that one that fails repeats no other. Rows from before are mails.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'email'
    CHECK (channel IN ('email', 'telegram', 'whatsapp'));
-- Given up: the chat is gone, the number is none, or it waited for too long.
ALTER TABLE outbox ADD COLUMN undeliverable_at INTEGER;
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (channel, not_before, id) WHERE sent_at IS NULL AND undeliverable_at IS NULL;

-- Where somebody gets messages beside their e-mail.
CREATE TABLE channel_connection (
    account_id INTEGER NOT NULL REFERENCES account (id),
    channel TEXT NOT NULL CHECK (channel IN ('telegram', 'whatsapp')),
    -- Number of a chat at Telegram, or of a phone.
    address TEXT NOT NULL CHECK (address <> ''),
    connected_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, channel)
) STRICT, WITHOUT ROWID;
-- One phone may serve several accounts, such as a parent's and a child's.
CREATE INDEX channel_connection_address ON channel_connection (channel, address);

-- Secrets of links that connect a chat, kept hashed like those of mails.
CREATE TABLE telegram_token (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id INTEGER NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    -- The chat that it was used in: pressing Start there once more is no mistake.
    chat TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX telegram_token_account ON telegram_token (account_id);
CREATE INDEX telegram_token_expiry ON telegram_token (expires_at);

-- Up to where each bot's updates are taken in. It moves together with what an update did, so that a crash repeats none.
CREATE TABLE telegram_position (
    bot TEXT PRIMARY KEY CHECK (bot <> ''),
    next INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The code that shows that somebody reads what is sent to their number.
CREATE TABLE whatsapp_code (
    account_id INTEGER PRIMARY KEY REFERENCES account (id),
    phone TEXT NOT NULL CHECK (phone <> ''),
    requested_at INTEGER NOT NULL,
    -- Both are made when it is sent.
    salt BLOB CHECK (salt IS NULL OR length(salt) = 16),
    code_hash BLOB CHECK (code_hash IS NULL OR length(code_hash) = 32),
    expires_at INTEGER NOT NULL CHECK (expires_at > requested_at),
    tries INTEGER NOT NULL DEFAULT 0,
    -- The number takes none.
    failed_at INTEGER,
    CHECK ((salt IS NULL) = (code_hash IS NULL))
) STRICT;
CREATE INDEX whatsapp_code_expiry ON whatsapp_code (expires_at);

-- SQLite changes no CHECK in place. Kinds of events and ways of messages come and go with what the portal does, and each
-- is written by functions that take nothing but known ones.
CREATE TABLE account_event_next (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    actor_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
INSERT INTO account_event_next SELECT id, account_id, kind, actor_id, at FROM account_event;
DROP TABLE account_event;
ALTER TABLE account_event_next RENAME TO account_event;
CREATE INDEX account_event_account ON account_event (account_id);

CREATE TABLE notification_choice_next (
    account_id INTEGER NOT NULL REFERENCES account (id),
    topic TEXT NOT NULL CHECK (topic <> ''),
    channel TEXT NOT NULL CHECK (channel <> ''),
    wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    PRIMARY KEY (account_id, topic, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO notification_choice_next SELECT account_id, topic, channel, wanted FROM notification_choice;
DROP TABLE notification_choice;
ALTER TABLE notification_choice_next RENAME TO notification_choice;
