-- Money in and out by counterparty in a period, largest movement first. Own transfers and own entities are left out.
--
-- id:        cash_flow_by_counterparty
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of finance
-- title.ru:  Движение денег по контрагентам
-- title.kk:  Контрагенттер бойынша ақша қозғалысы
-- title.en:  Cash flow by counterparty
-- synonyms:  кому и от кого деньги, движение денег по контрагентам, cash flow by counterparty, контрагенттер бойынша ақша қозғалысы
-- unit:      KZT
-- basis:     cash, gross, rate of the document
-- shape:     table
-- grain:     cp_id
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   cash_move of the period by counterparty
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_a_refund_lowers_its_category_and_totals_hold_flows_alone
--
-- cp_id         the other party; empty for fees and what names none
-- counterparty  its name [untrusted]
-- in_kzt        money in
-- out_kzt       money out
-- net_kzt       in less out
-- documents     how many
-- without_rate  of them, in a currency without a rate: not in the sums
-- total_net_kzt net of all rows
select
    cp_id, any_value(counterparty) as counterparty,
    cast(coalesce(sum(in_kzt), 0) as decimal(18, 2)) as in_kzt,
    cast(coalesce(sum(out_kzt), 0) as decimal(18, 2)) as out_kzt,
    cast(coalesce(sum(in_kzt - out_kzt), 0) as decimal(18, 2)) as net_kzt,
    count(*) as documents,
    count(*) filter (where in_kzt is null or out_kzt is null) as without_rate,
    cast(sum(coalesce(sum(in_kzt - out_kzt), 0)) over () as decimal(18, 2)) as total_net_kzt,
from cash_move($period_from, $period_to)
where is_flow
group by cp_id
order by coalesce(sum(in_kzt + out_kzt), 0) desc, cp_id
