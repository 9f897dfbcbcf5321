-- The predecessor's schema version 4: same tables, names and indexes, with the small columns in front of the blob,
-- so that a list of segments does not walk through their sound.
create table metadata (
    key varchar not null primary key,
    value varchar not null
);

create table sections (
    id integer not null primary key,
    start_timestamp_ms bigint not null
);

create table segments (
    id integer primary key autoincrement,
    timestamp_ms bigint not null,
    is_timestamp_from_source integer not null default 0,
    section_id bigint not null references sections (id) on delete cascade,
    duration_samples integer not null,
    audio_data blob not null
);

create index idx_segments_boundary on segments (is_timestamp_from_source, timestamp_ms);
create index idx_segments_section_id on segments (section_id);
create index idx_sections_start_timestamp on sections (start_timestamp_ms);
