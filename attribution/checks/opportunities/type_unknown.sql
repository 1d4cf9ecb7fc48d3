-- grain: opportunity_type
-- message: {opportunity has|opportunities have} an unknown type and {counts|count} as other
-- severity: warning
-- remedy: map the type under opportunities.types
SELECT o.opportunity_type AS key, COUNT(*) AS n FROM opportunities AS o
INNER JOIN unknown_types AS u ON u.opportunity_type = o.opportunity_type GROUP BY o.opportunity_type
