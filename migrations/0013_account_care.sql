-- An address that somebody asked to use, with an account of somebody else or without: what is shown as waiting must not
-- tell which of the two it is.
CREATE TABLE email_change (
    account_id INTEGER PRIMARY KEY REFERENCES account (id),
    email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '%_@_%'),
    requested_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > requested_at)
) STRICT;
INSERT INTO email_change (account_id, email, requested_at, expires_at)
SELECT account_id, email, max(expires_at) - 86400, max(expires_at) FROM account_token
WHERE purpose = 'email' AND used_at IS NULL GROUP BY account_id;

-- Address that the log-in came from; empty for sessions from before.
ALTER TABLE session ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- Like `attachment_view`, for reports.
CREATE TABLE report_view (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report (id),
    viewer_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_view_report ON report_view (report_id);

-- When the last of its people left: nobody joins it any more.
ALTER TABLE institution ADD COLUMN closed_at INTEGER;

-- What an institution said of itself before somebody changed it: applications were filed for it under that name.
CREATE TABLE institution_change (
    id INTEGER PRIMARY KEY,
    institution_id INTEGER NOT NULL REFERENCES institution (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before))
) STRICT;
CREATE INDEX institution_change_institution ON institution_change (institution_id);

-- What somebody offered, invited to, took or wrote, for their own copy of it and for what goes with their account.
CREATE INDEX application_transfer_giver ON application_transfer (from_id);
CREATE INDEX application_transfer_taker ON application_transfer (to_id) WHERE to_id IS NOT NULL;
CREATE INDEX application_transfer_email ON application_transfer (email);
CREATE INDEX institution_invitation_email ON institution_invitation (email);
CREATE INDEX institution_invitation_host ON institution_invitation (invited_by);
CREATE INDEX institution_invitation_guest ON institution_invitation (accepted_by) WHERE accepted_by IS NOT NULL;
CREATE INDEX message_author ON message (author_id);
CREATE INDEX membership_person ON membership (account_id);
-- A paper that goes has the database look for corrections that name it.
CREATE INDEX correction_old ON correction (old_attachment_id) WHERE old_attachment_id IS NOT NULL;
CREATE INDEX correction_new ON correction (new_attachment_id) WHERE new_attachment_id IS NOT NULL;

-- Drafts of people who have left are filed for themselves, as they are from now on when somebody leaves.
UPDATE application SET institution_id = NULL WHERE state = 'draft' AND institution_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM membership WHERE membership.institution_id = application.institution_id
    AND account_id = applicant_id AND ended_at IS NULL);
UPDATE institution SET closed_at = coalesce(
    (SELECT max(ended_at) FROM membership WHERE institution_id = institution.id), created_at)
WHERE NOT EXISTS (
    SELECT 1 FROM membership WHERE institution_id = institution.id AND ended_at IS NULL);

-- What the deletion of an account takes along from now on, for accounts that are gone already.
CREATE TEMPORARY TABLE forsaken AS SELECT attachment.id FROM attachment
JOIN application ON application.id = attachment.application_id JOIN account ON account.id = applicant_id
WHERE deleted_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM letter WHERE letter.application_id = attachment.application_id);
DELETE FROM attachment_view WHERE attachment_id IN (SELECT id FROM forsaken);
UPDATE finding SET attachment_id = NULL WHERE attachment_id IN (SELECT id FROM forsaken);
DELETE FROM correction WHERE old_attachment_id IN (SELECT id FROM forsaken)
OR new_attachment_id IN (SELECT id FROM forsaken);
DELETE FROM attachment WHERE id IN (SELECT id FROM forsaken);
DROP TABLE forsaken;
UPDATE institution_invitation SET email = 'dihapus-' || accepted_by || '@dihapus.invalid'
WHERE accepted_by IN (SELECT id FROM account WHERE deleted_at IS NOT NULL);
UPDATE application_transfer SET email = 'dihapus-' || to_id || '@dihapus.invalid'
WHERE to_id IN (SELECT id FROM account WHERE deleted_at IS NOT NULL);
