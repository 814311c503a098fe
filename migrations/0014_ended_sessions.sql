-- A session that was ended is remembered for a while, like one that ran out: whoever was filling in a form in it gets the
-- form back after logging in again.
ALTER TABLE session ADD COLUMN ended_at INTEGER;
