-- How much of what could be collected in a period was collected: the parts of the collection effectiveness index. One row.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     one row
-- source:    ar_open, credit_sales, settlement
-- units:     tenge with VAT; receivables as the ledger carries them, sales at the booked rate
-- label.ru:  Эффективность взыскания
-- label.kk:  Берешекті өндіріп алу тиімділігі
-- label.en:  Collection effectiveness
-- synonyms:  CEI, эффективность взыскания, собираемость, collection effectiveness
--
-- begin_kzt      receivables on the day before the period
-- sales_kzt      credit sales of the period, by its number of calendar months
-- all_sales_kzt  credit sales of the whole period
-- months         number of calendar months that the period touches
-- end_kzt        receivables on the last day
-- not_due_kzt    of them, not yet due
-- writeoffs_kzt  debt written off in the period
-- collected_kzt  begin and sales less end
-- possible_kzt   begin and sales less not due
with
opened as (
    select coalesce(sum(open_kzt), 0) as begin_kzt from ar_open(cast(period_from as date) - 1) where not is_intercompany
),

closed as (
    select
        coalesce(sum(open_kzt), 0) as end_kzt,
        coalesce(sum(open_kzt) filter (where days_late <= 0), 0) as not_due_kzt,
    from ar_open(period_to)
    where not is_intercompany
),

sold as (
    select coalesce(sum(credit_kzt), 0) as credit_kzt from credit_sales(period_from, period_to)
),

span as (
    select date_diff('month', cast(period_from as date), cast(period_to as date)) + 1 as months
),

a_month as (
    select months, credit_kzt as all_sales_kzt, cast(round(credit_kzt / months, 2) as decimal(18, 2)) as sales_kzt from sold, span
),

written_off as (
    select coalesce(sum(s.amount_kzt), 0) as writeoffs_kzt
    from settlement s
    left join cp using (cp_id)
    where s.side = 'ar' and s.method = 'writeoff' and s.eff_date between period_from and period_to and not coalesce(cp.is_intercompany, false)
)
select
    cast(begin_kzt as decimal(18, 2)) as begin_kzt,
    sales_kzt,
    cast(all_sales_kzt as decimal(18, 2)) as all_sales_kzt,
    cast(months as integer) as months,
    cast(end_kzt as decimal(18, 2)) as end_kzt,
    cast(not_due_kzt as decimal(18, 2)) as not_due_kzt,
    cast(writeoffs_kzt as decimal(18, 2)) as writeoffs_kzt,
    cast(begin_kzt + sales_kzt - end_kzt as decimal(18, 2)) as collected_kzt,
    cast(begin_kzt + sales_kzt - not_due_kzt as decimal(18, 2)) as possible_kzt,
from opened, closed, a_month, written_off
