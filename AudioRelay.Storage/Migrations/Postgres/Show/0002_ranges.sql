-- What overlaps a range is asked for with every page, and only the index knows where to begin: something long may have begun long before. So
-- rows that begin before the range are looked for by their length, in classes of sixteenfold length (digits of a hexadecimal number, in µs): of a
-- class, only those that begin within its greatest length before the range can reach into it (Spans).
-- The row of the open section changes with each commit and stays in its page only while no value changes that an index holds. So the indexes
-- hold what seldom does: the class of a length, and the end when it is final.
alter table section_facts
    add column span smallint generated always as (length(to_hex(end_us - start_us))) stored,
    add column ended_us bigint generated always as (case when ended then end_us end) stored;

create index section_facts_span on section_facts (span, start_us);
create index section_facts_ended on section_facts (ended_us) where ended_us is not null;

create index windows_span on windows ((length(to_hex(until_us - from_us))), from_us);
create index windows_open on windows (from_us) where until_us is null;

create index troubles_span on troubles ((length(to_hex(until_us - from_us))), from_us);
create index troubles_open on troubles (from_us) where until_us is null;

create index removals_span on removals ((length(to_hex(until_us - from_us))), from_us);
create index removals_from on removals (from_us);

-- The newest title of a section, without its other titles.
drop index titles_section;
create index titles_section on titles (section_id, utc_us, seq);
