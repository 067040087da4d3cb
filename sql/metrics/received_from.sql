-- Money received from one customer in a period, through bank and cash desk.
--
-- id:        received_from
-- version:   1
-- changed_on: 2026-11-20
-- owner:     chief accountant
-- title.ru:  Получено от клиента за период
-- title.kk:  Кезеңде клиенттен алынды
-- title.en:  Received from a customer in a period
-- synonyms:  сколько заплатил клиент, поступило от клиента, оплаты клиента, received from,
--     получили, получили от, поступило, заплатил нам, ақша алдық, түскен ақша, did we receive, received
-- unit:      KZT
-- basis:     cash, gross, rate of the payment
-- shape:     value
-- grain:     one row
-- params:    counterparty counterparty, period period, org org?
-- formula:   sum of amount_kzt over pay of type pay_in by pay_date in the period
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_money_to_suppliers_and_from_customers_is_that_planted,
--     tests/sql/test_metrics_money.py::test_money_paid_back_to_a_customer_stands_beside_what_it_paid
--
-- value         received, in tenge
-- refunds_kzt   returned to the customer
-- net_kzt       received less refunds
-- payments      number of payments
-- first_paid_on first payment
-- last_paid_on  last payment
select
    cast(coalesce(sum(amount_kzt) filter (where type = 'pay_in'), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(amount_kzt) filter (where type = 'refund_out'), 0) as decimal(18, 2)) as refunds_kzt,
    cast(coalesce(sum(case type when 'pay_in' then amount_kzt when 'refund_out' then -amount_kzt end), 0) as decimal(18, 2)) as net_kzt,
    count(*) filter (where type = 'pay_in') as payments,
    min(pay_date) filter (where type = 'pay_in') as first_paid_on,
    max(pay_date) filter (where type = 'pay_in') as last_paid_on,
from pay
where cp_id = $counterparty and pay_date between $period_from and $period_to
