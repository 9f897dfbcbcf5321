-- Titles are searched by a part of their text. Programmes repeat, so a million titles have some 40,000 different texts: those are searched, and
-- then only the titles of the texts that were found are read (TitleSearch). Measured with a million titles over 42,000 texts, newest 100 wanted,
-- on two cores with some twenty other programs at work: 5 to 24 ms for a text that is nowhere or in one title, 7 to 28 ms for one that nearly
-- all have, 61 ms at the worst (800 texts that are seldom played). Walking through all titles: 515 to 606 ms for what is nowhere or rare.
-- An index of trigrams (FTS5) took 121 MB beside titles of 75 MB, and 192 ms for a rare text; it knows no needle of one or two characters,
-- and folds upper and lower case by other rules than our readers.
-- The file gets smaller, too: a text stands here once, however often it is played.
create table title_texts (
    id integer primary key,
    text text not null unique,
    -- Without upper and lower case, to be searched.
    folded text not null
);

insert into title_texts (text, folded) select distinct text, upper(text) from titles;

create table new_titles (
    section_id integer not null,
    sample integer not null,
    utc_us integer not null,
    text_id integer not null
);

insert into new_titles (section_id, sample, utc_us, text_id)
select t.section_id, t.sample, t.utc_us, x.id from titles t join title_texts x on x.text = t.text order by t.rowid;

drop table titles;
alter table new_titles rename to titles;

create index titles_utc on titles (utc_us);
create index titles_section on titles (section_id);
create index titles_text on titles (text_id, utc_us);
