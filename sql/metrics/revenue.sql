-- Sales less returns in a period, without VAT, each on its own day. Own entities are left out.
--
-- id:        revenue
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Выручка за период
-- title.kk:  Кезеңдегі түсім
-- title.en:  Revenue
-- synonyms:  выручка, продажи, оборот, реализация за период, сколько продали, түсім, сату көлемі, revenue, sales, turnover
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate
-- shape:     value
-- grain:     one row
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   sum of net_kzt over sales of the period without intercompany
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_revenue_is_net_of_returns_each_on_its_own_day,
--     tests/sql/test_metrics_sales.py::test_lines_sum_to_the_document_to_the_tiyn_and_what_they_lack_stays,
--     tests/sql/test_metrics_agree.py::test_revenue_is_the_same_by_month_customer_and_item_and_that_of_the_ledger
--
-- value        revenue without VAT
-- gross_kzt    the same with VAT
-- vat_kzt      VAT
-- sales_kzt    sales without VAT
-- returns_kzt  returns without VAT, positive
-- sales        number of sales
-- returns      number of returns
-- without_rate documents in a currency without a rate: not in the sums
select
    cast(coalesce(sum(net_kzt), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(gross_kzt), 0) as decimal(18, 2)) as gross_kzt,
    cast(coalesce(sum(vat_kzt), 0) as decimal(18, 2)) as vat_kzt,
    cast(coalesce(sum(net_kzt) filter (where type = 'sale'), 0) as decimal(18, 2)) as sales_kzt,
    cast(-coalesce(sum(net_kzt) filter (where type = 'sale_return'), 0) as decimal(18, 2)) as returns_kzt,
    count(distinct doc_id) filter (where type = 'sale') as sales,
    count(distinct doc_id) filter (where type = 'sale_return') as returns,
    count(distinct doc_id) filter (where gross_kzt is null) as without_rate,
from sales_in($period_from, $period_to)
where not is_intercompany
