create table bookmarks (
    -- Never given twice: a link to one that is gone must not show another.
    id integer primary key autoincrement,
    store text not null,
    from_us integer not null,
    until_us integer,
    note text not null,
    created_us integer not null
);

create index bookmarks_store on bookmarks (store, created_us);
