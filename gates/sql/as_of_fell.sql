-- The gate as_of_fell: the data ends earlier than in the last published run.
SELECT NULL AS table_name, NULL AS column_name, NULL AS period, 0 AS rows, DATE_DIFF('microsecond', as_of, baseline_as_of) / 86400e6 AS value,
    EPOCH(as_of) AS now, EPOCH(baseline_as_of) AS before, 1 AS weight, NULL AS micros,
    STRFTIME(as_of, '%Y-%m-%dT%H:%M:%SZ') || CHR(31) || STRFTIME(baseline_as_of, '%Y-%m-%dT%H:%M:%SZ') AS keys
FROM gate_settings
WHERE as_of < baseline_as_of
