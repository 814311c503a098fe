-- What people are writing or have uploaded about an application and have not sent yet: messages, and reports that wait to
-- be handed over. One of each for an application and its author, whom nobody reads along with. A row stays when it was
-- sent, so that what an older page sends late is known to be late; the rest is taken away when nobody touches it for long.
CREATE TABLE unsent (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    author_id INTEGER NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('message', 'report')),
    text TEXT NOT NULL,
    -- Counts what was kept, so that an older page does not write over a newer one.
    version INTEGER NOT NULL CHECK (version >= 0),
    -- The page that is typing now, and its last message; null since it was sent as a form.
    page TEXT,
    sequence INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (application_id, author_id, purpose),
    CHECK (purpose = 'message' OR text = '')
) STRICT;
CREATE INDEX unsent_author ON unsent (author_id);
CREATE INDEX unsent_resting ON unsent (changed_at);

CREATE TABLE unsent_file (
    id INTEGER PRIMARY KEY,
    unsent_id INTEGER NOT NULL REFERENCES unsent (id),
    -- Name of the input that it was chosen in: another file there takes its place.
    place TEXT NOT NULL CHECK (place <> ''),
    filename TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    added_at INTEGER NOT NULL,
    UNIQUE (unsent_id, place)
) STRICT;
CREATE INDEX unsent_file_file ON unsent_file (sha256);
