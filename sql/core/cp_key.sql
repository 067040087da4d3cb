-- Which real-world party each card is: cards of 1C and companies of the CRM joined by the identity rules.
-- R1 the same valid BIN is the same party. R2 different BINs never merge. R3 without a BIN on one side: the same account and
-- the same normalised name, or, for CRM cards only, a normalised name that only one company has; persons and entrepreneurs
-- never merge by name alone. Anything else stays apart and is marked for review when names meet. R4 what a person has decided (see
-- cp_decision) comes before R3: two cards are one, or stay apart, until the decision is taken back.
--
-- kind:      table
-- published: no
-- grain:     src_base, src_ref
-- source:    counterparty cards and bank accounts of 1C, companies and requisites of the CRM, decisions of a person
--
-- src         onec or bitrix
-- src_base    which base, as in meta.short_id: a CRM's is 'bitrix:<base>'
-- src_ref     key in the source
-- id          number of the card's own short id
-- cp_id       party; its number is the lowest of its 1C cards, or of its CRM cards when 1C has none
-- name        name on the card [untrusted]
-- full_name   name in the papers [untrusted]
-- name_norm   normalised name
-- bin_raw     BIN as typed [untrusted]
-- bin         BIN when it is valid
-- kind        company, branch, entrepreneur, person, state or foreign
-- iban        one account of the card
-- is_deleted  marked for deletion
-- match_rule  bin, iban_name, name, manual (a person joined it), own (nothing to match) or same_name (names meet, a person decides)
-- score       how sure the rule is, 0 to 1; null for own
-- status      auto, review, or manual where a person has decided
with
onec_iban as (
    select src_base, owner_ref as src_ref, iban
    from staging.stg_onec__bank_account
    where owner_type = 'Catalog_Контрагенты' and iban is not null
),
onec_card as (
    select
        'onec' as src,
        c.src_base,
        c.src_ref,
        c.name,
        c.full_name,
        c.bin_raw,
        case when bin_ok(c.bin_raw) then c.bin_raw end as bin,
        c.kbe,
        c.legal_form,
        c.is_state,
        c.head_ref,
        c.is_deleted,
        (select min(a.iban) from onec_iban as a where a.src_base = c.src_base and a.src_ref = c.src_ref) as iban,
    from staging.stg_onec__counterparty as c
),
crm_requisite as (
    select
        r.src_base,
        cast(r.company_id as varchar) as src_ref,
        coalesce(min(r.bin_raw) filter (bin_ok(r.bin_raw)), min(r.bin_raw)) as bin_raw,
        min(b.iban) as iban,
    from staging.stg_bitrix__requisite as r
    left join staging.stg_bitrix__bank_detail as b on b.src_base = r.src_base and b.requisite_id = r.requisite_id
    group by all
),
crm_card as (
    select
        'bitrix' as src,
        'bitrix:' || c.src_base as src_base,
        c.src_ref,
        c.title as name,
        c.title as full_name,
        r.bin_raw,
        case when bin_ok(r.bin_raw) then r.bin_raw end as bin,
        cast(null as varchar) as kbe,
        cast(null as varchar) as legal_form,
        false as is_state,
        cast(null as varchar) as head_ref,
        false as is_deleted,
        r.iban,
    from staging.stg_bitrix__company as c
    left join crm_requisite as r on r.src_base = c.src_base and r.src_ref = c.src_ref
),
card as (
    select
        *,
        name_norm(name) as name_norm,
        name_norm(full_name) as full_norm,
        case
            when kbe like '2%' then 'foreign'
            when is_state then 'state'
            -- the fifth digit of a BIN is 4, 5 or 6; of an IIN it is a day's
            when regexp_matches(lower(concat_ws(' ', name, full_name)), '(^|[\s«"])(ип|жк|ip|индивидуальный предприниматель|жеке кәсіпкер)[\s»"]')
                then 'entrepreneur'
            when legal_form ilike 'физ%' then 'person'
            when src = 'bitrix' and substr(bin, 5, 1) < '4' then 'entrepreneur'
            when head_ref is not null and head_ref <> src_ref then 'branch'
            else 'company'
        end as kind,
        case when bin is not null then 'bin:' || bin else src_base || '|' || src_ref end as own_group,
    from (select * from onec_card union all select * from crm_card)
),
onec_bin as (
    select distinct bin from card where src = 'onec' and bin is not null
),
-- what a CRM card may be matched with: parties of 1C, and CRM parties known by a BIN
known as (
    select own_group, bin, kind, name_norm, full_norm, src, src_base, src_ref
    from card
    where src = 'onec' or bin is not null
),
known_name as (
    select own_group, bin, name_norm, kind in ('person', 'entrepreneur') as is_human from known where name_norm <> ''
    union
    select own_group, bin, full_norm, kind in ('person', 'entrepreneur') from known where full_norm <> ''
),
known_account as (
    select distinct k.own_group, k.bin, a.iban, n.name_norm
    from known as k
    join onec_iban as a on k.src = 'onec' and a.src_base = k.src_base and a.src_ref = k.src_ref
    cross join lateral (select k.name_norm as name_norm union select k.full_norm) as n
),
seeker as (
    select c.src_base, c.src_ref, c.own_group, c.bin, c.name_norm, c.iban, c.kind
    from card as c
    where c.src = 'bitrix' and (c.bin is null or c.bin not in (select bin from onec_bin))
),
by_account as (
    select s.src_base, s.src_ref, min(k.own_group) as target
    from seeker as s
    join known_account as k on k.iban = s.iban and k.name_norm = s.name_norm
    where s.bin is null or k.bin is null
    group by all
    having count(distinct k.own_group) = 1
),
same_name as (
    select
        s.src_base,
        s.src_ref,
        min(k.own_group) filter (not k.is_human) as target,
        count(distinct k.own_group) filter (not k.is_human) = 1
        and bool_and(s.bin is null or k.bin is null) filter (not k.is_human)
        and s.kind not in ('person', 'entrepreneur') as is_sole,
    from seeker as s
    join known_name as k on k.name_norm = s.name_norm and k.own_group <> s.own_group
    group by s.src_base, s.src_ref, s.kind
),
matched as (
    select
        c.*,
        case
            when c.src = 'bitrix' and c.bin in (select bin from onec_bin) then 'bin'
            when a.target is not null then 'iban_name'
            when n.is_sole then 'name'
        end as rule,
        case
            when a.target is not null then a.target
            when n.is_sole then n.target
            else c.own_group
        end as wanted,
        n.src_ref is not null as meets,
    from card as c
    left join by_account as a on c.src = 'bitrix' and a.src_base = c.src_base and a.src_ref = c.src_ref
    left join same_name as n on c.src = 'bitrix' and n.src_base = c.src_base and n.src_ref = c.src_ref
),
decided as (
    select own_group, any_value(root) as root
    from (
        select card_group as own_group, root from cp_decision where why is null
        union all
        select other_group, root from cp_decision where why is null
    )
    group by own_group
),
apart as (
    select card_group as a, other_group as b from cp_decision where not is_same and why is null
    union
    select other_group, card_group from cp_decision where not is_same and why is null
),
-- a person's word comes before a rule: the card itself goes where it was joined to, and what a rule took for it goes with it
settled as (
    select
        m.* exclude (wanted, rule),
        d.own_group is not null as is_decided,
        coalesce(d.root <> m.own_group, false) as is_joined,
        case when x.a is null and d.root is null then m.rule when m.rule = 'bin' then 'bin' end as rule,
        coalesce(d.root, t.root, case when x.a is null then m.wanted end, m.own_group) as wanted,
    from matched as m
    left join decided as d on d.own_group = m.own_group
    left join apart as x on x.a = m.own_group and x.b = m.wanted
    left join decided as t on x.a is null and t.own_group = m.wanted
),
-- R2 once more: a card without a BIN must not become the bridge between two BINs
bridge as (
    select wanted from settled group by all having count(distinct bin) > 1
),
-- names that more than one party of 1C has: nobody merges them, a person should look
shared_name as (
    select name_norm from card where src = 'onec' and name_norm <> '' group by all having count(distinct own_group) > 1 and count(*) > count(bin)
),
grouped as (
    select
        m.*,
        m.wanted in (select wanted from bridge) and not m.is_joined as is_bridge,
        case when m.wanted in (select wanted from bridge) and not m.is_joined then m.own_group else m.wanted end as party,
        i.id as own_id,
        count(*) over (partition by m.own_group) > 1 as shares_bin,
        m.src = 'onec' and m.bin is null and m.name_norm in (select name_norm from shared_name) as twin,
    from settled as m
    join meta.short_id as i on i.kind = 'cp' and i.src_base = m.src_base and i.src_ref = m.src_ref
)
select
    src,
    src_base,
    src_ref,
    cast(own_id as bigint) as id,
    'cp_' || coalesce(
        min(cast(own_id as bigint)) filter (src = 'onec') over (partition by party),
        min(cast(own_id as bigint)) over (partition by party)
    ) as cp_id,
    name,
    full_name,
    name_norm,
    bin_raw,
    bin,
    kind,
    iban,
    is_deleted,
    case
        when is_joined then 'manual'
        when rule = 'bin' or (bin is not null and shares_bin and (rule is null or is_bridge)) then 'bin'
        when rule is not null and not is_bridge then rule
        when meets or twin then 'same_name'
        else 'own'
    end as match_rule,
    cast(case
        when is_joined then 1
        when rule = 'bin' or (bin is not null and shares_bin and (rule is null or is_bridge)) then 1
        when rule = 'iban_name' and not is_bridge then 0.95
        when rule = 'name' and not is_bridge then 0.9
        when meets or twin then 0.5
    end as decimal(3, 2)) as score,
    case when is_decided then 'manual' when (rule is null or is_bridge) and (meets or twin) and not (bin is not null and shares_bin) then 'review' else 'auto' end as status,
from grouped
