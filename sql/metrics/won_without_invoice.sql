-- Won deals for which 1C has no customer invoice.
--
-- id:        won_without_invoice
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Выигранные сделки без счёта
-- title.kk:  Шоты жоқ ұтып алынған мәмілелер
-- title.en:  Won deals without an invoice
-- synonyms:  сделки без счёта, выиграли и не выставили, забытые счета, won deals without invoice,
--     выставить счёт, счёт не выставлен, не выставлен счёт, счёт забыли, забыли выставить, шот қойылмаған, no invoice yet,
--     not invoiced
-- unit:      KZT
-- basis:     CRM stage; invoices of 1C by number, party, amount and date
-- shape:     table
-- grain:     deal_id
-- params:    as_of date
-- formula:   deal_chain(as_of) where gap is won_no_invoice; the last columns repeat count and sum
-- needs:     bitrix, onec
-- tests:     tests/test_facts_deals.py::test_deals_stop_where_they_were_planted_to_stop,
--     tests/sync/standins/test_company_facts.py::test_won_deals_without_an_invoice_are_the_planted_ones
--
-- deal_id      deal
-- title        its name [untrusted]
-- cp_id        counterparty, empty when it is not known in 1C
-- counterparty its name [untrusted]
-- amount       amount
-- currency     its currency
-- amount_kzt   the same in tenge
-- close_date   close date
-- deals        how many there are
-- total_kzt    what they are worth
select
    deal_id, title, cp_id, counterparty, amount, currency, amount_kzt, close_date,
    count(*) over () as deals,
    cast(sum(amount_kzt) over () as decimal(18, 2)) as total_kzt,
from deal_chain($as_of)
where gap = 'won_no_invoice' and close_date <= $as_of
order by amount_kzt desc, deal_id
