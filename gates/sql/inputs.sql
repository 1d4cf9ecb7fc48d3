-- The small tables that gates read beside the measures. gates/relations.go has the grain of each.
CREATE OR REPLACE TABLE input_files (table_name VARCHAR, file VARCHAR, sha256 VARCHAR, rows_in BIGINT, loaded BIGINT, quarantined BIGINT);
CREATE OR REPLACE TABLE baseline_files (table_name VARCHAR, sha256 VARCHAR);
CREATE OR REPLACE TABLE input_parts (table_name VARCHAR, file VARCHAR, loaded BIGINT, is_from BOOLEAN);
CREATE OR REPLACE TABLE baseline_parts (table_name VARCHAR, file VARCHAR, loaded BIGINT, is_from BOOLEAN);
CREATE OR REPLACE TABLE damaged_runs (run VARCHAR, what VARCHAR);
CREATE OR REPLACE TABLE named_words (column_name VARCHAR, word VARCHAR, is_won BOOLEAN);
CREATE OR REPLACE TABLE gate_tables (table_name VARCHAR, is_required BOOLEAN, is_occasional BOOLEAN, fresh_days DOUBLE)
