-- The language somebody chose to read, as a BCP 47 tag. Null until they choose: pages then follow the browser's cookie
-- and mails are Indonesian.
ALTER TABLE account ADD COLUMN language TEXT CHECK (language IN ('id', 'en'));
