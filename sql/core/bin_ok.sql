-- Is this text a BIN or IIN with a right check digit: 12 digits, not all the same, weights 1..11 modulo 11, then 3..11, 1, 2.
--
-- kind:     scalar(bin varchar)
-- grain:    one value
-- source:   state rule for the identification numbers of Kazakhstan
-- units:    true or false, never null
-- label.ru: Верен ли БИН/ИИН
-- label.kk: БСН/ЖСН дұрыс па
-- label.en: Is the BIN/IIN valid
-- synonyms: проверка БИН, контрольный разряд, БСН тексеру, check digit, BIN check
coalesce(
    regexp_full_match(trim(bin), '\d{12}')
    and not regexp_full_match(trim(bin), '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+')
    and list_transform(
        [list_transform(string_split(trim(bin), ''), lambda c: coalesce(try_cast(c as integer), 0))],
        lambda d: d[12] = list_transform(
            [[
                (1 * d[1] + 2 * d[2] + 3 * d[3] + 4 * d[4] + 5 * d[5] + 6 * d[6]
                    + 7 * d[7] + 8 * d[8] + 9 * d[9] + 10 * d[10] + 11 * d[11]) % 11,
                (3 * d[1] + 4 * d[2] + 5 * d[3] + 6 * d[4] + 7 * d[5] + 8 * d[6]
                    + 9 * d[7] + 10 * d[8] + 11 * d[9] + 1 * d[10] + 2 * d[11]) % 11
            ]],
            lambda s: case when s[1] = 10 then s[2] else s[1] end
        )[1]
    )[1],
    false
)
