-- VAT inside an amount at a rate in per cent: amount × rate / (100 + rate), rounded half up to the tiyn, without a float.
--
-- kind:      scalar(gross decimal, vat_rate decimal)
-- grain:     one value
-- source:    tax rule
-- units:     the currency of the amount
-- label.ru:  НДС в сумме
-- label.kk:  Сома ішіндегі ҚҚС
-- label.en:  VAT inside an amount
-- synonyms:  НДС в том числе, выделить НДС, ҚҚС, VAT included
cast(
    cast(
        sign(gross) * (
            (2 * cast(abs(gross) * 100 as hugeint) * cast(vat_rate * 100 as hugeint) + 10000 + cast(vat_rate * 100 as hugeint))
            // (2 * (10000 + cast(vat_rate * 100 as hugeint)))
        ) as decimal(38, 0)
    ) * 0.01 as decimal(18, 2)
)
