-- Foreigners have a passport where Indonesians have an NIK. Sixteen characters hold either: an NIK as it is, a passport as
-- its country and number are written in the lines that machines read, `MYSA12345678<<<<`. So every citizen has exactly
-- one, as the checks of this table have always asked, and neither the table nor those that refer to it are built anew.
ALTER TABLE account RENAME COLUMN nik TO identity;
