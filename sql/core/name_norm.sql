-- A name of a company reduced to what stays the same across spellings: legal form, quotes, script, case, Kazakh letters,
-- look-alike letters, doubled letters and word order do not matter. For matching and search, not for reading.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of a company or a person
-- units:    lower-case Cyrillic words in alphabetical order
-- label.ru: Нормализованное название
-- label.kk: Қалыпқа келтірілген атау
-- label.en: Normalised name
-- synonyms: поиск по названию, похожее название, атау бойынша іздеу, name match, fuzzy name
list_transform(
    [string_split(
        trim(regexp_replace(
            -- long legal forms, already in base letters
            regexp_replace(
                ' ' || regexp_replace(
                    regexp_replace(
                        translate(lower(nfc_normalize(name)), 'әғқңөұүһіё№', 'агкноуухие '),
                        '[«»"“”„‟''`’‘ʼ´]', '', 'g'
                    ),
                    '[^\p{L}\p{N}]+', ' ', 'g'
                ) || ' ',
                ' (товарищество с ограниченной ответственностью|жауапкершилиги шектеули сериктестик|'
                || 'жауапкершилиги шектеули сериктестиги|индивидуальный предприниматель|жеке касипкер|'
                || '(некоммерческое |открытое |закрытое )?акционерное общество|(коммерциялык емес )?акционерлик когам[ыи]?|'
                || 'крестьянское хозяйство|шаруа кожалыг?ы|шаруа кожалык|'
                || 'государственное коммунальное предприятие|республиканское государственное предприятие|частное лицо|'
                || 'limited liability (partnership|company)|joint stock company|individual entrepreneur|т о о|а о|и п) ',
                ' ', 'g'
            ),
            ' +', ' ', 'g'
        )),
        ' '
    )],
    -- a word in two scripts was typed with look-alikes: the script with more letters wins
    lambda raw: list_transform(
        [list_transform(raw, lambda w: case
            when not regexp_matches(w, '\p{Latin}') or not regexp_matches(w, '\p{Cyrillic}') then w
            when length(regexp_replace(w, '\p{Cyrillic}', '', 'g')) > length(regexp_replace(w, '\p{Latin}', '', 'g'))
                then translate(w, 'авсеикмнорстху', 'abceikmhopctxy')
            else translate(w, 'abcehikmoprtuxy', 'авсеникморртиху')
        end)],
        lambda words: list_transform(
            [list_filter(words, lambda w: w not in (
                'тоо', 'too', 'жшс', 'zhshs', 'llp', 'llc', 'ltd', 'inc', 'ооо', 'ип', 'ip', 'жк', 'zhk', 'ао', 'ao', 'ак', 'ak', 'jsc',
                'оао', 'зао', 'пао', 'нао', 'nao', 'кеак', 'кх', 'kh', 'шк', 'гкп', 'ргп', 'чл', 'нк', 'nk', 'ук'
            ))],
            lambda kept: array_to_string(
                list_sort(list_transform(
                    case when len(kept) > 0 then kept else words end,
                    lambda w: list_transform(
                        -- Latin by longest match, then letters that people mix up
                        [string_split(
                            translate(
                                translate(
                                    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                                    replace(replace(replace(replace(replace(replace(replace(replace(replace(
                                        w,
                                        'shch', 'щ'), 'sch', 'щ'), 'zh', 'ж'), 'kh', 'х'), 'ts', 'ц'), 'ch', 'ч'), 'sh', 'ш'), 'ph', 'ф'), 'th', 'т'),
                                        'ck', 'к'), 'yu', 'ю'), 'ya', 'я'), 'yo', 'е'), 'ye', 'е'), 'ia', 'ия'), 'ce', 'це'), 'ci', 'ци'), 'cy', 'ци'), 'x', 'кс'),
                                    'abcdefghijklmnopqrstuvwyz', 'абкдефгхижклмнопкрстуввиз'
                                ),
                                'ыйэщёьъ', 'ииеше'
                            ),
                            ''
                        )],
                        lambda letters: array_to_string(
                            list_filter(letters, lambda c, i: i = 1 or c <> letters[i - 1] or c between '0' and '9'), ''
                        )
                    )[1]
                )),
                ' '
            )
        )[1]
    )[1]
)[1]
