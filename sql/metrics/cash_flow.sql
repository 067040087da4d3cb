-- Money in and out in a period by cash flow item of 1C, the largest first; what has no item, by kind of operation. Transfers between own accounts and own entities stand apart and are not in the totals.
--
-- id:        cash_flow
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Движение денег по статьям
-- title.kk:  Баптар бойынша ақша қозғалысы
-- title.en:  Cash flow by item
-- synonyms:  движение денег, ДДС, куда ушли деньги, приход и расход, статьи ДДС, ақша ағыны, cash flow, cash flow items
-- unit:      KZT
-- basis:     cash, gross, rate of the document
-- shape:     table
-- grain:     category, named_by, knp
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   cash_item of the period by name of the item (статья ДДС); without one, by kind of operation and knp; refunds reduce what they belong to. Cards of one name are one item
-- needs:     onec
-- tests:     tests/test_facts_deals.py::test_fees_are_matched_and_are_neither_payments_to_anybody_nor_left_out_of_the_flow,
--     tests/sql/test_metrics_money.py::test_own_transfers_and_exchange_net_to_zero_and_the_rest_is_in_transit,
--     tests/sql/test_metrics_money.py::test_a_refund_lowers_its_category_and_totals_hold_flows_alone,
--     tests/sql/test_cash_items.py::test_a_payment_of_two_items_is_split_to_the_tiyn,
--     tests/sql/test_metrics_money.py::test_money_without_a_rate_is_counted_apart_not_as_zero
--
-- category      the item; else customers, suppliers, bank_fees, other, intercompany, own_transfer [untrusted]
-- named_by      item or operation: the second where 1C names no item
-- knp           payment purpose code; empty for an item
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
        category, named_by, is_flow,
        -- the legs of one transfer must meet in one row
        case when named_by = 'operation' and category <> 'own_transfer' then knp end as knp,
        coalesce(sum(in_kzt), 0) as in_kzt,
        coalesce(sum(out_kzt), 0) as out_kzt,
        count(distinct doc_id) as documents,
        count(distinct doc_id) filter (where in_kzt is null or out_kzt is null) as without_rate,
    from cash_item($period_from, $period_to)
    group by all
)
select
    category, named_by, knp, is_flow,
    cast(in_kzt as decimal(18, 2)) as in_kzt,
    cast(out_kzt as decimal(18, 2)) as out_kzt,
    cast(in_kzt - out_kzt as decimal(18, 2)) as net_kzt,
    documents, without_rate,
    cast(coalesce(sum(in_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_in_kzt,
    cast(coalesce(sum(out_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_out_kzt,
    cast(coalesce(sum(in_kzt - out_kzt) filter (where is_flow) over (), 0) as decimal(18, 2)) as total_net_kzt,
from sums
order by is_flow desc, sums.in_kzt + sums.out_kzt desc, category, named_by, knp
