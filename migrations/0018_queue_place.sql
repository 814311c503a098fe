-- How many wait to be checked before an application, counted without reading a row of it. Only what nobody has taken up
-- yet is in it, so it stays as short as the queue is.
CREATE INDEX application_unclaimed ON application (office_id, due_on, submitted_at, id, state, claimed_by)
WHERE state IN ('submitted', 'verified') AND claimed_by IS NULL;
