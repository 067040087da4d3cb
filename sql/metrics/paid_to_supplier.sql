-- Money paid to one supplier in a period, through bank and cash desk; offsets are shown beside, not added.
--
-- id:        paid_to_supplier
-- version:   1
-- changed_on: 2026-11-20
-- owner:     chief accountant
-- title.ru:  Оплачено поставщику за период
-- title.kk:  Кезеңде жеткізушіге төленді
-- title.en:  Paid to a supplier in a period
-- synonyms:  сколько заплатили, оплатили подрядчику, перечислили поставщику, paid to contractor,
--     заплатили, перечислили, оплатили, заплатили подрядчику, зачёт, взаимозачёт, қанша төледік, төледік, жеткізушіге төленді,
--     мердігерге төленді, жеткізушісіне, өзара есеп, did we pay, pay contractor, paid to supplier, offset, offset with supplier
-- unit:      KZT
-- basis:     cash, gross, rate of the payment
-- shape:     value
-- grain:     one row
-- params:    counterparty counterparty, period period, org org?
-- formula:   sum of amount_kzt over pay of type pay_out by pay_date in the period
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_an_offset_closes_both_roles_of_a_party_and_one_of_three_parties_one_debt_each,
--     tests/test_oracle_planted.py::test_money_to_suppliers_and_from_customers_is_that_planted
--
-- value         paid, in tenge
-- refunds_kzt   got back from the supplier
-- net_kzt       paid less refunds
-- payments      number of payments
-- bank_kzt      of value, through the bank
-- cash_kzt      of value, through the cash desk
-- offsets_kzt   debt to it closed by offset, not money
-- first_paid_on first payment
-- last_paid_on  last payment
with
money as (
    select * from pay where cp_id = $counterparty and pay_date between $period_from and $period_to
),

netted as (
    select coalesce(sum(s.amount_kzt), 0) as kzt
    from credit_item c
    join settlement s on s.credit_doc_id = c.doc_id and s.credit_line = c.line_no
    where c.side = 'ap' and c.doc_type = 'offset' and c.cp_id = $counterparty and c.doc_date between $period_from and $period_to
)
select
    cast(coalesce(sum(amount_kzt) filter (where type = 'pay_out'), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(amount_kzt) filter (where type = 'refund_in'), 0) as decimal(18, 2)) as refunds_kzt,
    cast(coalesce(sum(case type when 'pay_out' then amount_kzt when 'refund_in' then -amount_kzt end), 0) as decimal(18, 2)) as net_kzt,
    count(*) filter (where type = 'pay_out') as payments,
    cast(coalesce(sum(amount_kzt) filter (where type = 'pay_out' and channel = 'bank'), 0) as decimal(18, 2)) as bank_kzt,
    cast(coalesce(sum(amount_kzt) filter (where type = 'pay_out' and channel = 'cash'), 0) as decimal(18, 2)) as cash_kzt,
    cast(any_value(n.kzt) as decimal(18, 2)) as offsets_kzt,
    min(pay_date) filter (where type = 'pay_out') as first_paid_on,
    max(pay_date) filter (where type = 'pay_out') as last_paid_on,
from netted n
left join money on true
