-- Sales less returns of a period by customer, item, manager, month or warehouse. What belongs to nobody stays as a row without a name.
--
-- id:        sales_by
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of sales
-- title.ru:  Продажи в разрезе
-- title.kk:  Сатылымдар бөлінісі
-- title.en:  Sales by
-- synonyms:  продажи по менеджерам, продажи по складам, выручка в разрезе, анализ продаж, менеджер бойынша сату, sales by manager, sales by warehouse, sales breakdown, менеджерлер бойынша сату, қоймалар бойынша сату
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate
-- shape:     table
-- grain:     by_id
-- params:    period period, by choice(customer|item|manager|month|warehouse)=customer, org org?, include_intercompany choice(true|false)?
-- formula:   net_kzt of sales_in of the period without intercompany, summed by `by`; manager = responsible for the latest CRM deal of the customer at the end of the period; share_ratio = net / total
-- needs:     onec
-- needs.by.manager: bitrix
-- tests:     tests/sql/test_metrics_sales_split.py::test_sales_by_anything_keep_what_belongs_to_nobody,
--     tests/sql/test_metrics_sales_split.py::test_months_are_in_order_of_time_and_shares_need_a_total,
--     tests/sql/test_metrics_agree.py::test_sales_by_anything_are_the_revenue
--
-- by_id        short id of the customer, item or warehouse; first day of the month; the manager's name
-- name         its name [untrusted]
-- net_kzt      revenue without VAT
-- gross_kzt    the same with VAT
-- returns_kzt  returns without VAT, positive; taken off already
-- documents    sales and returns
-- share_ratio  share of the total, 0 to 1; empty when the total is not positive
-- total_kzt    revenue of all rows
with
sold as (
    select
        s.*,
        case $by
            when 'customer' then s.cp_id
            when 'item' then s.item_id
            when 'manager' then m.manager
            when 'month' then cast(cast(date_trunc('month', s.doc_date) as date) as varchar)
            else d.warehouse_id
        end as by_id,
        case $by
            when 'customer' then s.counterparty
            when 'item' then i.name
            when 'manager' then m.manager
            when 'month' then strftime(s.doc_date, '%Y-%m')
            else w.name
        end as name,
    from sales_in($period_from, $period_to) s
    join doc d on d.doc_id = s.doc_id
    left join item i on i.item_id = s.item_id
    left join warehouse w on w.warehouse_id = d.warehouse_id
    left join account_manager($period_to) m on m.cp_id = s.cp_id
    where not s.is_intercompany
),

sums as (
    select
        by_id, any_value(name) as name,
        coalesce(sum(net_kzt), 0) as net_kzt,
        coalesce(sum(gross_kzt), 0) as gross_kzt,
        -coalesce(sum(net_kzt) filter (where type = 'sale_return'), 0) as returns_kzt,
        count(distinct doc_id) as documents,
    from sold
    group by by_id
),

whole as (
    select coalesce(sum(net_kzt), 0) as total_kzt from sums
)
select
    s.by_id, s.name,
    cast(s.net_kzt as decimal(18, 2)) as net_kzt,
    cast(s.gross_kzt as decimal(18, 2)) as gross_kzt,
    cast(s.returns_kzt as decimal(18, 2)) as returns_kzt,
    s.documents,
    case when w.total_kzt > 0 then cast(round(s.net_kzt / w.total_kzt, 4) as decimal(18, 4)) end as share_ratio,
    cast(w.total_kzt as decimal(18, 2)) as total_kzt,
from sums s, whole w
order by case $by when 'month' then s.by_id end, s.net_kzt desc, s.by_id
