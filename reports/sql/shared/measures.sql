    {{micros "p.cost"}} AS cost,
    {{main_stages ",\n    " (print "CASE WHEN TRACKED THEN " (units "p.UNITS") " END AS UNITS")}},
    {{units "p.opportunities"}} AS opportunities,
    {{units "p.won"}} AS won,
    {{money "p.pipeline"}} AS pipeline,
    {{money "p.open_pipeline"}} AS open_pipeline,
    {{money "p.revenue"}} AS revenue,
    {{main_stages ",\n    " (print (cost_ratio "p.cost" "p.UNITS") " AS COST_PER")}},
    {{cost_ratio "p.cost" "p.opportunities"}} AS cost_per_opportunity,
    {{cost_ratio "p.cost" "p.won"}} AS cost_per_won,
    {{main_stages ",\n    " (print (rated "a.COST_PER_ALL") " AS COST_PER_ALL")}},
    {{rated "a.cost_per_opportunity_all"}} AS cost_per_opportunity_all,
    {{rated "a.cost_per_won_all"}} AS cost_per_won_all,
    CASE WHEN {{tracked "sql"}} THEN {{ratio "p.sqls" "p.mqls"}} END AS mql_to_sql,
    {{cost_ratio "p.revenue * 1000000" "p.cost * g.minor_per_unit"}} AS roas,
    {{cost_ratio "p.revenue * 1000000 - p.cost * g.minor_per_unit" "p.cost * g.minor_per_unit"}} AS roi,
    CASE
        {{unrated}}WHEN p.cost = 0 THEN 'no_cost'
        WHEN p.opportunities = 0 OR p.won = 0{{all_stages "" " OR (TRACKED AND p.UNITS = 0)"}} THEN 'no_units'
    END AS ratio_reason{{further_stages "" (print ",\n    CASE WHEN TRACKED THEN " (units "p.UNITS") " END AS UNITS,\n    " (cost_ratio "p.cost" "p.UNITS") " AS COST_PER,\n    " (rated "a.COST_PER_ALL") " AS COST_PER_ALL")}}
