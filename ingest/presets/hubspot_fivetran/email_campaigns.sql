-- One row per marketing e-mail and version: campaigns.
SELECT
    id AS campaign_id, COALESCE(name, subject) AS name, 'email' AS channel,
    _fivetran_synced AS updated_at, _file, _line
FROM email_campaign
