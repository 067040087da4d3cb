-- Revenue and the cost of the same shipments, month by month. Cost is known only when the month is closed in 1C. Own entities are left out.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     month_from
-- source:    sales_in, gl
-- units:     tenge without VAT
-- label.ru:  Валовая прибыль по месяцам
-- label.kk:  Айлар бойынша жалпы пайда
-- label.en:  Gross margin by month
-- synonyms:  маржа, валовая прибыль, себестоимость, жалпы пайда, өзіндік құн, gross margin, cost of sales
--
-- month_from       first day of the month
-- revenue_kzt      sales less returns, without VAT
-- booked_cost_kzt  account 7010 of the same documents, as booked so far
-- uncosted         sales with goods that have no cost entry
-- is_closed        every entity with sales in the month has closed income or expense (accounts 6 and 7) to the result (56) on or after its last day
with
sold as (
    select s.doc_id, s.type, s.org_id, cast(date_trunc('month', s.doc_date) as date) as month_from, sum(s.net_kzt) as net_kzt
    from sales_in(period_from, period_to) s
    where not s.is_intercompany
    group by all
),

costs as (
    select g.doc_id, sum(case g.line_side when 'dr' then g.amount_kzt else -g.amount_kzt end) as cost_kzt
    from gl g
    where g.account like '7010%' and g.doc_id in (select doc_id from sold)
    group by g.doc_id
),

goods as (
    select l.doc_id from doc_line l where l.is_goods and l.doc_id in (select doc_id from sold) group by l.doc_id
),

closings as (
    select g.org_id, max(g.dt) as closed_on
    from gl g
    where g.account[1] in ('6', '7') and g.corr_account like '56%'
    group by g.org_id
)
select
    s.month_from,
    cast(sum(s.net_kzt) as decimal(18, 2)) as revenue_kzt,
    cast(coalesce(sum(c.cost_kzt), 0) as decimal(18, 2)) as booked_cost_kzt,
    count(*) filter (where s.type = 'sale' and c.doc_id is null and w.doc_id is not null) as uncosted,
    bool_and(coalesce(k.closed_on >= last_day(s.month_from), false)) as is_closed,
from sold s
left join costs c on c.doc_id = s.doc_id
left join goods w on w.doc_id = s.doc_id
left join closings k on k.org_id = s.org_id
group by s.month_from
