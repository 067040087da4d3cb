-- Sales less returns by good or service, without VAT, largest first. What the lines do not name stays as a row without an item.
--
-- id:        revenue_by_item
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Выручка по номенклатуре
-- title.kk:  Номенклатура бойынша түсім
-- title.en:  Revenue by item
-- synonyms:  выручка по товарам, что продаём, топ товаров, продажи по номенклатуре, тауарлар бойынша түсім, revenue by item, top products
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate
-- shape:     table
-- grain:     item_id
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   net_kzt of sales of the period without intercompany, by item
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_revenue_by_month_customer_and_item_make_the_same_sum,
--     tests/sql/test_metrics_sales.py::test_lines_sum_to_the_document_to_the_tiyn_and_what_they_lack_stays
--
-- item_id     good or service
-- item        its name [untrusted]
-- unit        base unit
-- qty         quantity sold less returned
-- net_kzt     revenue without VAT
-- gross_kzt   the same with VAT
-- vat_kzt     VAT
-- returns_kzt returns without VAT, positive; taken off already
-- total_kzt   revenue of all rows
with
sold as (
    select
        item_id,
        sum(qty) as qty,
        coalesce(sum(net_kzt), 0) as net_kzt,
        coalesce(sum(gross_kzt), 0) as gross_kzt,
        coalesce(sum(vat_kzt), 0) as vat_kzt,
        -coalesce(sum(net_kzt) filter (where type = 'sale_return'), 0) as returns_kzt,
    from sales_in($period_from, $period_to)
    where not is_intercompany
    group by item_id
)
select
    s.item_id, i.name as item, i.unit,
    cast(s.qty as decimal(18, 3)) as qty,
    cast(s.net_kzt as decimal(18, 2)) as net_kzt,
    cast(s.gross_kzt as decimal(18, 2)) as gross_kzt,
    cast(s.vat_kzt as decimal(18, 2)) as vat_kzt,
    cast(s.returns_kzt as decimal(18, 2)) as returns_kzt,
    cast(sum(s.net_kzt) over () as decimal(18, 2)) as total_kzt,
from sold s
left join item i on i.item_id = s.item_id
order by s.net_kzt desc, s.item_id
