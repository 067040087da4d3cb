-- Receivables of a date walked back over the credit sales of the months before it, newest first, to the month of the first sale.
--
-- kind:      macro(as_of date)
-- grain:     month_from
-- source:    ar_open, credit_sales
-- units:     money in tenge with VAT; days
-- label.ru:  DSO обратным отсчётом по месяцам
-- label.kk:  Айлар бойынша кері санаумен DSO
-- label.en:  DSO by count-back, month by month
-- synonyms:  DSO обратный отсчёт, countback, count-back
--
-- month_from      first day of the month
-- month_days      its days, up to as_of
-- sales_kzt       its credit sales, net of returns, never below zero
-- left_kzt        receivables that the later months have not explained
-- explained_kzt   of them, explained by this month
-- counted_days    days counted: all, or the share that is explained
-- receivables_kzt receivables on as_of
with
owed as (
    select coalesce(sum(open_kzt), 0) as receivables_kzt from ar_open(as_of) where not is_intercompany
),

sold as (
    select date_trunc('month', c.doc_date) as month_from, sum(c.credit_kzt) as sales_kzt
    from credit_sales(date '1900-01-01', cast(as_of as date)) c
    group by all
),

first_sale as (
    select min(month_from) as month_from from sold
),

months as (
    select cast(unnest(generate_series(month_from, date_trunc('month', cast(as_of as date)), interval 1 month)) as date) as month_from
    from first_sale
),

walked as (
    select
        m.month_from,
        date_diff('day', m.month_from, least(cast(as_of as date), last_day(m.month_from))) + 1 as month_days,
        greatest(coalesce(s.sales_kzt, 0), 0) as sales_kzt,
        o.receivables_kzt - coalesce(sum(greatest(coalesce(s.sales_kzt, 0), 0)) over (
            order by m.month_from desc rows between unbounded preceding and 1 preceding
        ), 0) as left_kzt,
        o.receivables_kzt,
    from months m
    left join sold s using (month_from)
    cross join owed o
)
select
    month_from,
    cast(month_days as integer) as month_days,
    cast(sales_kzt as decimal(18, 2)) as sales_kzt,
    cast(greatest(left_kzt, 0) as decimal(18, 2)) as left_kzt,
    cast(greatest(least(left_kzt, sales_kzt), 0) as decimal(18, 2)) as explained_kzt,
    cast(case
        when left_kzt <= 0 then 0
        when left_kzt >= sales_kzt then month_days
        else round(left_kzt / sales_kzt * month_days, 2)
    end as decimal(18, 2)) as counted_days,
    cast(receivables_kzt as decimal(18, 2)) as receivables_kzt,
from walked
