-- What retention drops of the journal, by its age: without these each pass read the journal of all the years that are kept.
create index journal_alive on journal (at_us) where kind = 'alive';
create index journal_story on journal (at_us) where kind in ('trouble', 'window_opened', 'window_closed', 'retention');
