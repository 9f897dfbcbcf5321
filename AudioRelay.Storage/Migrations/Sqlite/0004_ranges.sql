-- What overlaps a range is asked for with every page, and only the index knows where to begin: something long may have begun long before. So
-- rows that begin before the range are looked for by their length, in classes of sixteenfold length (digits of a hexadecimal number, in µs): of a
-- class, only those that begin within its greatest length before the range can reach into it (Spans). Measured at 365 days of 24 sections: the
-- sections of the last day took a walk over all 8,760 before.
-- The open section changes with each commit and stands in none of these indexes (section_facts_open finds it).
create index section_facts_span on section_facts (length(printf('%x', end_us - start_us)), start_us) where ended = 1;
create index section_facts_ended on section_facts (end_us) where ended = 1;
create index section_facts_first on section_facts (first_segment_id) where ended = 1 and hidden = 0;
create index section_facts_hidden on section_facts (section_id) where hidden = 1;

create index windows_span on windows (length(printf('%x', until_us - from_us)), from_us) where until_us is not null;
create index windows_open on windows (from_us) where until_us is null;

create index troubles_span on troubles (length(printf('%x', until_us - from_us)), from_us) where until_us is not null;
create index troubles_open on troubles (from_us) where until_us is null;

create index removals_span on removals (length(printf('%x', until_us - from_us)), from_us);
create index removals_from on removals (from_us);

-- The newest title of a section, without its other titles.
drop index titles_section;
create index titles_section on titles (section_id, utc_us);
