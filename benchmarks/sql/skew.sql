-- One row of counts. Writes a company into {in}: {accounts} accounts, each with {people} contacts,
-- {touches} touches by them within {seconds} seconds, and {opportunities} won opportunities that
-- are created after all touches: every touch of an account is in the journey of each of its
-- opportunities.
COPY (
    SELECT 'a' || a AS account_id, 'Account ' || a AS name
    FROM range({accounts}) AS accounts(a)
) TO '{in}/accounts.parquet';
COPY (
    SELECT 'c' || a || '-' || p AS contact_id, 'a' || a AS account_id, TIMESTAMPTZ '2024-06-01 00:00:00+00' AS created_at
    FROM range({accounts}) AS accounts(a), range({people}) AS people(p)
) TO '{in}/contacts.parquet';
COPY (
    SELECT 't' || a || '-' || i AS touch_id,
        TIMESTAMPTZ '2025-01-01 09:00:00+00' + to_seconds(CAST((i * 7919) % {seconds} AS BIGINT)) AS occurred_at,
        'c' || a || '-' || (i % {people}) AS contact_id,
        'Channel ' || (i % 8) AS channel,
        'k' || ((i * 31 + a) % 240) AS campaign_id
    FROM range({accounts}) AS accounts(a), range({touches}) AS touches(i)
) TO '{in}/touchpoints.parquet';
COPY (
    SELECT 'o' || a || '-' || o AS opportunity_id, 'a' || a AS account_id, TIMESTAMPTZ '2025-07-01 12:00:00+00' + to_minutes(o) AS created_at,
        DATE '2025-09-01' + CAST(o % 28 AS INTEGER) AS closed_at, 'Closed Won' AS stage, TRUE AS is_won, TRUE AS is_closed,
        CAST(1000 + o % 977 AS DECIMAL(18, 2)) AS amount, 'USD' AS currency
    FROM range({accounts}) AS accounts(a), range({opportunities}) AS opportunities(o)
) TO '{in}/opportunities.parquet';
SELECT count(*) FROM read_parquet('{in}/touchpoints.parquet');
