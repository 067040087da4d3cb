-- Days sales outstanding on a date over the days before it: all receivables, and the part not yet due. One row.
--
-- kind:      macro(as_of date, window_days integer)
-- grain:     one row
-- source:    ar_open, credit_sales
-- units:     money in tenge with VAT; days
-- label.ru:  Оборачиваемость дебиторки
-- label.kk:  Дебиторлық берешектің айналымдылығы
-- label.en:  Days sales outstanding
-- synonyms:  DSO, оборачиваемость, срок оборота дебиторки, days sales outstanding
--
-- window_from      first day of the window; it ends with as_of
-- receivables_kzt  receivables on as_of
-- not_due_kzt      of them, not yet due
-- credit_sales_kzt credit sales of the window, net of returns
-- sales_days       receivables by credit sales, in days; null when there were none
-- best_days        the same of what is not yet due
-- reason           no_credit_sales when the days are null
with
owed as (
    select
        coalesce(sum(open_kzt), 0) as receivables_kzt,
        coalesce(sum(open_kzt) filter (where days_late <= 0), 0) as not_due_kzt,
    from ar_open(as_of)
    where not is_intercompany
),

sold as (
    select coalesce(sum(credit_kzt), 0) as credit_sales_kzt
    from credit_sales(cast(as_of as date) - cast(window_days as integer) + 1, cast(as_of as date))
)
select
    cast(as_of as date) - cast(window_days as integer) + 1 as window_from,
    cast(receivables_kzt as decimal(18, 2)) as receivables_kzt,
    cast(not_due_kzt as decimal(18, 2)) as not_due_kzt,
    cast(credit_sales_kzt as decimal(18, 2)) as credit_sales_kzt,
    case when credit_sales_kzt > 0 then cast(round(receivables_kzt / credit_sales_kzt * window_days, 2) as decimal(18, 2)) end as sales_days,
    case when credit_sales_kzt > 0 then cast(round(not_due_kzt / credit_sales_kzt * window_days, 2) as decimal(18, 2)) end as best_days,
    case when credit_sales_kzt <= 0 then 'no_credit_sales' end as reason,
from owed, sold
