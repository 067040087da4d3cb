-- An amount in tenge at a rate quoted for `mult` units, rounded half up to the tiyn.
--
-- kind:      scalar(amount_doc decimal, rate decimal, mult bigint)
-- grain:     one value
-- source:    finance rules: round each item, then sum
-- units:     amount_doc in its currency, the result in tenge
-- label.ru:  Сумма в тенге
-- label.kk:  Теңгедегі сома
-- label.en:  Amount in tenge
-- synonyms:  пересчёт в тенге, теңгеге аудару, in tenge
case when rate = 1 and mult = 1 then cast(amount_doc as decimal(18, 2)) else cast(round(
    -- an exact inverse: DuckDB divides in DOUBLE, and multiplies DECIMAL(18) in 64 bits unless one side is wider
    cast(amount_doc as decimal(38, 2)) * cast(rate as decimal(14, 4)) * cast(
        case mult when 1 then 1 when 10 then 0.1 when 100 then 0.01 when 1000 then 0.001 when 10000 then 0.0001 end as decimal(6, 4)
    ), 2
) as decimal(18, 2)) end
