-- Whether the document with a number has been paid. One number may stand on several documents: all of them are told.
--
-- id:        invoice_status
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Оплачен ли счёт или накладная
-- title.kk:  Шот немесе жүкқұжат төленді ме
-- title.en:  Invoice status
-- synonyms:  счёт оплачен, оплачен ли счёт, статус накладной, шот төленді ме, invoice paid,
--     оплачена ли накладная, жүкқұжаттың төлемі, төлем жағдайы, payment status, invoice been paid
-- unit:      document currency
-- basis:     settlements up to as_of
-- shape:     table
-- grain:     document
-- params:    number text, counterparty counterparty?, year int(1990..2100)?, as_of date, org org?
-- formula:   invoice_status(number, as_of), narrowed by counterparty and year of the document
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_the_invoices_of_one_number_are_those_planted
--
-- doc_type     invoice_out (счёт на оплату), sale or purchase
-- doc_number   full number in 1C
-- doc_date     its date
-- cp_id        the other party
-- counterparty its name [untrusted]
-- currency     its currency
-- sum_doc      its amount
-- paid_doc     paid with money
-- other_doc    closed without money: by returns, offsets and write-offs
-- open_doc     not yet paid
-- status       open, part, paid, overpaid, closed (nothing is open, and not all of it was money), likely_paid, draft, deleted or vanished
-- likely_doc   unlinked payments that fit, not counted as paid
-- last_paid_on day of the last payment
-- paid_by      payments
-- other_kind   return, offset, writeoff or several
-- other_by     the documents that closed it without money
select
    doc_type, doc_number, doc_date, cp_id, counterparty, currency, sum_doc, paid_doc, other_doc, open_doc, status, likely_doc, last_paid_on, paid_by,
    other_kind, other_by,
from invoice_status($number, $as_of)
where ($counterparty is null or cp_id = $counterparty) and ($year is null or year(doc_date) = $year)
order by doc_date desc, doc_type, doc_number
