-- The last payments between us and one party, both ways, with what each one settled and whether the bank's statement has it.
--
-- id:        payments_of
-- version:   1
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Последние оплаты контрагента
-- title.kk:  Контрагенттің соңғы төлемдері
-- title.en:  Last payments of a party
-- synonyms:  последние оплаты, когда платил, когда мы платили, история платежей, соңғы төлемдер, last payments, payment history
-- unit:      KZT
-- basis:     cash, gross, rate of the payment
-- shape:     table
-- grain:     document
-- params:    counterparty counterparty, most int(1..100000)=10, as_of date, org org?
-- formula:   pay of the party up to as_of, newest first, at most `most`; settled and unused by settlement up to as_of; in_bank by bank_rec
-- needs:     onec
-- tests:     tests/sql/test_metrics_collection.py::test_payments_say_what_they_settled_and_whether_the_bank_has_them,
--     tests/sql/test_metrics_agree.py::test_payments_of_a_supplier_are_what_was_paid_to_it,
--     tests/sql/test_metrics_agree.py::test_the_card_of_a_client_is_what_its_own_metrics_say
--
-- pay_date    day
-- direction   in or out
-- type        pay_in, pay_out, refund_in or refund_out
-- number      document number in 1C
-- channel     bank or cash
-- currency    currency of the payment
-- amount_doc  amount in it
-- amount_kzt  the same in tenge
-- contract    numbers of the contracts that it names
-- settled     numbers of the documents that it settled up to as_of; for a refund, of what it gave back
-- settled_doc how much of it they took, in the currency of those documents
-- unused_doc  what of it is still an advance, in that currency; empty for a refund
-- in_bank     confirmed: a statement line matches; missing: the statement of that day has no such line; no_statement; cash
-- bank_date   day of the statement line
-- payments    how many there are up to as_of, shown or not
with
paid as (
    select p.*, count(*) over () as payments, row_number() over (order by p.pay_date desc, p.doc_id desc) as turn
    from pay p
    where p.cp_id = $counterparty and p.pay_date <= $as_of
),

newest as (
    select * from paid where turn <= $most
),

contracts as (
    select a.doc_id, string_agg(distinct k.number, ', ' order by k.number) as contract
    from pay_alloc a
    join contract k using (contract_id)
    where a.doc_id in (select doc_id from newest)
    group by a.doc_id
),

parts as (
    select s.credit_doc_id as doc_id, d.number, s.amount_doc
    from settlement s
    join doc d on d.doc_id = s.debit_doc_id
    where s.credit_doc_id in (select doc_id from newest) and s.eff_date <= $as_of
    union all
    select s.debit_doc_id, d.number, s.amount_doc
    from settlement s
    join doc d on d.doc_id = s.credit_doc_id
    where s.debit_doc_id in (select doc_id from newest) and s.eff_date <= $as_of
),

settled as (
    select doc_id, string_agg(distinct number, ', ' order by number) as settled, sum(amount_doc) as settled_doc
    from parts
    group by doc_id
),

unused as (
    select a.doc_id, sum(a.unused_doc) as unused_doc from advances($as_of) a where a.doc_id in (select doc_id from newest) group by a.doc_id
),

in_bank as (
    select r.doc_id, bool_or(r.status = 'matched') as is_matched, min(r.value_date) as bank_date
    from bank_rec r
    where r.doc_id in (select doc_id from newest)
    group by r.doc_id
)
select
    n.pay_date, n.direction, n.type, n.number, n.channel, n.currency, n.amount_doc, n.amount_kzt, c.contract, s.settled,
    cast(coalesce(s.settled_doc, 0) as decimal(18, 2)) as settled_doc,
    cast(case when n.type in ('pay_in', 'pay_out') then coalesce(u.unused_doc, 0) end as decimal(18, 2)) as unused_doc,
    case when n.channel = 'cash' then 'cash' when b.is_matched then 'confirmed' when b.doc_id is not null then 'missing' else 'no_statement' end as in_bank,
    b.bank_date, n.payments,
from newest n
left join contracts c on c.doc_id = n.doc_id
left join settled s on s.doc_id = n.doc_id
left join unused u on u.doc_id = n.doc_id
left join in_bank b on b.doc_id = n.doc_id
order by n.pay_date desc, n.doc_id desc
