-- The sales and returns behind gross_margin and the cost of each. A margin has documents only once cost is final.
--
-- grain:  part, doc_id
-- parts:  value, revenue_kzt, cost_kzt, booked_cost_kzt, closed_kzt, uncosted
-- units:  tenge without VAT; uncosted count 1 each
--
-- part         column of gross_margin that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       revenue, cost, or the first less the second; negative for a return
with
sold as (
    from sales_by_document($period_from, $period_to)
),

costs as (
    select doc_id, sum(case line_side when 'dr' then amount_kzt else -amount_kzt end) as cost_kzt
    from gl
    where account like '7010%' and doc_id in (select doc_id from sold)
    group by doc_id
),

goods as (
    select distinct doc_id from doc_line where is_goods
),

judged as (
    select
        count(*) > 0 and bool_and(is_closed) and sum(uncosted) = 0 as is_final,
        coalesce(sum(uncosted) filter (where is_closed), 0) = 0 as is_costed,
        list(month_from) filter (where is_closed) as closed,
    from margin($period_from, $period_to)
),

valued as (
    select
        s.*, c.cost_kzt, coalesce(j.is_final, false) as is_final,
        coalesce(j.is_costed and list_contains(j.closed, cast(date_trunc('month', s.doc_date) as date)), false) as is_closed,
        s.type = 'sale' and c.doc_id is null and g.doc_id is not null as is_uncosted,
    from sold s
    left join costs c on c.doc_id = s.doc_id
    left join goods g on g.doc_id = s.doc_id
    cross join judged j
)
select
    'value' as part, doc_id, type, number, doc_date, counterparty,
    cast(coalesce(net_kzt, 0) - coalesce(cost_kzt, 0) as decimal(18, 2)) as amount,
from valued
where is_final
union all
select 'revenue_kzt', doc_id, type, number, doc_date, counterparty, net_kzt from valued
union all
select 'cost_kzt', doc_id, type, number, doc_date, counterparty, cast(cost_kzt as decimal(18, 2)) from valued where is_final and cost_kzt <> 0
union all
select 'booked_cost_kzt', doc_id, type, number, doc_date, counterparty, cast(cost_kzt as decimal(18, 2)) from valued where cost_kzt <> 0
union all
select
    'closed_kzt', doc_id, type, number, doc_date, counterparty,
    cast(coalesce(net_kzt, 0) - coalesce(cost_kzt, 0) as decimal(18, 2)),
from valued
where is_closed
union all
select 'uncosted', doc_id, type, number, doc_date, counterparty, 1 from valued where is_uncosted
