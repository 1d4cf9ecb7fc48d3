-- One row per form and version: campaigns.
SELECT guid AS campaign_id, name, 'website form' AS channel, updated_at, _file, _line
FROM form
