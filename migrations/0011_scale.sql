-- Lists stay quick when a million applications are on file.

-- Of one applicant or institution, by state: what waits for them, their draft, and all without reading any row.
DROP INDEX application_applicant;
CREATE INDEX application_applicant ON application (applicant_id, state, id);
-- And the newest first, as far as a page shows.
CREATE INDEX application_history ON application (applicant_id, id);
DROP INDEX application_institution;
CREATE INDEX application_institution ON application (institution_id, state, id) WHERE institution_id IS NOT NULL;

-- An office's queue in its order, and what it has done, the newest first.
DROP INDEX application_queue;
CREATE INDEX application_queue ON application (office_id, state, due_on, submitted_at, id);
CREATE INDEX application_done ON application (office_id, changed_at, id)
WHERE state IN ('issued', 'refused', 'withdrawn') AND submitted_at IS NOT NULL;

-- Papers of an application with those that others took the place of.
CREATE INDEX attachment_application ON attachment (application_id, id);
-- A paper may leave a draft only if no finding names it.
CREATE INDEX finding_attachment ON finding (attachment_id) WHERE attachment_id IS NOT NULL;

-- Accounts as an admin lists them: staff first.
CREATE INDEX account_listed ON account (role = 'citizen', id DESC);

-- A letter that comes has the database look for applications that refer to it.
CREATE INDEX application_follows ON application (follows_letter_id) WHERE follows_letter_id IS NOT NULL;
