-- Sales less returns by month, without VAT. A month without documents has no row.
--
-- id:        revenue_by_month
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Выручка по месяцам
-- title.kk:  Айлар бойынша түсім
-- title.en:  Revenue by month
-- synonyms:  выручка по месяцам, динамика продаж, помесячная выручка, айлық түсім, revenue by month, sales trend
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate
-- shape:     table
-- grain:     month_from
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   net_kzt of sales of the period without intercompany, by calendar month of each document
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_revenue_by_month_customer_and_item_make_the_same_sum
--
-- month_from  first day of the month
-- net_kzt     revenue without VAT
-- gross_kzt   the same with VAT
-- vat_kzt     VAT
-- returns_kzt returns without VAT, positive; taken off already
-- documents   sales and returns
-- total_kzt   revenue of all rows
select
    cast(date_trunc('month', doc_date) as date) as month_from,
    cast(coalesce(sum(net_kzt), 0) as decimal(18, 2)) as net_kzt,
    cast(coalesce(sum(gross_kzt), 0) as decimal(18, 2)) as gross_kzt,
    cast(coalesce(sum(vat_kzt), 0) as decimal(18, 2)) as vat_kzt,
    cast(-coalesce(sum(net_kzt) filter (where type = 'sale_return'), 0) as decimal(18, 2)) as returns_kzt,
    count(distinct doc_id) as documents,
    cast(sum(coalesce(sum(net_kzt), 0)) over () as decimal(18, 2)) as total_kzt,
from sales_in($period_from, $period_to)
where not is_intercompany
group by all
order by month_from
