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
        list_transform(range(1, length(words) + 2), lambda i: hash(substr(' ' || words || ' ', i, 2))),
        lambda h: {'part': cast(h % 4 as integer), 'bit': cast(1 as bigint) << cast((h // 4) % 60 as integer)}
    )],
    lambda pairs: list_transform(
        range(4), lambda p: coalesce(list_aggregate(list_transform(list_filter(pairs, lambda x: x.part = p), lambda x: x.bit), 'bit_or'), 0)
    )
)[1]
