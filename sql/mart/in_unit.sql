-- A quantity of base units in another unit, rounded to thousandths, half away from zero. Exact: no division in floating point.
--
-- kind:     scalar(base_qty decimal(18,3), unit_factor decimal(18,6))
-- source:   none
-- units:    base_qty in base units; unit_factor: base units in one
-- label.ru: Количество в другой единице
-- label.kk: Басқа бірліктегі мөлшер
-- label.en: Quantity in another unit
-- synonyms: пересчёт единиц, convert unit
cast(sign(base_qty) * cast(
    (cast(abs(base_qty) * 1000 as hugeint) * 2000000 + cast(unit_factor * 1000000 as hugeint))
    // (2 * cast(unit_factor * 1000000 as hugeint)) as decimal(38, 0)
) * cast('0.001' as decimal(4, 3)) as decimal(18, 3))
