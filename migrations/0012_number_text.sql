-- What is printed as a letter's number is printed on no other, whatever series the two are of. A trigger rather than a
-- unique index: a database in which somebody's patterns have met before must still open.
CREATE INDEX letter_number_text ON letter (number_text);
CREATE TRIGGER letter_number_is_its_own BEFORE INSERT ON letter
WHEN EXISTS (SELECT 1 FROM letter WHERE number_text = NEW.number_text)
BEGIN SELECT RAISE(ABORT, 'another letter has this number'); END;
