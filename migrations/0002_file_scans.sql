-- What was found out about a file before it was taken, by its content. Refused files leave no row.
CREATE TABLE file_scan (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size > 0),
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    pages INTEGER CHECK (pages > 0),
    width INTEGER CHECK (width > 0),
    height INTEGER CHECK (height > 0),
    -- Which rules and programs looked at it: 'structure/1, clamd'.
    scanner TEXT NOT NULL CHECK (scanner <> ''),
    verdict TEXT NOT NULL CHECK (verdict = 'accepted'),
    detail TEXT NOT NULL,
    scanned_at INTEGER NOT NULL,
    CHECK ((kind = 'pdf') = (pages IS NOT NULL)),
    CHECK ((kind = 'pdf') = (width IS NULL) AND (width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;
