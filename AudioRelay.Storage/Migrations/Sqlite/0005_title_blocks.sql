-- A text was looked for among the different texts, and then the titles of each text that had it: quick while those are few, or while one of the
-- newest titles has it. What a station said before every title until it changed its mind is in half of the texts and in none that is new; and a
-- station may never play a title twice. So the texts of 64 neighbours stand together once more, without upper and lower case: a search looks
-- through those from the newest on and stops as soon as it has enough.
create table title_blocks (
    -- Of its titles' rowid, divided by 64.
    id integer not null primary key,
    -- When the first and the last of them began. Titles that retention has removed may still be counted in.
    from_us integer not null,
    until_us integer not null,
    texts text not null
);

create index title_blocks_until on title_blocks (until_us);
create index title_blocks_from on title_blocks (from_us);

insert into title_blocks (id, from_us, until_us, texts)
select t.rowid / 64, min(t.utc_us), max(t.utc_us), group_concat(x.folded, char(10))
from titles t join title_texts x on x.id = t.text_id group by t.rowid / 64 order by 1;
