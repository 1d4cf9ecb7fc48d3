-- plan_roles: one row per lead and opportunity of new business in which it has a role.
CREATE TABLE plan_roles AS
SELECT DISTINCT
    leads.person_key, leads.lead_us, leads.lead_from_us, leads.month, leads.channel_key,
    opportunities.opportunity_key
FROM plan_leads AS leads
INNER JOIN role_persons AS roles ON roles.person_key = leads.person_key
INNER JOIN opportunity_labels AS opportunities
    ON opportunities.opportunity_id = roles.opportunity_id AND opportunities.opportunity_type = 'new_business'
