-- person_labels: one row per person of the reports, which leave out the people of the own company
-- and of test accounts. It has the account with its segment, the persona (of several contacts with
-- one, that of the contact created last), and the owner of the newest lead that has one. Missing
-- values are (none) and (no owner).
CREATE TABLE person_labels AS
WITH personas AS (
    SELECT nodes.person_key, ARG_MAX(contacts.persona, (COALESCE(EPOCH_US(contacts.created_at), -1), contacts.contact_id)) AS persona
    FROM contacts
    INNER JOIN node_persons AS nodes ON nodes.id = contacts.contact_id AND nodes.kind = 0
    WHERE contacts.persona IS NOT NULL
    GROUP BY nodes.person_key
),
owners AS (
    SELECT nodes.person_key, ARG_MAX(leads.owner, (EPOCH_US(leads.created_at), leads.lead_id)) AS owner
    FROM leads
    INNER JOIN node_persons AS nodes ON nodes.id = leads.lead_id AND nodes.kind = 1
    WHERE leads.owner IS NOT NULL
    GROUP BY nodes.person_key
)
SELECT
    people.person_key, people.person_id, people.account_id,
    COALESCE(accounts.segment, '(none)') AS segment,
    COALESCE(personas.persona, '(none)') AS persona,
    COALESCE(owners.owner, '(no owner)') AS lead_owner
FROM people
LEFT JOIN accounts ON accounts.account_id = people.account_id
LEFT JOIN personas ON personas.person_key = people.person_key
LEFT JOIN owners ON owners.person_key = people.person_key
WHERE people.excluded_reason IS NULL
