-- grain: contact_id
-- message: {row of account_contacts ends before it starts, and covers|rows of account_contacts end
--   before they start, and cover} no day
-- severity: warning
SELECT contact_id AS key, COUNT(*) AS n FROM account_contacts WHERE ends_on < starts_on GROUP BY contact_id
