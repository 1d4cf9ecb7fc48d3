-- One row: the version of the engine.
SELECT version();
