-- Goods that customers returned in a period, without VAT, and how much of the sales that is. VAT stays that of the sale returned.
--
-- id:        returns
-- version:   1
-- changed_on: 2026-11-20
-- owner:     chief accountant
-- title.ru:  Возвраты от покупателей
-- title.kk:  Сатып алушылардан қайтарулар
-- title.en:  Returns from customers
-- synonyms:  возвраты, возвраты покупателей, доля возвратов, қайтарулар, returns, return rate
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate
-- shape:     value
-- grain:     one row
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   sum of net_kzt of returns over sales of the period without intercompany, positive; return_ratio divides by the sales of the same period
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_revenue_is_net_of_returns_each_on_its_own_day,
--     tests/sql/test_metrics_sales.py::test_returns_are_told_beside_the_sales_of_the_period
--
-- value        returns without VAT
-- gross_kzt    the same with VAT
-- vat_kzt      VAT
-- returns      number of returns
-- customers    how many returned
-- sales_kzt    sales of the period without VAT
-- return_ratio value by sales, 0 to 1; empty without sales
with
sums as (
    select
        -coalesce(sum(net_kzt) filter (where type = 'sale_return'), 0) as net_kzt,
        -coalesce(sum(gross_kzt) filter (where type = 'sale_return'), 0) as gross_kzt,
        -coalesce(sum(vat_kzt) filter (where type = 'sale_return'), 0) as vat_kzt,
        count(distinct doc_id) filter (where type = 'sale_return') as returns,
        count(distinct cp_id) filter (where type = 'sale_return') as customers,
        coalesce(sum(net_kzt) filter (where type = 'sale'), 0) as sales_kzt,
    from sales_in($period_from, $period_to)
    where not is_intercompany
)
select
    cast(net_kzt as decimal(18, 2)) as value,
    cast(gross_kzt as decimal(18, 2)) as gross_kzt,
    cast(vat_kzt as decimal(18, 2)) as vat_kzt,
    returns, customers,
    cast(sales_kzt as decimal(18, 2)) as sales_kzt,
    case when sales_kzt > 0 then cast(round(net_kzt / sales_kzt, 4) as decimal(18, 4)) end as return_ratio,
from sums
