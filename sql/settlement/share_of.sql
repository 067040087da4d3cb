-- The part of an amount that `part` makes of `whole`, rounded half away from zero to the tiyn, without a floating number on the way.
--
-- kind:      scalar(amount decimal, part decimal, whole decimal)
-- source:    finance rules: round each item, then sum
-- label.ru:  Доля суммы
-- label.kk:  Соманың үлесі
-- label.en:  Share of an amount
cast(cast(
    sign(amount) * ((
        2 * cast(cast(abs(amount) as decimal(38, 2)) * 100 as hugeint) * cast(cast(part as decimal(38, 2)) * 100 as hugeint)
        + cast(cast(whole as decimal(38, 2)) * 100 as hugeint)
    ) // (2 * cast(cast(whole as decimal(38, 2)) * 100 as hugeint)))
as decimal(38, 0)) * 0.01 as decimal(18, 2))
