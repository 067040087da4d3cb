-- The words and sizes of goods, as name_folded() gives them, with measures apart from units and signs: «Ø12мм», «12 мм» and «Ф 12» are one.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of goods or services
-- units:    lower-case Cyrillic words and numbers, one space between
-- label.ru: Слова названия товара
-- label.kk: Тауар атауының сөздері
-- label.en: Words of an item
-- synonyms: размер в названии, size in a name
trim(regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    ' ' || replace(name_folded(replace(translate(lower(name), '×*⌀∅', 'xxøø'), '²', '2')), ' ', '  ') || ' ',
                    '([0-9])[хкx]с?([0-9])', '\1 \2', 'g'
                ),
                '([0-9])[хкx]с?([0-9])', '\1 \2', 'g'
            ),
            ' (ø|о|ф|д|ду|диам|диаметр) *([0-9]+)(м|мм)? ', ' \2 \3 ', 'g'
        ),
        '([0-9])(мм|м|см|кг|г|л|т|тн|шт|квт|вт|в) ', '\1 \2 ', 'g'
    ),
    ' +', ' ', 'g'
))
