-- One person's two accounts become one. The account that is given up stays as a mark: events name it as their actor.
-- It always points to the account that is used, never to another mark.
ALTER TABLE account ADD COLUMN merged_into INTEGER REFERENCES account (id)
    CHECK (merged_into IS NULL OR (state = 'suspended' AND merged_into <> id));
CREATE INDEX account_merged ON account (merged_into) WHERE merged_into IS NOT NULL;

-- That somebody knows both passwords, for ten minutes and one session.
CREATE TABLE merge_proof (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    session_hash BLOB NOT NULL CHECK (length(session_hash) = 32),
    keeper_id INTEGER NOT NULL REFERENCES account (id),
    other_id INTEGER NOT NULL REFERENCES account (id),
    -- Of both password hashes: another password on either side voids the proof.
    passwords BLOB NOT NULL CHECK (length(passwords) = 32),
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK (keeper_id <> other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_proof_expiry ON merge_proof (expires_at);

-- What was offered to the address of an account that was given up is for the account that stays, too.
ALTER TABLE application_transfer ADD COLUMN meant_for INTEGER REFERENCES account (id);
CREATE INDEX application_transfer_meant ON application_transfer (meant_for) WHERE meant_for IS NOT NULL;
ALTER TABLE institution_invitation ADD COLUMN meant_for INTEGER REFERENCES account (id);
CREATE INDEX institution_invitation_meant ON institution_invitation (meant_for) WHERE meant_for IS NOT NULL;

-- A message's author changes only to the account that theirs was merged into.
DROP TRIGGER message_never_changes;
CREATE TRIGGER message_never_changes BEFORE UPDATE OF application_id, side, at, is_question ON message
BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
CREATE TRIGGER message_keeps_its_author BEFORE UPDATE OF author_id ON message
WHEN NEW.author_id IS NOT (SELECT merged_into FROM account WHERE id = OLD.author_id)
BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
