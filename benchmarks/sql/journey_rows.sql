-- One row: how many touches the journeys of a run have in all. {in} is the directory of the run.
SELECT count(touch_id) FROM read_parquet('{in}/credits.parquet');
