-- One received show. Tables and columns that the predecessor has are called as there; its small columns stand in front of the sound.
create table metadata (
    key text not null primary key,
    value text not null
);

-- The fence and the checkpoint in one row, so that a batch checks the one and moves the other in a single statement. It is never deleted: epoch
-- only grows, or a writer replaced long ago could match again. The two counters are this store's own: ids are given under the fence.
create table sync_fence (
    one boolean not null primary key default true check (one),
    source_store text not null,
    next_id bigint not null,
    journal_seq bigint not null,
    epoch bigint not null,
    -- When the newest entry of the source's journal was written, UTC µs: what came later is not known here.
    journal_us bigint not null default 0,
    last_segment_id bigint not null default 0,
    last_journal_seq bigint not null default 0
);

-- The recorders' stores that segments came from, by a small number that stands beside each segment.
create table sources (
    number integer not null primary key,
    unique_id text not null unique
);

create table sections (
    id bigint not null primary key,
    start_timestamp_ms bigint not null
);

create index idx_sections_start_timestamp on sections (start_timestamp_ms);

-- No further indexes and no foreign key: a batch is copied straight in, and what they would check the writer knows.
create table segments (
    id bigint not null primary key,
    timestamp_ms bigint not null,
    is_timestamp_from_source integer not null,
    section_id bigint not null,
    duration_samples bigint not null,
    audio_data bytea not null
);

-- Sound does not compress; trying costs half of the time of a COPY.
alter table segments alter column audio_data set storage external;

-- What lists need of a segment, close together. Ids of a section stand together and grow with its samples, so a section's list is one range of
-- the primary key and a sample is found by halving; (source, id there) is the tripwire that nothing comes in twice.
create table segment_facts (
    segment_id bigint not null primary key,
    section_id bigint not null,
    first_sample bigint not null,
    duration_samples bigint not null,
    timestamp_ms bigint not null,
    source_id bigint not null,
    source integer not null,
    size integer not null,
    starts_section boolean not null,
    sha256 bytea not null
);

create unique index segment_facts_source on segment_facts (source, source_id);

-- The store's own journal; the tables after it are projections of it, written in the same transaction.
create table journal (
    seq bigint not null primary key,
    at_us bigint not null,
    kind text not null,
    body text not null
);

-- The open section's row changes with each commit. No index holds a column that does, and pages keep room, so the change stays in its page.
create table section_facts (
    section_id bigint not null primary key,
    rate integer not null,
    channels integer not null,
    encoder_delay integer not null,
    frame_samples integer not null,
    continues bigint,
    chain_samples bigint not null,
    samples bigint not null,
    segments bigint not null,
    first_segment_id bigint,
    last_segment_id bigint,
    start_us bigint not null,
    end_us bigint not null,
    opened_seq bigint not null,
    closed_seq bigint,
    padding integer not null,
    ended boolean not null,
    hidden boolean not null default false,
    codec text not null,
    end_cause text
) with (fillfactor = 70);

create index section_facts_start on section_facts (start_us, section_id);
create index section_facts_first_segment on section_facts (first_segment_id);
create index section_facts_open on section_facts (section_id) where not ended;
create index section_facts_hidden on section_facts (section_id) where hidden;

-- Ends that the source has told and whose last segments are not here yet; body is the entry section_closed.
create table pending_ends (
    section_id bigint not null primary key,
    at_us bigint not null,
    body text not null
);

create table anchors (
    section_id bigint not null,
    sample bigint not null,
    seq bigint not null,
    utc_us bigint not null,
    cause text not null,
    primary key (section_id, sample, seq)
);

-- Titles are found by any part of them, ignoring case. folded is the text in upper case (.NET's, so that every reader agrees and the server's
-- locale does not matter); grams are hashes of all its pieces of one, two and three characters. An index over them needs no extension, which
-- a plain user may not have, works for every script, and answers "nothing" as quickly as "a few". Titles are rare beside segments (a
-- kilobyte of index for minutes of sound), so the index is kept exact at each insert instead of collecting a list that a search would read.
-- Measured with a million different titles (table 438 MB, this index 104 MB, two busy cores): what was played lately 1 ms, one title 8 ms,
-- nothing 2 ms, 10,000 found 60 ms; 50,000 found that all lie years back 135 ms.
create table titles (
    seq bigint not null primary key,
    section_id bigint not null,
    sample bigint not null,
    utc_us bigint not null,
    text text not null,
    folded text not null,
    grams integer[] not null
);

create index titles_utc on titles (utc_us, seq);
create index titles_section on titles (section_id);
create index titles_grams on titles using gin (grams) with (fastupdate = off);

create table windows (
    from_us bigint not null primary key,
    until_us bigint
);

create table troubles (
    from_us bigint not null,
    cause text not null,
    until_us bigint,
    detail text,
    primary key (from_us, cause)
);

create table removals (
    section_id bigint not null primary key,
    from_us bigint not null,
    until_us bigint not null,
    first_segment_id bigint,
    last_segment_id bigint
);

create table holds (
    id bigint generated always as identity primary key,
    from_us bigint not null,
    until_us bigint,
    reason text not null
);
