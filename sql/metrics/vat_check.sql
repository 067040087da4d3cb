-- How many lines of a period have another VAT than their rate makes, or a rate that their day does not have.
--
-- id:        vat_check
-- version:   1
-- changed_on: 2026-11-20
-- owner:     chief accountant
-- title.ru:  Проверка НДС
-- title.kk:  ҚҚС тексеру
-- title.en:  VAT check
-- synonyms:  проверка НДС, ошибки НДС, ставка НДС, НДС 12 или 16, ҚҚС қателері, VAT check
-- unit:      lines
-- basis:     lines of sales, purchases and returns
-- shape:     value
-- grain:     one row
-- params:    period period, org org?
-- formula:   lines of vat_lines(period) with a problem: VAT stored is not amount × rate / (100 + rate) rounded half up, or the rate is none of the turnover day
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_vat_inside_an_amount_is_rounded_half_up_without_a_float,
--     tests/sql/test_metrics_sales.py::test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover
--
-- value        lines with a problem
-- lines        lines looked at
-- wrong_amount with another VAT than the rate makes
-- wrong_rate   with a rate that is none of the day
-- documents    documents with a problem
select
    count(*) filter (where problem is not null) as value,
    count(*) as lines,
    count(*) filter (where problem in ('amount', 'both')) as wrong_amount,
    count(*) filter (where problem in ('rate', 'both')) as wrong_rate,
    count(distinct doc_id) filter (where problem is not null) as documents,
from vat_lines($period_from, $period_to)
