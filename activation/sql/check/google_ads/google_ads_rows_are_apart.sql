-- No two rows of google_ads_conversions have the same click id and second, because Google Ads would
-- ignore one of them.
SELECT google_click_id, sent_second
FROM activation_google_ads
WHERE reason IS NULL
GROUP BY google_click_id, sent_second
HAVING COUNT(*) > 1
