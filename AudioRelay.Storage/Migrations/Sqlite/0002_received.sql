-- What only a receiver's store fills (is_recipient = true); in a recorder's file the tables stay empty.

-- One row holds how far the source has been read and who may go on, so that a commit asks the one and moves the other in a single statement.
-- Never deleted: the epoch only grows, or a writer that was replaced long ago could match again.
create table sync_fence (
    id integer primary key check (id = 1),
    source_store text not null,
    next_id integer not null,
    journal_seq integer not null,
    epoch integer not null,
    -- When the newest entry of the source's journal was written. Kept, because the store's own journal has some later than their time.
    journal_us integer not null
);

-- The recorders' stores that segments have come from, so that each segment names its own by a small number.
create table sources (
    id integer primary key,
    store text not null unique
);

-- Beside the other facts of a segment and not in a table of their own: they are written with them, and retention takes them along.
-- Adding a column rewrites nothing, and the index has no entries for a recorder's segments.
alter table segment_facts add column source integer references sources (id);
alter table segment_facts add column source_id integer;
create unique index segment_facts_source on segment_facts (source, source_id) where source_id is not null;

-- Ends that the source has told before the last segments were here; moved to the journal when they are.
create table pending_ends (
    section_id integer primary key,
    at_us integer not null,
    body text not null
);

-- The few sections that have not ended, asked for with every commit of a receiver and at a recorder's start.
create index section_facts_open on section_facts (section_id) where ended = 0;
