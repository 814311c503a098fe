-- Letters that an office writes about a permit rather than as one: why it is refused, and that it is taken back.
ALTER TABLE letter ADD COLUMN kind TEXT NOT NULL DEFAULT 'permit' CHECK (kind IN ('permit', 'refusal', 'revocation'));
CREATE INDEX letter_kind ON letter (application_id, kind) WHERE kind <> 'permit';
