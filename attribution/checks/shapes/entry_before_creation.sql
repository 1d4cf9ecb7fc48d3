-- Finds the rows of stage_history about records of {table} ({id}) before the creation of the
-- record. A time that is only a date is compared by the beginning or end of its day, so that it
-- never counts as before.
SELECT h.entity_id AS key, COUNT(*) AS n FROM stage_history AS h
INNER JOIN {table} AS r ON r.{id} = h.entity_id
WHERE h.entity_type = '{kind}' AND EPOCH_US(h.entered_at) + h.entered_at_span_us < (EPOCH_US(r.created_at) - r.created_at_span_us) GROUP BY h.entity_id
