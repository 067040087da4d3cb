-- A name in plain words: lower case, one alphabet in each word, no quotes and signs, Kazakh letters as the Russian ones that they look or
-- sound like. Legal forms and the order of words stay.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of a company, a person or goods
-- units:    lower-case words, one space between
-- label.ru: Название простыми словами
-- label.kk: Қарапайым сөздермен атау
-- label.en: Name in plain words
-- synonyms: название без кавычек, plain name
list_transform(
    [string_split(trim(regexp_replace(
        regexp_replace(
            replace(replace(replace(
                translate(
                    lower(nfc_normalize(name)),
                    'әəғґқңөɵұүһіїıєё№äáàâãåāéèêëěēėęğģíìîïīñńňņóòôõöōőúùûüūůűýÿťţțřŕłľĺďđşșçźżś',
                    'ааггкнооуухиииее aaaaaaaeeeeeeeeggiiiiinnnnooooooouuuuuuuyytttrrlllddšščžzs'
                ),
                'š', 'sh'), 'č', 'ch'), 'ž', 'zh'),
            '[''`’‘ʼʹʺ´]', '', 'g'
        ),
        '[^\p{L}\p{N}]+', ' ', 'g'
    )), ' ')],
    lambda raw: array_to_string(
        list_transform(raw, lambda w: case
            when not regexp_matches(w, '\p{Latin}') then w
            -- a grade or a size, А500С, means the same in either alphabet
            when regexp_matches(w, '[0-9]') and not regexp_matches(w, '[dfgjlnqrsuvwz]') then translate(w, 'abcehikmoptxy', 'авсеникмортху')
            when not regexp_matches(w, '\p{Cyrillic}') then w
            -- a word in two scripts was typed with look-alikes: the script with letters of its own wins, else Cyrillic
            when not regexp_matches(w, '[dfgjlnqrsuvwz]') then translate(w, 'abcehikmoptxy', 'авсеникмортху')
            else translate(w, 'авсеикмнорстху', 'abceikmhopctxy')
        end),
        ' '
    )
)[1]
