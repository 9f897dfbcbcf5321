-- What belongs to no single show. A bookmark means a time in a recorder's store, never a segment.
create table bookmarks (
    id bigint generated always as identity primary key,
    store text not null,
    from_us bigint not null,
    until_us bigint,
    note text not null,
    created_us bigint not null
);

create index bookmarks_store on bookmarks (store, created_us);
