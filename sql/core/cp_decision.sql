-- What a person has decided about two cards of counterparties, and whether it holds: a valid BIN is stronger than a person's word.
--
-- kind:      table
-- published: no
-- grain:     card, other
-- source:    settings/same_party.csv, cards of 1C and the CRM
--
-- card        number of one card's short id
-- other       number of the other's
-- is_same     they are one party
-- card_group  what the first card is without anybody's decision: its BIN, or itself
-- other_group the same of the other
-- root        of two that are one: the group that all joined by decisions go by; null when it cannot hold
-- why         why it does not hold: no_card, two_bins, one_bin (found to be two, with the same valid BIN) or joined (by other decisions);
--     null when it does
with recursive
bins as (
    select src_base, src_ref, case when bin_ok(bin_raw) then bin_raw end as bin
    from staging.stg_onec__counterparty
    union all
    select
        'bitrix:' || src_base, cast(company_id as varchar),
        min(bin_raw) filter (bin_ok(bin_raw)),
    from staging.stg_bitrix__requisite
    group by all
),
known as (
    select
        i.id, b.bin,
        case when b.bin is not null then 'bin:' || b.bin else i.src_base || '|' || i.src_ref end as own_group,
    from (select src_base, src_ref from staging.stg_onec__counterparty union all select 'bitrix:' || src_base, src_ref from staging.stg_bitrix__company) as c
    join meta.short_id as i on i.kind = 'cp' and i.src_base = c.src_base and i.src_ref = c.src_ref
    left join bins as b on b.src_base = c.src_base and b.src_ref = c.src_ref
),
asked as (
    select d.card, d.other, d.is_same, a.own_group as card_group, a.bin as card_bin, b.own_group as other_group, b.bin as other_bin
    from staging.stg_settings__same_party as d
    left join known as a on a.id = d.card
    left join known as b on b.id = d.other
),
edge as (
    select card_group as a, other_group as b from asked where is_same
    union
    select other_group, card_group from asked where is_same
),
joined (a, b) as (
    select a, b from edge where a is not null and b is not null
    union
    select j.a, e.b from joined as j join edge as e on e.a = j.b where e.b is not null
),
component as (
    select
        a,
        coalesce(min(b) filter (b like 'bin:%'), min(b)) as root,
        count(distinct b) filter (b like 'bin:%') > 1 as has_two_bins,
    from (select a, b from joined union select a, a from joined)
    group by a
)
select
    d.card, d.other, d.is_same, d.card_group, d.other_group,
    case when d.is_same and not c.has_two_bins then c.root end as root,
    case
        when d.card_group is null or d.other_group is null then 'no_card'
        when d.is_same and c.has_two_bins then 'two_bins'
        when not d.is_same and d.card_group = d.other_group then 'one_bin'
        when not d.is_same and c.root = o.root and not c.has_two_bins then 'joined'
    end as why,
from asked as d
left join component as c on c.a = d.card_group
left join component as o on o.a = d.other_group
