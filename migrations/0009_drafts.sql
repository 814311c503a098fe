-- Sections of drafts as they are filled in. A section that was never saved since has no row: its version is 0.
CREATE TABLE draft_section (
    application_id INTEGER NOT NULL REFERENCES application (id),
    -- Key of the section; empty for the page on which a returned file is mended.
    section TEXT NOT NULL,
    -- Counts what was kept, so that an older page does not write over a newer one.
    version INTEGER NOT NULL CHECK (version >= 1),
    -- The page that is typing now, and its last message; null since the section was sent as a form.
    page TEXT,
    sequence INTEGER NOT NULL,
    -- By field: what was typed and is no well-formed answer yet.
    typed TEXT NOT NULL CHECK (json_valid(typed)),
    PRIMARY KEY (application_id, section)
) STRICT, WITHOUT ROWID;

-- Drafts that nobody touched for long: their owner was told, and until when.
CREATE TABLE draft_expiry (
    application_id INTEGER PRIMARY KEY REFERENCES application (id),
    -- The last change at that time. Another one since means that the draft stays.
    touched_at INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    delete_on TEXT NOT NULL CHECK (length(delete_on) = 10),
    deleted_at INTEGER
) STRICT;
CREATE INDEX draft_expiry_waiting ON draft_expiry (delete_on) WHERE deleted_at IS NULL;
CREATE INDEX application_draft ON application (changed_at) WHERE state = 'draft';
