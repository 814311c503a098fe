-- Within how many working days nine of ten files of a kind were done lately. Computed anew every hour, so that a page of
-- the catalogue reads one row however many files there are.
CREATE TABLE service_time (
    slug TEXT PRIMARY KEY CHECK (slug <> ''),
    working_days INTEGER NOT NULL CHECK (working_days >= 1),
    cases INTEGER NOT NULL CHECK (cases >= 1),
    measured_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_issued ON letter (issued_at);
