-- What changed in the flow of money against the period before or a year ago, the largest change first. Own transfers and own entities are not in it.
--
-- id:        cash_movers
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Что изменилось в движении денег
-- title.kk:  Ақша қозғалысында не өзгерді
-- title.en:  Cash flow movers
-- synonyms:  почему денег меньше, изменение движения денег, сравнить ДДС, куда делись деньги, ақша неге азайды, cash flow change, cash movers
-- unit:      KZT
-- basis:     cash, gross, rate of the document
-- shape:     table
-- grain:     category, named_by, knp, cp_id
-- params:    period period, compare choice(previous|year)=previous, by choice(category|counterparty)=category, org org?, include_intercompany choice(true|false)?
-- formula:   net of cash_item (in − out, is_flow) by name of the item, without one by kind of operation and payment purpose code, or by either and party, in the period less in before_from..before_to: as many whole months before, else as many days; or a year ago
-- needs:     onec
-- tests:     tests/sql/test_metrics_forecast.py::test_a_month_is_held_against_the_month_before_not_against_31_days,
--     tests/sql/test_metrics_forecast.py::test_a_year_ago_is_the_same_days_of_it,
--     tests/sql/test_metrics_forecast.py::test_the_period_compared_with,
--     tests/sql/test_metrics_agree.py::test_movers_are_the_difference_of_two_cash_flows
--
-- category              name of the item; without one customers, suppliers, bank_fees or other [untrusted]
-- named_by              item, or operation where 1C names no item
-- knp                   payment purpose code; empty for an item and by counterparty
-- cp_id                 the other party; empty by category
-- counterparty          its name [untrusted]
-- net_kzt               in less out in the period
-- before_kzt            in less out in the period compared with
-- difference_kzt        the first less the second
-- in_kzt                money in, in the period
-- out_kzt               money out, in the period
-- in_before_kzt         money in, in the period compared with
-- out_before_kzt        money out, in the period compared with
-- before_from           first day of the period compared with
-- before_to             its last day
-- without_rate          documents of both periods in a currency without a rate: not in the sums
-- total_net_kzt         net of all rows in the period
-- total_before_kzt      the same in the period compared with
-- total_difference_kzt  the first less the second
with
moves as (
    select
        m.doc_id, m.category, m.named_by, m.in_kzt, m.out_kzt,
        case when $by = 'category' and m.named_by = 'operation' then m.knp end as knp,
        case when $by = 'counterparty' then m.cp_id end as cp_id,
        case when $by = 'counterparty' then m.counterparty end as counterparty,
        m.move_date >= $period_from as is_now,
    from cash_item(before_from($period_from, $period_to, $compare), $period_to) m
    where m.is_flow
        and (
            m.move_date >= $period_from
            or m.move_date between before_from($period_from, $period_to, $compare) and before_to($period_from, $period_to, $compare)
        )
),

sums as (
    select
        category, named_by, knp, cp_id, any_value(counterparty) as counterparty,
        coalesce(sum(in_kzt) filter (where is_now), 0) as in_kzt,
        coalesce(sum(out_kzt) filter (where is_now), 0) as out_kzt,
        coalesce(sum(in_kzt) filter (where not is_now), 0) as in_before_kzt,
        coalesce(sum(out_kzt) filter (where not is_now), 0) as out_before_kzt,
        count(distinct doc_id) filter (where in_kzt is null or out_kzt is null) as without_rate,
    from moves
    group by category, named_by, knp, cp_id
),

netted as (
    select *, in_kzt - out_kzt as net_kzt, in_before_kzt - out_before_kzt as before_kzt from sums
)
select
    category, named_by, knp, cp_id, counterparty,
    cast(net_kzt as decimal(18, 2)) as net_kzt,
    cast(before_kzt as decimal(18, 2)) as before_kzt,
    cast(net_kzt - before_kzt as decimal(18, 2)) as difference_kzt,
    cast(in_kzt as decimal(18, 2)) as in_kzt,
    cast(out_kzt as decimal(18, 2)) as out_kzt,
    cast(in_before_kzt as decimal(18, 2)) as in_before_kzt,
    cast(out_before_kzt as decimal(18, 2)) as out_before_kzt,
    before_from($period_from, $period_to, $compare) as before_from,
    before_to($period_from, $period_to, $compare) as before_to,
    without_rate,
    cast(sum(net_kzt) over () as decimal(18, 2)) as total_net_kzt,
    cast(sum(before_kzt) over () as decimal(18, 2)) as total_before_kzt,
    cast(sum(net_kzt - before_kzt) over () as decimal(18, 2)) as total_difference_kzt,
from netted
order by abs(net_kzt - before_kzt) desc, category, named_by, knp, cp_id
