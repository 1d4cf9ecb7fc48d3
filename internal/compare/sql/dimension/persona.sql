-- valued: one row per row of credit: the persona of the person of the touchpoint: of its contacts
-- with one, that of the contact created last.
CREATE VIEW valued AS
WITH personas AS (
    SELECT ids.person_id, ARG_MAX(contacts.persona, (COALESCE(EPOCH_US(contacts.created_at), -1), contacts.contact_id)) AS persona
    FROM contacts
    INNER JOIN person_ids AS ids ON ids.id = contacts.contact_id AND ids.kind = 'contact'
    WHERE contacts.persona IS NOT NULL
    GROUP BY ids.person_id
)
SELECT CASE WHEN credit.touch_id IS NULL THEN '(unattributed)' ELSE COALESCE(personas.persona, '(none)') END AS value, credit.*
FROM credit
LEFT JOIN touch_facts ON touch_facts.touch_id = credit.touch_id
LEFT JOIN personas ON personas.person_id = touch_facts.person_id
