-- The lines behind vat_check: each with the VAT stored, the VAT that its rate makes and what is wrong.
--
-- id:        vat_problems
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Строки с ошибками НДС
-- title.kk:  ҚҚС қатесі бар жолдар
-- title.en:  Lines with a VAT problem
-- synonyms:  где ошибка НДС, строки с неверным НДС, НДС не сходится, қате ҚҚС, VAT errors
-- unit:      currency of the document
-- basis:     lines of sales, purchases and returns
-- shape:     table
-- grain:     document, line_no
-- params:    period period, org org?
-- formula:   vat_lines(period) with a problem
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales.py::test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover
--
-- doc_type      sale, sale_return, purchase or purchase_return
-- number        document number in 1C
-- doc_date      its date
-- turnover_date day that decides the rate
-- cp_id         the other party
-- line_no       line
-- vat_rate      rate, per cent
-- currency      currency
-- sum_doc       line with VAT
-- vat_doc       VAT stored
-- expected_doc  VAT that the rate makes
-- problem       amount, rate or both
select
    type as doc_type, number, doc_date, turnover_date, cp_id, line_no, vat_rate, currency, sum_doc, vat_doc, expected_doc, problem,
from vat_fault
where doc_date between $period_from and $period_to
order by doc_date, number, doc_id, line_no
