-- Contracts under which more is at stake than their credit limit allows, and since when without a break. A limit of zero and no limit are not limits.
--
-- id:        limits_broken
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Превышенные кредитные лимиты
-- title.kk:  Асып кеткен несие лимиттері
-- title.en:  Credit limits broken
-- synonyms:  превышен лимит, кому остановить отгрузку, стоп-лист, нарушен кредитный лимит, лимит асып кетті, limits broken, credit hold, ship stop list
-- unit:      KZT
-- basis:     accrual, gross, as the ledger carries it
-- shape:     table
-- grain:     own entity, cp_id, contract
-- params:    as_of date, manager text?, org org?, include_intercompany choice(true|false)?
-- formula:   exposure(as_of) without intercompany where exposure > limit > 0; first_breach_date: first day of the unbroken run of exposure_days up to as_of, by the limit of today: 1C keeps no history of it; manager = responsible for the latest CRM deal, every word of `manager` in the name
-- needs:     onec
-- needs.manager: bitrix
-- tests:     tests/test_facts_debts.py::test_a_limit_broken_on_past_days_only_is_broken_on_those_days,
--     tests/sql/test_metrics_collection.py::test_a_limit_is_broken_since_the_last_day_within_it,
--     tests/sql/test_metrics_collection.py::test_without_a_limit_nothing_is_said_and_with_one_that_none_is_broken,
--     tests/sql/test_metrics_collection.py::test_limits_of_one_manager_leave_out_own_entities
--
-- cp_id             customer
-- counterparty      its name [untrusted]
-- contract          number of the contract
-- exposure_kzt      receivables less unused advances and credits under it
-- limit_kzt         credit limit
-- over_kzt          by how much it is over
-- first_breach_date since when, without a day within the limit between
-- days_over         days from that one to as_of, both counted
-- overdue_kzt       of what is owed under the contract, past its due date
-- max_days_late     days late of the oldest item under it; zero or less when nothing is late
-- client_kzt        exposure of the customer under all its contracts
-- manager           who looks after it; empty when the CRM does not say
-- broken            contracts in the list
-- total_over_kzt    by how much they are over together; empty when no limit is kept
-- limits_kept       contracts with a limit above zero that have anything at stake
-- reason            no_limits_kept: 1C has no limit above zero, so nothing can be said; no_such_manager; none_broken
with
at_stake as (
    select e.*, sum(e.exposure_kzt) over (partition by e.cp_id) as client_kzt from exposure($as_of) e where not e.is_intercompany
),

kept as (
    select count(*) filter (where limit_kzt > 0) as limits_kept from at_stake
),

known as (
    select exists (from contract k where k.credit_limit_kzt > 0) as has_limits
),

managers as (
    select
        cp_id, manager,
        $manager is null or list_bool_and(list_transform(
            string_split(lower(trim($manager)), ' '), lambda word: contains(lower(manager), word)
        )) as is_asked,
    from account_manager($as_of)
),

days as (
    select *, max(until) filter (where not is_breach) over (partition by org_id, cp_id, contract_id) as last_within
    from exposure_days($as_of)
),

since as (
    select org_id, cp_id, contract_id, min(day) as first_breach_date
    from days
    where is_breach and (last_within is null or day > last_within)
    group by all
),

late as (
    select
        o.org_id, o.cp_id, o.contract_id,
        coalesce(sum(o.open_kzt) filter (where o.days_late > 0), 0) as overdue_kzt,
        max(o.days_late) as max_days_late,
    from ar_open($as_of) o
    group by all
),

broken as (
    select a.*, a.exposure_kzt - a.limit_kzt as over_kzt, s.first_breach_date, l.overdue_kzt, l.max_days_late, m.manager
    from at_stake a
    left join since s on s.org_id = a.org_id and s.cp_id = a.cp_id and s.contract_id = a.contract_id
    left join late l on l.org_id = a.org_id and l.cp_id = a.cp_id and l.contract_id = a.contract_id
    left join managers m on m.cp_id = a.cp_id
    where a.limit_kzt > 0 and a.exposure_kzt > a.limit_kzt and ($manager is null or m.is_asked)
)
select
    b.cp_id, b.counterparty, b.contract, b.exposure_kzt, b.limit_kzt,
    cast(b.over_kzt as decimal(18, 2)) as over_kzt,
    b.first_breach_date,
    cast(date_diff('day', b.first_breach_date, cast($as_of as date)) + 1 as integer) as days_over,
    cast(b.overdue_kzt as decimal(18, 2)) as overdue_kzt,
    b.max_days_late,
    cast(b.client_kzt as decimal(18, 2)) as client_kzt,
    b.manager,
    case when n.has_limits then count(b.contract_id) over () end as broken,
    cast(case when n.has_limits then coalesce(sum(b.over_kzt) over (), 0) end as decimal(18, 2)) as total_over_kzt,
    case when n.has_limits then k.limits_kept end as limits_kept,
    case
        when b.cp_id is not null then null
        when not n.has_limits then 'no_limits_kept'
        when $manager is not null and not exists (from managers where is_asked) then 'no_such_manager'
        else 'none_broken'
    end as reason,
from known n
cross join kept k
left join broken b on true
order by b.over_kzt desc, b.cp_id, b.contract_id
