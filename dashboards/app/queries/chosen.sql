chosen AS NOT MATERIALIZED (
    SELECT *, coalesce(date, first_reported_on) AS day, rowid AS row_number FROM events
    WHERE kind_id IN (
        SELECT kind_id FROM event_kinds
        WHERE (len($sectors::VARCHAR[]) = 0 OR list_has_any(sectors, $sectors::VARCHAR[]))
          AND (list_has_any(types, $events::VARCHAR[])
            -- A law against extortion is paper, not a deed: it counts only where it is asked for.
            OR (len($events::VARCHAR[]) = 0 AND NOT (list_has_any(types, ['new_law', 'state_of_emergency', 'bill'])
                AND list_has_all(['new_law', 'state_of_emergency', 'bill', 'extortion'], types))))
      )
      AND ($region::VARCHAR IS NULL OR starts_with(coalesce(ubigeo, ''), $region::VARCHAR))
      -- Events lie in order of their week, which is that of the same day: what is far from the days asked for is skipped.
      AND ($since::DATE IS NULL OR (week >= $since::DATE - 6 AND coalesce(date, first_reported_on) >= $since::DATE))
      AND ($until::DATE IS NULL OR (week <= $until::DATE AND coalesce(date, first_reported_on) <= $until::DATE))
)
