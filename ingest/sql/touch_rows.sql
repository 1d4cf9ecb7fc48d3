-- touch_rows: one row per touchpoint, with the hashes of its names and of its kind.
CREATE OR REPLACE VIEW touch_rows AS
SELECT
    r.file_number, r.line, f.first_row + r.line AS touch_row, r.touch_id, EPOCH_US(r.occurred_at) AS occurred_us,
    {name_key} AS name_key,
    {kind_key} AS kind_key
FROM raw_touchpoints AS r
INNER JOIN touch_files AS f ON f.file_number = r.file_number
