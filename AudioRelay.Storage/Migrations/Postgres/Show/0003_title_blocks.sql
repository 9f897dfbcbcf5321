-- A word that many titles hold was found at once while it is played, and through the index of pieces while it is rare. Between the two lies what a
-- station said before every title until it changed its mind, years ago: half a million titles of which a hundred are wanted (1.1 s). So the texts
-- of 128 neighbours in the journal stand together once more, without upper and lower case: a search looks through those from the newest on and
-- stops as soon as it has enough. 54 MB for a million titles.
create table title_blocks (
    -- Of its titles' seq, divided by 128.
    id bigint not null primary key,
    -- When the first and the last of them began. Titles that retention has removed may still be counted in.
    from_us bigint not null,
    until_us bigint not null,
    texts text not null
);

-- Short enough to stand in the row and to be looked through as they are, not unpacked first.
alter table title_blocks alter column texts set storage external;
alter table title_blocks set (toast_tuple_target = 8160);

create index title_blocks_until on title_blocks (until_us, id);

insert into title_blocks (id, from_us, until_us, texts)
select seq / 128, min(utc_us), max(utc_us), string_agg(folded, E'\n' order by seq) from titles group by seq / 128 order by 1;

-- What the server remembers of frequent pieces, which says where to look: as much as tells a piece of one title in five hundred from a rarer one.
-- With its usual 1,000 pieces it knew only those that one in ninety has, and took every rare word for as frequent as that.
alter table titles alter column grams set statistics 300;
