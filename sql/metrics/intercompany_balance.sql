-- What own entities owe each other, by the books of both sides. A difference is a document that one side lacks.
--
-- id:        intercompany_balance
-- version:   1
-- title.ru:  Внутригрупповые расчёты
-- title.kk:  Топішілік есеп айырысу
-- title.en:  Intercompany balances
-- synonyms:  внутригрупповые долги, расчёты между своими компаниями, долги между нашими, топішілік қарыз, intercompany,
--     наши компании, друг другу, между собой, внутригрупповые, бір-біріне, өз компанияларымыз, own entities, each other
-- unit:      currency of the row
-- basis:     accrual, gross
-- shape:     table
-- grain:     org, other_org, currency
-- params:    as_of date
-- formula:   intercompany_balance(as_of)
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_own_entities_owe_each_other_what_both_books_say
--
-- org            entity that sold
-- other_org      entity that bought
-- currency       currency
-- receivable_doc owed to the first, by its books
-- received_doc   advances and credits of the second that it has not used
-- payable_doc    what the second owes, by its books
-- paid_doc       advances and credits to the first that it has not used
-- difference_doc net of both books; zero when they agree
select org, other_org, currency, receivable_doc, received_doc, payable_doc, paid_doc, difference_doc,
from intercompany_balance($as_of)
order by org, other_org, currency
