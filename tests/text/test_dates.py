"""Dates in running text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import article_of

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.statements.dates import undated_words
from summarizer.languages.language import language_of, languages
from summarizer.text.calendars import calendar_of
from summarizer.text.dates import date_phrase, find_dates

WITH_DATES = [language.code for language in languages() if language.dates.weekdays]

PUBLISHED = "2024-05-15T10:00:00Z"
"""A Wednesday."""


def dates(text: str, language: str = "en", published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(text[found.start : found.end], found.iso) for found in find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 13 April 2022", "2022-04-13"),
        ("on April 13, 2022", "2022-04-13"),
        ("on the 3rd of May 2022", "2022-05-03"),
        ("in April 2022", "2022-04"),
        ("in 2022", "2022"),
        ("on 2022-04-13", "2022-04-13"),
        ("on Dec. 9", "2023-12-09"),
        ("on June 1", "2024-06-01"),
        ("in March", "2024-03"),
        ("on Monday", "2024-05-13"),
        ("on Wednesday", "2024-05-15"),
        ("It will open on Monday", "2024-05-20"),
        ("last Wednesday", "2024-05-08"),
        ("yesterday", "2024-05-14"),
        ("last month", "2024-04"),
        ("last year", "2023"),
    ],
)
def test_as_precise_as_the_text(text: str, iso: str) -> None:
    assert [found for _, found in dates(text)] == [iso]


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("de", "am 3. Oktober 2022", "2022-10-03"),
        ("de", "am 3.10.2022", "2022-10-03"),
        ("de", "am Dienstag", "2024-05-14"),
        ("fr", "le 1er juin 1978", "1978-06-01"),
        ("fr", "en juin 1978", "1978-06"),
        ("es", "el 12 de junio de 1978", "1978-06-12"),
        ("it", "il 12 giugno 1978", "1978-06-12"),
        ("pt", "em 12 de junho de 1978", "1978-06-12"),
        ("pt", "na segunda-feira", "2024-05-13"),
        ("nl", "op 12 juni 1978", "1978-06-12"),
        ("ja", "2024年5月14日に", "2024-05-14"),
        ("und", "2024-05-14", "2024-05-14"),
    ],
)
def test_other_languages(language: str, text: str, iso: str) -> None:
    assert [found for _, found in dates(text, language)] == [iso]


@pytest.mark.parametrize("text", ["on Monday", "on April 13", "yesterday", "in March"])
def test_without_a_date_of_publication_it_is_found_but_not_told(text: str) -> None:
    assert [found for _, found in dates(text, published=None)] == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 13 April 2022"),
        ("en", "in 2022"),
        ("en", "on May 3"),
        ("en", "in March"),
        ("en", "last Wednesday"),
        ("en", "It will open next Friday"),
        ("en", "They met on Wednesday last week."),
        ("en", "on Monday, 13 May"),
        ("en", "yesterday, Tuesday"),
        ("en", "last month"),
        ("de", "am vergangenen Dienstag"),
        ("es", "ayer"),
        ("fr", "lundi dernier"),
        ("ja", "昨日"),
        ("sv", "i måndags"),
        ("zh", "上周三"),
    ],
)
def test_a_year_a_distance_or_a_word_for_the_last_one_makes_a_day_sure(language: str, text: str) -> None:
    found = find_dates(text, language, PUBLISHED)
    assert found and all(date.is_sure for date in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on Monday"),
        ("en", "It will open on Monday"),
        ("en", "since Saturday"),
        ("en", "today"),
        ("en", "on June 1"),
        ("en", "on December 24"),
        ("en", "in October"),
        ("de", "am Dienstag"),
        ("es", "el día 20"),
        ("fr", "lundi"),
        ("it", "lunedì"),
        ("ja", "28日"),
        ("nl", "maandag"),
        ("pt", "na segunda-feira"),
    ],
)
def test_a_bare_weekday_or_a_day_that_has_not_just_been_is_not_sure(language: str, text: str) -> None:
    assert [date.is_sure for date in find_dates(text, language, PUBLISHED)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "He may sat in the sun in march.",
        "The 2022 of them cost 2,022 euros.",
        "on 2024-02-31",
        "It has 1990 seats.",
        "on 30 February 2024",
        "on 31 April",
        "on 0 May 2024",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("en", "They left on Monday.", "on Monday"),
        ("en", "They left late on Thursday night and slept.", "late on Thursday night"),
        ("en", "They left before Sunday's Valbourg Cup.", "Sunday's Valbourg Cup"),
        ("de", "Sie gingen am Mittwochabend nach Hause.", "am Mittwochabend"),
        ("de", "Sie gingen am Montag früh nach Hause.", "am Montag früh"),
        ("pt", "Saíram na noite de segunda-feira.", "na noite de segunda-feira"),
    ],
)
def test_the_phrase_takes_the_words_of_a_date_along(language: str, text: str, phrase: str) -> None:
    (found,) = find_dates(text, language)
    assert date_phrase(text, found, language) == phrase


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("ar", "وقال المجلس أمس إن الجسر أغلق.", "2024-05-14"),
        ("ar", "يعود الضخ الجمعة المقبل.", "2024-05-17"),
        ("ar", "افتتح المتحف في ١٢ مايو ٢٠٢٣.", "2023-05-12"),
        ("ar", "وقع في ٣ تشرين الأول/أكتوبر 2023.", "2023-10-03"),
        ("ar", "تغيرت الخطة بالثلاثاء.", "2024-05-14"),
        ("cs", "Rada ve středu hlasovala.", "2024-05-15"),
        ("cs", "Most zavřeli 23. dubna.", "2024-04-23"),
        ("cs", "V březnu loňského roku začala oprava.", "2023-03"),
        ("da", "Branden brød ud i mandags.", "2024-05-13"),
        ("da", "Rådet mødes på fredag.", "2024-05-17"),
        ("da", "I går lukkede broen.", "2024-05-14"),
        ("fi", "Silta suljettiin keskiviikkona.", "2024-05-15"),
        ("fi", "Kokous on ensi maanantaina.", "2024-05-20"),
        ("fi", "Työt alkoivat maaliskuussa.", "2024-03"),
        ("fi", "Museo avattiin toukokuussa 2023.", "2023-05"),
        ("hi", "परिषद ने सोमवार को मतदान किया।", "2024-05-13"),
        ("hi", "पुल १२ मई २०२३ को खुला।", "2023-05-12"),
        ("hi", "काम मार्च में शुरू हुआ।", "2024-03"),
        ("hi", "आज सड़क बंद रही।", "2024-05-15"),
        ("hu", "A tanács szerdán szavazott.", "2024-05-15"),
        ("hu", "A hidat 2023. május 3-án zárták le.", "2023-05-03"),
        ("hu", "Márciusban kezdődött.", "2024-03"),
        ("hu", "A munka 2019-ben indult.", "2019"),
        ("id", "Jembatan ditutup pada hari Rabu.", "2024-05-15"),
        ("id", "Dewan bertemu Kamis depan.", "2024-05-16"),
        ("id", "Museum dibuka Senin (6/5/2024).", "2024-05-06"),
        ("ja", "橋は昨日閉鎖された。", "2024-05-14"),
        ("ja", "市議会は先週の水曜日に採決した。", "2024-05-08"),
        ("ja", "博物館は２８日に開く。", "2024-05-28"),
        ("ja", "工事は昨年3月に始まった。", "2023-03"),
        ("ja", "開業は令和5年5月3日だった。", "2023-05-03"),
        ("ko", "다리는 어제 폐쇄됐다.", "2024-05-14"),
        ("ko", "시의회는 다음 주 금요일에 만난다.", "2024-05-24"),
        ("ko", "12월 28일에 문을 열었다.", "2023-12-28"),
        ("ko", "수요일에 열릴 예정이다.", "2024-05-22"),
        ("nb", "Broen ble stengt i går.", "2024-05-14"),
        ("nb", "Rådet møtes neste fredag.", "2024-05-17"),
        ("nb", "I mars i fjor begynte arbeidet.", "2023-03"),
        ("pl", "Rada głosowała w środę.", "2024-05-15"),
        ("pl", "Most zamknięto 23 kwietnia.", "2024-04-23"),
        ("pl", "Prace zaczęły się w marcu ubiegłego roku.", "2023-03"),
        ("pl", "Sesja odbędzie się w poniedziałek.", "2024-05-20"),
        ("ro", "Podul a fost închis ieri.", "2024-05-14"),
        ("ro", "Consiliul se întrunește vinerea viitoare.", "2024-05-17"),
        ("ro", "Muzeul s-a deschis pe 3 mai 2023.", "2023-05-03"),
        ("ru", "Совет проголосовал в среду.", "2024-05-15"),
        ("ru", "Мост закрыли 14 февраля.", "2024-02-14"),
        ("ru", "Заседание состоится в пятницу.", "2024-05-17"),
        ("ru", "В 2019 году открыли музей.", "2019"),
        ("sv", "Branden bröt ut i måndags.", "2024-05-13"),
        ("sv", "Rådet möts på fredag.", "2024-05-17"),
        ("sv", "Polisen grep mannen på tisdagen.", "2024-05-14"),
        ("tr", "Köprü çarşamba günü kapatıldı.", "2024-05-15"),
        ("tr", "Toplantı cuma günü yapılacak.", "2024-05-17"),
        ("tr", "Müze 2019'da açıldı.", "2019"),
        ("tr", "Çalışma eylül ayında başlıyor.", "2024-09"),
        ("uk", "Рада голосувала у середу.", "2024-05-15"),
        ("uk", "Міст закрили 14 лютого.", "2024-02-14"),
        ("uk", "Учора відкрили музей.", "2024-05-14"),
        ("zh", "大桥昨天关闭。", "2024-05-14"),
        ("zh", "市议会上周三投票。", "2024-05-08"),
        ("zh", "博物馆１２月２８日开放。", "2023-12-28"),
        ("zh", "工程去年3月开始。", "2023-03"),
        ("zh", "13日的会议很短。", "2024-05-13"),
        ("en", "The bridge closed earlier this month.", "2024-05"),
        ("en", "They met on Wednesday last week.", "2024-05-08"),
        ("en", "Work began last October.", "2023-10"),
        ("en", "Work began in September last year.", "2023-09"),
        ("de", "Am Freitag soll der Rat entscheiden.", "2024-05-17"),
        ("de", "Im März vergangenen Jahres begann der Bau.", "2023-03"),
        ("fr", "Le pont a fermé lundi dernier.", "2024-05-13"),
        ("es", "El museo abrió el día 20.", "2024-05-20"),
        ("pt", "A ponte abre na sexta-feira (17).", "2024-05-17"),
        ("it", "Il consiglio si riunisce venerdì prossimo.", "2024-05-17"),
        ("nl", "De raad komt bijeen vrijdag volgende week.", "2024-05-24"),
        ("nl", "De proef ging in september van start.", "2023-09"),
        ("en", "The trial is to begin in November.", "2024-11"),
        ("es", "El fuego se apagó el lunes a las 11 de la mañana.", "2024-05-13"),
    ],
)
def test_sentences_of_each_language(language: str, text: str, iso: str) -> None:
    assert [found for _, found in dates(text, language)] == [iso]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "It runs from 9 to 12 May.", "2024-05-09", "2024-05-12"),
        ("en", "It runs May 9-12, 2023.", "2023-05-09", "2023-05-12"),
        ("de", "Es läuft vom 9. bis 12. Mai.", "2024-05-09", "2024-05-12"),
        ("pt", "Há greve nos dias 9 e 10 de maio.", "2024-05-09", "2024-05-10"),
        ("ru", "Выставка идёт с 12 по 14 мая.", "2024-05-12", "2024-05-14"),
        ("zh", "5月1日至3日免费。", "2024-05-01", "2024-05-03"),
        ("ko", "5월 1일부터 3일까지 무료다.", "2024-05-01", "2024-05-03"),
    ],
)
def test_both_ends_of_a_range(language: str, text: str, first: str, last: str) -> None:
    assert [found for _, found in dates(text, language)] == [first, last]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وفي اليوم التالي عاد."),
        ("hi", "आजाद मैदान में 2000 से अधिक लोग थे।"),
        ("id", "Mereka menunggu satu minggu."),
        ("ja", "明日香村で30日間、3日ぶりに休んだ。"),
        ("ko", "오늘날 30일간 쉰다."),
        ("ro", "A așteptat trei luni."),
        ("ru", "Число выросло с 1500 до 1900, берегите окружающую среду."),
        ("tr", "2000'den fazla kişi pazar yerinde."),
        ("zh", "他每周一次去6号线，目前天气很好，30日内回来。"),
        ("en", "This month it was on the 15th, this year too."),
    ],
)
def test_what_only_looks_like_a_date(language: str, text: str) -> None:
    assert dates(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("en", "on Monday, 3 June", "2024-06-03"),
        ("ru", "во вторник, 28 мая", "2024-05-28"),
        ("ar", "أمس الثلاثاء", "2024-05-14"),
    ],
)
def test_a_weekday_is_the_day_beside_it(language: str, text: str, iso: str) -> None:
    assert [found for _, found in dates(text, language)] == [iso, iso]


@pytest.mark.parametrize("language", WITH_DATES)
def test_a_table_names_seven_weekdays_and_reads_back_each_name(language: str) -> None:
    weekdays = language_of(language).dates.weekdays
    assert len(weekdays) == 7
    for weekday, name in ((weekday, name) for weekday, names in enumerate(weekdays) for name in names):
        written = name.capitalize() if language_of(language).dates.capitalised else name
        [(_, iso)] = dates(written, language)
        assert iso is not None and date.fromisoformat(iso).weekday() == weekday


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "開幕まであと0日となった"),
        ("ko", "0일"),
        ("pt", "dia 0"),
        ("ja", "2024年5月0日"),
        ("es", "el lunes (0)"),
    ],
)
def test_there_is_no_day_nought(language: str, text: str) -> None:
    assert dates(text, language) == []


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize("language", WITH_DATES)
def test_at_the_ends_of_the_calendar_a_day_exists_or_is_none(language: str, published: str) -> None:
    words = " ".join(calendar_of(language).relative) + " " + " ".join(calendar_of(language).weekdays)
    for phrase in [*words.split(" "), *calendar_of(language).relative, "3 May", "2月3日", "28日"]:
        for found in find_dates(phrase, language, published):
            assert found.iso is None or 1 <= date.fromisoformat((found.iso + "-01-01")[:10]).year <= 9999


def test_yesterday_of_the_first_day_is_none() -> None:
    assert dates("yesterday", published="0001-01-01") == []
    assert dates("tomorrow", published="9999-12-31") == []


@pytest.mark.parametrize("language", WITH_DATES)
def test_names_in_capitals_are_those_of_the_table(language: str) -> None:
    weekdays = {name.upper() for names in language_of(language).dates.weekdays for name in names}
    text = " ".join(sorted(weekdays))
    article = ArticleAnalysis(article_of((text,), language=language))
    assert list(undated_words(article, article, article)) == []


@given(
    st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["{0:%B} {0.day}, {0.year}", "{0.day} {0:%B} {0.year}", "{0}"]),
)
def test_every_day_written_out_is_read_back(day: date, form: str) -> None:
    assert [iso for _, iso in dates(f"It was on {form.format(day)} that they met.")] == [day.isoformat()]


@pytest.mark.parametrize("day", ["January 1, 2100", "1 January 2100", "January 1, 1499", "2100-01-01"])
def test_a_day_of_a_year_too_far_to_be_read_is_none_of_this_year(day: str) -> None:
    assert "2024-01-01" not in {iso for _, iso in dates(f"It is {day} that counts.")}


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("Le biblioteche resteranno chiuse venerdì", "it", "2024-05-17"),
        ("Le biblioteche sono rimaste chiuse venerdì", "it", "2024-05-10"),
        ("La préfète est attendue vendredi", "fr", "2024-05-17"),
        ("Le pont rouvrira vendredi", "fr", "2024-05-17"),
        ("Ils joueront un opéra en octobre", "fr", "2024-10"),
        ("Un opéra, qu’on reverra, a été donné en octobre", "fr", "2023-10"),
        ("La alcaldesa visitará el puerto el viernes", "es", "2024-05-17"),
        ("Volvieron de Teherán el viernes", "es", "2024-05-10"),
        ("A ponte reabrirá na sexta-feira", "pt", "2024-05-17"),
        ("A ponte fechou no verão na sexta-feira", "pt", "2024-05-10"),
    ],
)
def test_a_verb_in_the_future_looks_ahead(text: str, language: str, iso: str) -> None:
    assert dates(text, language)[-1][1] == iso
