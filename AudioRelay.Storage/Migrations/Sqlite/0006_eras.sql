-- A sliding window says how many discontinuities have left it (EXT-X-DISCONTINUITY-SEQUENCE), and that number never goes back (RFC 8216 §6.2.2),
-- not after a restart either, when retention has removed what it was counted over. So each section gets its number with its first segment and
-- keeps it: that of the section stored before it when it continues that one, else one more. The newest stays here whatever is removed.
create table newest_era (
    one integer primary key check (one = 1),
    era integer not null,
    section_id integer
);

alter table section_facts add column era integer;

with before (section_id, continues, previous, first_segment_id) as (
    select section_id, continues, lag(section_id) over (order by first_segment_id), first_segment_id from section_facts where segments > 0
), counted (section_id, era) as (
    select section_id, sum(case when continues = previous then 0 else 1 end) over (order by first_segment_id) - 1 from before
)
update section_facts set era = (select era from counted where counted.section_id = section_facts.section_id) where segments > 0;

insert into newest_era (one, era, section_id) values (1, -1, null);
update newest_era set (era, section_id) = (select era, section_id from section_facts where segments > 0 order by first_segment_id desc limit 1)
where exists (select 1 from section_facts where segments > 0);

-- Whoever writes: a recorder, a receiver.
create trigger section_facts_era after update of segments on section_facts when new.era is null and new.segments > 0
begin
    update newest_era set era = era + case when new.continues = section_id then 0 else 1 end, section_id = new.section_id;
    update section_facts set era = (select era from newest_era) where section_id = new.section_id;
end;
