-- One row per campaign and dimension to which campaigns are added up: a level of the tree of
-- campaigns, or a field of their names. (none) and (unattributed) have the value of the same name.
SELECT campaign_id, dimension, value
FROM campaign_dimensions
ORDER BY campaign_id, dimension
