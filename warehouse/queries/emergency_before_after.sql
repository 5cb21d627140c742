-- What an emergency changed: events a week before, during and after, emergency by emergency.
SELECT norms, phase, from_day, until_day, weeks, event_count, events_per_week, killed, documents_per_week
FROM emergency_effect ORDER BY norms, from_day;
