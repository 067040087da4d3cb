-- Last day of the period that a period is compared with: the day before it, or the same day a year ago; a month's end stays a month's end.
--
-- kind:      scalar(period_from date, period_to date, compare varchar)
-- grain:     one value
-- source:    calendar
-- units:     day; compare: previous or year
-- label.ru:  Конец периода для сравнения
-- label.kk:  Салыстыру кезеңінің соңы
-- label.en:  End of the period to compare with
-- synonyms:  прошлый период, год назад, сравнить с прошлым, өткен кезең, previous period, year ago
cast(case
    when compare <> 'year' then period_from - 1
    when day(period_from) = 1 and period_to = last_day(period_to) then last_day(cast(period_to - interval 1 year as date))
    else period_to - interval 1 year
end as date)
