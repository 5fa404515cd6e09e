"""What is no article, or only its beginning, is told; articles that speak of such things are not taken for them."""

from __future__ import annotations

import inspect
import json

import pytest

from summarizer.reading import read_article
from summarizer.reading.characters import offset_map as traced

SENTENCES = [
    "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "Mayor Ida Holt said the work could wait until May, when most of the boats are out at sea anyway.",
]
COOKIES = {
    "pl": """\
Cenimy prywatność

My i nasi partnerzy używamy plików cookie, aby pokazywać spersonalizowane reklamy.
Wyrażasz zgodę dobrowolnie i możesz wycofać zgodę w każdej chwili.

Akceptuj wszystkie
Ustawienia plików cookie
""",
    "sv": """\
Vi värnar om din integritet

Vi och våra partner använder cookies för att visa anpassade annonser.
Du kan när som helst ta tillbaka ditt samtycke.

Acceptera alla
Cookie-inställningar
""",
    "tr": """\
Gizliliğinize önem veriyoruz

Biz ve ortaklarımız kişiselleştirilmiş reklamlar göstermek için çerezleri kullanıyoruz.
Rızanızı dilediğiniz zaman geri alabilirsiniz.

Tümünü kabul et
Çerez ayarları
""",
    "en": """\
We value your privacy

We and our 842 partners store and/or access information on a device, such as cookies, for personalised ads.
You can accept all, reject all or manage your choices. You may withdraw your consent at any time.

Accept all
Reject all
""",
    "de": """\
Wir verwenden Cookies

Wir und unsere 120 Partner verarbeiten Daten, um personalisierte Anzeigen zu zeigen.
Notwendige Cookies sind immer aktiv. Sie können Ihre Einwilligung jederzeit widerrufen.

Alle akzeptieren
Alle ablehnen
""",
    "fr": """\
Vos choix

Avec votre consentement, nos 98 partenaires utilisent des cookies pour vous montrer des publicités personnalisées.
Certains se fondent sur leur intérêt légitime.

Tout accepter
Continuer sans accepter
""",
}
RECIPES = {
    "en": """\
Apple cake

This cake keeps for days and tastes best on the second one, when the apples have softened.

Serves 8

Ingredients
200 g flour
3 large eggs
2 tsp baking powder

Method
Beat the butter with the sugar until it is pale, then add the eggs one by one and fold in the flour.
""",
    "fr": """\
Tarte aux pommes

Ingrédients
200 g de farine
100 g de beurre
2 cuillères à soupe de sucre

Préparation
Mélangez la farine et le beurre, puis étalez la pâte dans un moule et enfournez pendant quarante minutes.
""",
    "de": """\
Omas Apfelkuchen

Dieser Kuchen schmeckt am zweiten Tag am besten, wenn die Äpfel weich geworden sind.

Zutaten für 12 Stücke
250 g Mehl
3 Eier
125 g Butter
1 Prise Salz
2 TL Backpulver

Und so geht's
1. Butter und Zucker schaumig rühren.
2. Eier unterrühren und das Mehl dazugeben.
3. Im Ofen 40 Minuten backen.
""",
    "de, steps alone": """\
Zwiebelsuppe

Für 4 Personen

500 g Zwiebeln
50 g Butter
1 l Brühe
200 ml Weißwein
4 Scheiben Brot
100 g Käse

1. Zwiebeln schälen und in Ringe schneiden.
2. In der Butter langsam bräunen.
3. Mit Wein und Brühe ablöschen und eine halbe Stunde kochen.
""",
    "es": """\
Tortilla de patatas

Ingredientes para 4 personas:
- 600 g de patatas
- 6 huevos
- 1 cebolla
- 250 ml de aceite de oliva
- 1 pizca de sal

Preparación:
Pelar las patatas y cortarlas en láminas finas. Freírlas en el aceite durante veinte minutos y escurrirlas bien.
""",
    "it": """\
Risotto alla zucca

Ingredienti (per 4 persone)
320 g di riso
500 g di zucca
1 cipolla
1 l di brodo
40 g di burro

Procedimento
Tritate la cipolla e fatela appassire nel burro, unite la zucca a dadini e cuocete per dieci minuti.
""",
    "nl": """\
Erwtensoep van oma

Ingrediënten
500 gram spliterwten
2 liter water
1 rookworst
3 wortels
1 el mosterd

Bereidingswijze
Spoel de erwten en zet ze op met het water. Laat het geheel anderhalf uur zachtjes koken en roer af en toe.
""",
    "pt": """\
Bolo de cenoura

Ingredientes
3 cenouras
4 ovos
2 xícaras de farinha
1 xícara de óleo
1 colher de fermento

Modo de preparo
Bata as cenouras com os ovos e o óleo no liquidificador. Junte a farinha e asse por quarenta minutos em forno médio.
""",
    "pl": """\
Szarlotka babci

Składniki:
1 kg jabłek
300 g mąki
200 g masła
2 łyżki cukru

Przygotowanie:
Masło posiekać z mąką i cukrem, zagnieść ciasto i włożyć na godzinę do lodówki. Jabłka zetrzeć na tarce i dusić.
""",
    "ru": """\
Борщ по-домашнему

Ингредиенты
Свёкла — 2 шт.
Капуста — 300 г
Мясо — 500 г
Вода — 2 л

Приготовление
Мясо залить холодной водой и варить полтора часа. Овощи нарезать, свёклу потушить и добавить в конце.
""",
    "sv": """\
Kanelbullar

Ingredienser
5 dl mjölk
150 g smör
50 g jäst
2 tsk kardemumma

Gör så här
Smält smöret och häll i mjölken. Smula jästen i en bunke och häll över degvätskan, och tillsätt resten.
""",
    "tr": """\
Mercimek çorbası

Malzemeler
1 su bardağı kırmızı mercimek
1 adet soğan
2 yemek kaşığı un
1 litre su

Yapılışı
Soğanı yağda kavurun, unu ekleyin. Mercimeği ve suyu ilave edip yumuşayana kadar kısık ateşte yarım saat pişirin.
""",
    "ar": """\
شوربة العدس

المقادير
٢ كوب عدس أحمر
١ حبة بصل
٣ فصوص ثوم
١ لتر ماء

طريقة التحضير
يقلى البصل والثوم في الزيت ثم يضاف العدس والماء ويترك على نار هادئة نصف ساعة حتى ينضج تماما ثم يخفق بالخلاط.
""",
    "hi": """\
दाल तड़का

सामग्री
1 कप तूर दाल
2 बड़ा चम्मच घी
1 छोटा चम्मच जीरा
4 कली लहसुन

बनाने की विधि
दाल को धोकर आधे घंटे भिगो दें और फिर कुकर में तीन सीटी आने तक पकाएँ। घी गरम करके जीरा और लहसुन भूनें और दाल में डालें।
""",
    "ja": """\
肉じゃが

材料（4人分）
じゃがいも 4個
牛肉 200g
玉ねぎ 1個
だし汁 2カップ
しょうゆ 大さじ3

作り方
1. じゃがいもは一口大に切り、水にさらしておく。
2. 鍋で牛肉を炒め、野菜を加えてさらに炒める。
3. だし汁を入れて二十分ほど煮る。
""",
    "zh": """\
番茄炒蛋

食材
番茄 2个
鸡蛋 4只
盐 3克
白糖 1勺

做法
1. 番茄洗净切块，鸡蛋打散备用。
2. 热锅倒油，倒入蛋液炒熟后盛出。
3. 再下番茄翻炒出汁，倒回鸡蛋调味即可出锅。
""",
    "ko": """\
김치찌개

재료
김치 300g
돼지고기 200g
두부 1개
물 2컵

만드는 법
냄비에 돼지고기를 볶다가 김치를 넣고 함께 볶는다. 물을 붓고 이십 분 정도 끓인 뒤 두부를 넣는다.
""",
    "fr, infinitives": """\
Tarte aux pommes

Pour 6 personnes
Préparation : 20 min
Cuisson : 35 min

- 200 g de farine
- 100 g de beurre
- 4 pommes
- 50 g de sucre

Mélanger la farine et le beurre, étaler la pâte dans un moule, disposer les pommes et enfourner trente minutes.
""",
}
PRODUCT = """\
Trail Runner 3 hiking shoes

$129.95

In stock
Size guide
Add to cart
Free shipping on orders over $50

Light shoes for long days, with a grippy sole and a membrane that keeps the water out in every kind of weather.
"""
LINKS = """\
News
Ferry strike enters its third week
Cod prices fall again in the north
Snow closes road to the hills
Council elections draw near
Museum opens new wing for boats
Town hall clock stops once more
Schools get new heating at last
Fire brigade seeks more volunteers
Harbour dredging starts on Monday
Bakery wins prize for rye bread
"""
JAVASCRIPT = """\
function add(a, b) {
  return a + b;
}

for (const item of [1, 2, 3]) {
  console.log(add(item, 1));
}
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "a page that asks for consent to cookies") for text in COOKIES.values()),
        *((text, "a recipe") for text in RECIPES.values()),
        (PRODUCT, "a product page"),
        (LINKS, "a list of headlines or links"),
        (JAVASCRIPT, "source code"),
        (inspect.getsource(traced), "source code"),
    ],
)
def test_what_is_no_article_is_named(text: str, kind: str) -> None:
    article = read_article(text, kind="text")
    assert article.status == "not_an_article"
    assert article.status_reason == f"This is {kind}, not an article."


@pytest.mark.parametrize(
    "line",
    [
        "The site asked visitors for their consent to cookies, and to “accept all”; the regulator fined it.",
        "Ingredients",
        "Add to cart",
        "x = 5",
        "Council elections draw near",
        "To read the full article, the mayor had to subscribe, she said, like everybody else.",
    ],
)
def test_one_sign_makes_no_verdict(line: str) -> None:
    article = read_article("\n\n".join([*SENTENCES, line, *(SENTENCES * 4)]), kind="text")
    assert article.status == "ok"


@pytest.mark.parametrize(
    "wall",
    [
        "To continue reading, subscribe now.",
        "Subscribe to keep reading",
        "Dieser Artikel ist exklusiv für Abonnenten.",
        "Il vous reste 80 % de cet article à lire.",
        "Contenido exclusivo para suscriptores",
        "Artykuł dostępny tylko dla prenumeratorów",
        "Чтобы дочитать статью, оформите подписку.",
        "För att läsa vidare behöver du vara prenumerant.",
        "Haberin devamını okumak için abone olun.",
        "لمتابعة القراءة اشترك الآن",
        "この記事は有料会員限定です。",
        "订阅后可继续阅读全文",
    ],
)
def test_the_beginning_before_a_paywall_is_told(wall: str) -> None:
    article = read_article("\n\n".join([*SENTENCES[:2], wall]), kind="text")
    assert article.status == "paywalled"
    assert "behind a paywall" in (article.status_reason or "")


def test_a_page_that_says_it_is_not_free_is_a_stub_only_if_little_of_it_can_be_read() -> None:
    node = {"@type": "NewsArticle", "headline": "Harbour", "isAccessibleForFree": "False"}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'

    def status(sentences: list[str]) -> str:
        body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        return read_article(f"<html><head>{head}</head><body><article>{body}</article></body></html>").status

    assert status(SENTENCES) == "paywalled"
    assert status([f"{sentence} {number}" for number in range(5) for sentence in SENTENCES]) == "ok"


@pytest.mark.parametrize("text", ["1" * 300_000, "1 1 " * 50_000, "we use cookies " * 20_000, "a(" * 50_000])
@pytest.mark.timeout(10)
def test_hostile_lines_are_judged_in_time(text: str) -> None:
    assert read_article(text, kind="text").status in ("ok", "too_short", "not_an_article")
