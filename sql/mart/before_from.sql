-- First day of the period that a period is compared with: the same length before it, or the same days a year ago.
-- Whole calendar months are compared with as many whole months, other spans with as many days.
--
-- kind:      scalar(period_from date, period_to date, compare varchar)
-- grain:     one value
-- source:    calendar
-- units:     day; compare: previous or year
-- label.ru:  Начало периода для сравнения
-- label.kk:  Салыстыру кезеңінің басы
-- label.en:  Start of the period to compare with
-- synonyms:  прошлый период, год назад, сравнить с прошлым, өткен кезең, previous period, year ago
cast(case
    when compare = 'year' then period_from - interval 1 year
    when day(period_from) = 1 and period_to = last_day(period_to)
        then period_from - to_months(cast(date_diff('month', period_from, period_to) + 1 as integer))
    else period_from - cast(date_diff('day', period_from, period_to) + 1 as integer)
end as date)
