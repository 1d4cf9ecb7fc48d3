-- valued: one row per row of credit: the channel of the touchpoint.
CREATE VIEW valued AS
SELECT channel AS value, credit.* FROM credit
