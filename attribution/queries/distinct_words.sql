-- Every distinct word of the data that needs a meaning: one row per kind and word.
SELECT DISTINCT 'stage' AS kind, stage AS word FROM opportunities
UNION SELECT 'stage', stage FROM stage_history
UNION SELECT 'opportunity_type', opportunity_type FROM opportunities WHERE opportunity_type IS NOT NULL
UNION SELECT 'status', status FROM touch_kinds WHERE status IS NOT NULL
UNION SELECT 'touch_type', COALESCE(touch_type, '') FROM touch_kinds
UNION SELECT 'activity', activity_type FROM activities WHERE activity_type IS NOT NULL
UNION SELECT 'fit', fit_grade FROM leads WHERE fit_grade IS NOT NULL
UNION SELECT 'rating', sales_rating FROM leads WHERE sales_rating IS NOT NULL
UNION SELECT 'bant', bant_budget FROM leads WHERE bant_budget IS NOT NULL
UNION SELECT 'bant', bant_authority FROM leads WHERE bant_authority IS NOT NULL
UNION SELECT 'bant', bant_need FROM leads WHERE bant_need IS NOT NULL
UNION SELECT 'bant', bant_timeframe FROM leads WHERE bant_timeframe IS NOT NULL
UNION SELECT 'channel', channel FROM kind_channels WHERE channel IS NOT NULL
UNION SELECT 'channel', channel FROM channel_names WHERE channel IS NOT NULL
UNION SELECT 'channel', '(none)'
UNION SELECT 'self_reported', self_reported_source FROM leads WHERE self_reported_source IS NOT NULL
UNION SELECT 'self_reported', self_reported_source FROM opportunities WHERE self_reported_source IS NOT NULL
ORDER BY kind, word
