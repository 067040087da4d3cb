-- The pairs of letters of a name as 240 bits, so that names alike in letters are found by counting common bits. For search only.
--
-- kind:     scalar(words varchar)
-- grain:    one value
-- source:   name_folded
-- units:    four whole numbers of 60 bits
-- label.ru: Отпечаток названия
-- label.kk: Атаудың ізі
-- label.en: Name fingerprint
-- synonyms: name signature
list_transform(
    [list_transform(
        range(1, length(words) + 2),
        lambda i: (unicode(substr(' ' || words || ' ', i, 1)) * 61 + unicode(substr(' ' || words || ' ', i + 1, 1))) % 240
    )],
    lambda pairs: list_transform(
        range(4),
        lambda part: coalesce(list_aggregate(
            list_transform(list_filter(pairs, lambda pair: pair // 60 = part), lambda pair: cast(1 as bigint) << (pair % 60)), 'bit_or'
        ), 0)
    )
)[1]
