"""What is no article, or only its beginning, is told; articles that speak of such things are not taken for them."""

from __future__ import annotations

import inspect
import json

import pytest

from summarizer.reading import read_article, traced

SENTENCES = [
    "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "Mayor Ida Holt said the work could wait until May, when most of the boats are out at sea anyway.",
]
COOKIES = {
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
