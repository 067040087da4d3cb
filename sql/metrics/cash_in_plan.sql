-- What customers may pay, day by day, by how late each has paid. What is 91 days late and more is told apart as doubtful.
--
-- id:        cash_in_plan
-- version:   2
-- title.ru:  План поступлений от клиентов
-- title.kk:  Клиенттерден түсім жоспары
-- title.en:  Expected cash-in
-- synonyms:  прогноз поступлений, когда придут деньги, план поступлений, ожидаемые оплаты, түсім болжамы, expected receipts, cash forecast
-- unit:      KZT
-- basis:     open receivables; customer invoices and deals are not added
-- shape:     table
-- grain:     day
-- params:    as_of date, horizon int(0..366)=30, org org?, include_intercompany choice(true|false)?
-- formula:   open item expected on the later of tomorrow and due date + median days late of the customer over twelve months (five settlements or more, else of all); days as_of to as_of + horizon, at most 366
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_receipts_are_expected_by_habit_tomorrow_at_the_earliest_and_old_debt_is_doubtful,
--     tests/sql/test_metrics_receivables.py::test_without_any_payment_the_due_date_itself_is_expected,
--     tests/sql/test_metrics_agree.py::test_what_is_expected_later_and_doubtful_is_all_that_is_owed,
--     tests/sql/test_metrics_agree.py::test_weeks_lead_from_the_accounts_to_all_that_is_owed_and_due
--
-- day          day; as_of itself expects nothing
-- expected_kzt expected on the day
-- items        open items expected on it
-- running_kzt  expected up to and with the day
-- later_kzt    expected after the horizon, the same in each row
-- doubtful_kzt 91 days late and more, not expected, the same in each row
select day, expected_kzt, items, running_kzt, later_kzt, doubtful_kzt,
from cash_in_daily($as_of, $horizon)
order by day
