-- A sliding window says how many discontinuities have left it (EXT-X-DISCONTINUITY-SEQUENCE), and that number never goes back (RFC 8216 §6.2.2),
-- not after a restart either, when retention has removed what it was counted over. So each section gets its number with its first segment and
-- keeps it: that of the section stored before it when it continues that one, else one more. The newest stays here whatever is removed.
create table newest_era (
    one boolean not null primary key default true check (one),
    era bigint not null,
    section_id bigint
);

alter table section_facts add column era bigint;

with before as (
    select section_id, continues, lag(section_id) over stored as previous, first_segment_id from section_facts where segments > 0
    window stored as (order by first_segment_id)
), counted as (
    select section_id, sum(case when continues = previous then 0 else 1 end) over (order by first_segment_id) - 1 as era from before
)
update section_facts f set era = counted.era from counted where counted.section_id = f.section_id;

insert into newest_era (era, section_id)
select era, section_id from (
    select era, section_id, first_segment_id from section_facts where segments > 0 union all select -1, null, -1
) known order by first_segment_id desc limit 1;

create function number_era() returns trigger language plpgsql as $$
begin
    update newest_era set
        era = era + case when new.continues = section_id then 0 else 1 end,
        section_id = new.section_id
    returning era into new.era;
    return new;
end
$$;

create trigger section_facts_era before insert or update on section_facts
for each row when (new.era is null and new.segments > 0) execute function number_era();
