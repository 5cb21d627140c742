-- What the published file has that the writer has not: lists on events, roll-ups, and what the file says of itself.

COMMENT ON COLUMN events.types IS 'All its types, by alphabet.';
COMMENT ON COLUMN events.sectors IS 'All its sectors, by alphabet. Empty: none is told.';
COMMENT ON COLUMN events.source_ids IS 'Sources that tell it, by alphabet; several may be one voice.';
COMMENT ON COLUMN events.kind_id IS 'Number of its combination of types and sectors in event_kinds, in this edition alone.';

COMMENT ON TABLE event_kinds IS 'One row a combination of types and sectors that some event has. To filter millions of events, ask it which combinations are meant and compare numbers: WHERE kind_id IN (SELECT kind_id FROM event_kinds WHERE list_contains(types, ''murder'')).';
COMMENT ON COLUMN event_kinds.kind_id IS 'Number of the combination, in this edition alone.';
COMMENT ON COLUMN event_kinds.types IS 'Its event types, by alphabet.';
COMMENT ON COLUMN event_kinds.sectors IS 'Its sectors, by alphabet. Empty: none is told.';

COMMENT ON COLUMN documents.title IS 'Title with private persons'' names, phones, plates and accounts masked.';
COMMENT ON COLUMN documents.event_ids IS 'Events it tells, by id. Empty: none.';
COMMENT ON COLUMN mentions.evidence IS 'The sentence that says it, at most 300 characters, private persons masked.';

COMMENT ON TABLE event_documents IS 'One row an event and a document that tells it.';
COMMENT ON COLUMN event_documents.event_id IS 'The event.';
COMMENT ON COLUMN event_documents.document_id IS 'A document that tells it.';
COMMENT ON COLUMN event_documents.source_id IS 'That document''s source.';

COMMENT ON TABLE label_bits IS 'One row a sector or event type that some document carries or some event has: its bit in document_filters.';
COMMENT ON COLUMN label_bits.axis IS 'sector or event.';
COMMENT ON COLUMN label_bits.label IS 'The label, as in labels.';
COMMENT ON COLUMN label_bits.bit IS 'Its bit, from 0, in this edition alone.';

COMMENT ON TABLE document_filters IS 'One row a document that carries a label or tells an event: what chasqui search is narrowed by. For questions of your own, document_labels and event_documents say the same by name.';
COMMENT ON COLUMN document_filters.document_key IS 'Number of the document: md5_number_lower(document_id).';
COMMENT ON COLUMN document_filters.sector_bits IS 'Sectors it carries or its events are of, a bit each (label_bits). 0: none.';
COMMENT ON COLUMN document_filters.type_bits IS 'Event types it carries or its events are of, a bit each (label_bits). 0: none.';

COMMENT ON TABLE document_places IS 'One row a document and an event it tells whose place is known, for the same use.';
COMMENT ON COLUMN document_places.ubigeo IS 'The event''s place, as in events.';
COMMENT ON COLUMN document_places.document_key IS 'As in document_filters.';

COMMENT ON TABLE departments IS 'One row a department of Peru, and one for unknown.';
COMMENT ON COLUMN departments.department IS 'Its name; unknown stands for events whose department no report tells.';
COMMENT ON COLUMN departments.ubigeo IS 'INEI code of six digits. NULL: of unknown.';
COMMENT ON COLUMN departments.population IS 'Inhabitants of its districts, projection for 2025. NULL: of unknown.';

COMMENT ON TABLE event_weeks IS 'One row a sector, department, event type and week in which something happened: the roll-up behind timeline_weekly, without zeros.';
COMMENT ON COLUMN event_weeks.sector IS 'Sector, or none for events of no sector. An event of two sectors stands in both rows.';
COMMENT ON COLUMN event_weeks.department IS 'Department, or unknown.';
COMMENT ON COLUMN event_weeks.event_type IS 'Event type. An event of two types stands in both rows.';
COMMENT ON COLUMN event_weeks.week IS 'Monday of the week.';
COMMENT ON COLUMN event_weeks.event_count IS 'Events.';
COMMENT ON COLUMN event_weeks.killed IS 'Persons killed in them, as far as reports say.';
COMMENT ON COLUMN event_weeks.wounded IS 'Persons wounded in them, as far as reports say.';
COMMENT ON COLUMN event_weeks.dated_by_report IS 'Events among them whose week is that of their first report, since no report tells the day.';

COMMENT ON TABLE source_weeks IS 'One row a source and a week for which documents of it were read.';
COMMENT ON COLUMN source_weeks.source_id IS 'The source.';
COMMENT ON COLUMN source_weeks.week IS 'Monday of the week of publication (Lima).';
COMMENT ON COLUMN source_weeks.document_count IS 'Documents published in it that were read, whenever they were fetched.';

COMMENT ON TABLE weeks IS 'One row a week, from that of the first event to the last known: how much was read.';
COMMENT ON COLUMN weeks.week IS 'Monday of the week.';
COMMENT ON COLUMN weeks.documents_read IS 'Documents published in that week that were read.';
COMMENT ON COLUMN weeks.sources_read IS 'Sources with at least one of them.';
COMMENT ON COLUMN weeks.nights IS 'Nights of that week on which Chasqui ran.';
COMMENT ON COLUMN weeks.sources_healthy IS 'Sources that were healthy on more than half of these nights. NULL: no night was run, what is known of the week was read later.';

COMMENT ON TABLE about IS 'One row a thing the file says of itself: when it was published, under which licence, how to cite it.';
COMMENT ON COLUMN about.key IS 'Name of the thing.';
COMMENT ON COLUMN about.value IS 'Its value.';
