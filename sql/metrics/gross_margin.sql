-- Revenue less the cost of the same shipments. Without a value until 1C has closed every month of the period: cost is not final before.
--
-- id:        gross_margin
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of finance
-- title.ru:  Валовая прибыль
-- title.kk:  Жалпы пайда
-- title.en:  Gross margin
-- synonyms:  валовая прибыль, маржа, наценка, сколько заработали, жалпы пайда, gross margin, gross profit, жалпы пайда, өзіндік құннан кейінгі пайда
-- unit:      KZT
-- basis:     accrual, net of VAT; cost by account 7010
-- shape:     value
-- grain:     one row
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   revenue − account 7010 of the same sales and returns; empty unless margin(period) says that every month is closed and every sale of goods has its cost
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_margin_waits_for_the_close_of_the_month,
--     tests/sql/test_metrics_sales.py::test_margin_of_a_closed_month_is_revenue_less_cost_of_the_same_documents,
--     tests/sql/test_metrics_sales.py::test_margin_has_no_value_while_goods_were_sold_without_a_cost
--
-- value           gross margin; empty while cost is not final
-- reason          no_sales, month_not_closed or cost_missing when value is empty
-- revenue_kzt     revenue without VAT
-- cost_kzt        cost; empty while it is not final
-- margin_ratio    value by revenue, 0 to 1
-- booked_cost_kzt cost as booked so far
-- open_months     months of the period that are not closed
-- uncosted        sales of goods without a cost entry
with
sums as (
    select
        count(*) as months,
        coalesce(sum(revenue_kzt), 0) as revenue_kzt,
        coalesce(sum(booked_cost_kzt), 0) as booked_cost_kzt,
        count(*) filter (where not is_closed) as open_months,
        coalesce(sum(uncosted), 0) as uncosted,
    from margin($period_from, $period_to)
),

judged as (
    select
        *,
        case when months = 0 then 'no_sales' when open_months > 0 then 'month_not_closed' when uncosted > 0 then 'cost_missing' end as reason,
    from sums
)
select
    case when reason is null then cast(revenue_kzt - booked_cost_kzt as decimal(18, 2)) end as value,
    reason,
    cast(revenue_kzt as decimal(18, 2)) as revenue_kzt,
    case when reason is null then cast(booked_cost_kzt as decimal(18, 2)) end as cost_kzt,
    case when reason is null and revenue_kzt > 0 then cast(round((revenue_kzt - booked_cost_kzt) / revenue_kzt, 4) as decimal(18, 4)) end as margin_ratio,
    cast(booked_cost_kzt as decimal(18, 2)) as booked_cost_kzt,
    open_months,
    cast(uncosted as bigint) as uncosted,
from judged
