-- Days sales outstanding by count-back: the months, newest first, whose credit sales make up all receivables.
--
-- id:        dso_countback
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  DSO обратным отсчётом
-- title.kk:  Кері санаумен DSO
-- title.en:  DSO by count-back
-- synonyms:  DSO обратный отсчёт, count-back, countback, кері санау
-- unit:      days
-- basis:     accrual, both sides with VAT; receivables as the ledger carries them, sales at the booked rate
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   credit sales of the month of as_of and those before it are taken off receivables; a month used up counts its days, the last one its share; what no sale explains leaves the value empty
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_count_back_counts_whole_months_and_the_share_of_the_last,
--     tests/sql/test_metrics_receivables.py::test_count_back_ends_at_the_first_sale,
--     tests/sql/test_metrics_agree.py::test_dso_is_what_is_possible_and_what_is_late
--
-- value           days; empty when receivables are more than all credit sales, or when there were none
-- reason          no_credit_sales or older_than_first_sale when value is empty
-- receivables_kzt receivables on as_of
-- unexplained_kzt of them, more than all credit sales
-- months          months counted, whole and in part
with
walked as (
    select
        sum(counted_days) as counted_days, any_value(receivables_kzt) as receivables_kzt, sum(explained_kzt) as explained_kzt,
        count(*) filter (where counted_days > 0) as months,
    from dso_months($as_of)
),

-- without one sale there is no month that could tell the receivables
owed as (
    select coalesce(sum(open_kzt), 0) as receivables_kzt from ar_open($as_of) where not is_intercompany
)
select
    case when w.receivables_kzt = w.explained_kzt then cast(w.counted_days as decimal(18, 2)) end as value,
    case when w.receivables_kzt is null then 'no_credit_sales' when w.receivables_kzt <> w.explained_kzt then 'older_than_first_sale' end as reason,
    cast(o.receivables_kzt as decimal(18, 2)) as receivables_kzt,
    cast(o.receivables_kzt - coalesce(w.explained_kzt, 0) as decimal(18, 2)) as unexplained_kzt,
    w.months,
from walked w, owed o
