-- Where money came from and went in a period, by category. Transfers between own accounts and own entities stand apart and are not in the totals.
--
-- id:        cash_flow
-- version:   1
-- title.ru:  Движение денег по категориям
-- title.kk:  Санаттар бойынша ақша қозғалысы
-- title.en:  Cash flow by category
-- synonyms:  движение денег, ДДС, куда ушли деньги, приход и расход, ақша ағыны, cash flow
-- unit:      KZT
-- basis:     cash, gross, rate of the document
-- shape:     table
-- grain:     category, knp
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- span:      period
-- formula:   cash_move of the period by category and payment purpose code; refunds reduce the category they belong to
-- needs:     onec
-- tests:     tests/test_facts_deals.py::test_fees_are_matched_and_are_neither_payments_to_anybody_nor_left_out_of_the_flow,
--     tests/sql/test_metrics_money.py::test_own_transfers_and_exchange_net_to_zero_and_the_rest_is_in_transit,
--     tests/sql/test_metrics_money.py::test_a_refund_lowers_its_category_and_totals_hold_flows_alone,
--     tests/sql/test_metrics_money.py::test_money_without_a_rate_is_counted_apart_not_as_zero
--
-- category      customers, suppliers, bank_fees, other, intercompany or own_transfer
-- knp           payment purpose code
-- is_flow       counted in the totals
-- in_kzt        money in
-- out_kzt       money out
-- net_kzt       in less out; for own_transfer money in transit, or a difference of rates, when not zero
-- documents     how many
-- without_rate  of them, in a currency without a rate: not in the sums
-- total_in_kzt  all money in, without own_transfer and intercompany
-- total_out_kzt all money out, without them
-- total_net_kzt in less out
with
sums as (
    select
        category, is_flow,
        -- the legs of one transfer must meet in one row
        case when category <> 'own_transfer' then knp end as knp,
        coalesce(sum(in_kzt), 0) as in_kzt,
        coalesce(sum(out_kzt), 0) as out_kzt,
        count(*) as documents,
        count(*) filter (where in_kzt is null or out_kzt is null) as without_rate,
    from cash_move($period_from, $period_to)
    group by all
)
select
    category, knp, is_flow,
    cast(in_kzt as decimal(18, 2)) as in_kzt,
    cast(out_kzt as decimal(18, 2)) as out_kzt,
    cast(in_kzt - out_kzt as decimal(18, 2)) as net_kzt,
    documents, without_rate,
    cast(coalesce(sum(in_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_in_kzt,
    cast(coalesce(sum(out_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_out_kzt,
    cast(coalesce(sum(in_kzt - out_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_net_kzt,
from sums
order by is_flow desc, category, knp
