"""Pages copied whole in fifteen languages: exactly the article is left, and its head is read."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from summarizer.reading import read_article


@dataclass(frozen=True)
class Page:
    """What stands above the article, the article with what is strewn into it (marked by `-`), and what is below."""

    title: str
    author: str
    published: str
    head: str
    article: str
    tail: str

    @property
    def text(self) -> str:
        """The page as it is copied."""
        lines = self.article.strip().replace("\n- ", "\n\n").split("\n")
        return "\n".join([self.head.strip(), "", *[f"{line}\n" for line in lines if line], self.tail.strip()])

    @property
    def body(self) -> list[str]:
        """The paragraphs that must be left."""
        return [line for line in self.article.strip().split("\n") if not line.startswith("- ")]


PAGES = {
    "en": Page(
        "Vestby keeps its harbour open through the winter",
        "Ida Holt",
        "2025-03-03",
        """
News | Sport | Weather | Culture
Sign in
Vestby keeps its harbour open through the winter
By Ida Holt, 3 March 2025
1.2k shares
""",
        """
The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.
- SCROLL DOWN FOR VIDEO
Fishermen had feared that the quay would be closed for repairs until the end of the cod season.
- Read more: Why the cod came back
The repairs are expected to cost four million crowns, of which the county pays a little more than half.
""",
        """
Ida Holt is a reporter. She grew up on a trawler.
Write to us: letters@vestby.example
Follow these topics
Fishing  +  Harbours
You may have missed
Snow closes the road to the hills
Comments (3)
codfan: They should have asked the fishermen first, as always!
""",
    ),
    "de": Page(
        "Hafen von Vestby bleibt den Winter über offen",
        "Jonas Petersen",
        "2025-03-03",
        """
Startseite   Politik   Sport   Kultur
Abo testen
Hafen von Vestby bleibt den Winter über offen
Von Jonas Petersen, 3. März 2025
Teilen   Merken   Drucken
""",
        """
Der Hafen von Vestby bleibt den ganzen Winter über offen, das hat der Stadtrat am Montagabend beschlossen.
- ANZEIGE
Die Fischer hatten befürchtet, dass der Kai wegen der Reparaturen bis zum Ende der Saison gesperrt würde.
- Lesen Sie auch: Warum der Dorsch zurückkam
Die Reparaturen sollen vier Millionen Kronen kosten, von denen der Kreis etwas mehr als die Hälfte bezahlt.
""",
        """
Jonas Petersen schreibt seit zehn Jahren über die Küste. Er lebt in Vestby.
Newsletter „Die Küste“: Jetzt kostenlos anmelden
Kommentare (12)
dorschfreund: Das hätte man doch schon vor Jahren so machen können!
Meistgelesen
Schnee sperrt die Straße in die Berge
""",
    ),
    "fr": Page(
        "Le port de Vestby restera ouvert tout l'hiver",
        "Élise Aubry",
        "2025-03-03",
        """
Accueil | Politique | Sports | Culture
Se connecter
Le port de Vestby restera ouvert tout l'hiver
Par Élise Aubry
Publié le 3 mars 2025 à 19h42 - Mis à jour le 4 mars 2025 à 8h05
Temps de lecture : 2 min
""",
        """
Le port de Vestby restera ouvert pendant tout l'hiver, a décidé le conseil municipal lundi soir.
- PUBLICITÉ
Les pêcheurs craignaient que le quai ne soit fermé pour travaux jusqu'à la fin de la saison de la morue.
- À lire aussi : Pourquoi la morue est revenue
Les travaux doivent coûter quatre millions de couronnes, dont la région paie un peu plus de la moitié.
""",
        """
Recevez chaque matin toute l'actualité de la côte dans votre boîte mail
Commentaires (4)
morue29 : Il était temps que quelqu'un écoute les pêcheurs !
Sur le même sujet
La neige ferme la route des collines
""",
    ),
    "es": Page(
        "El puerto de Vestby seguirá abierto todo el invierno",
        "Marina Ruiz Cano",
        "2025-03-12",
        """
Portada  Política  Deportes  Cultura
Suscríbete por 1 €
El puerto de Vestby seguirá abierto todo el invierno
Marina Ruiz Cano
Publicado el 12 de marzo de 2025 a las 9:40
Compartir en WhatsApp | 18 comentarios
""",
        """
El puerto de Vestby seguirá abierto durante todo el invierno, según decidió el lunes el ayuntamiento.
- PUBLICIDAD
Los pescadores temían que el muelle se cerrara por obras hasta el final de la temporada del bacalao.
- Lee también: Por qué volvió el bacalao
Las obras costarán unos cuatro millones de coronas, de los que la provincia paga algo más de la mitad.
""",
        """
Archivado en: Puertos · Pesca
Apúntate a nuestro boletín diario
Lo más leído
La nieve cierra la carretera de las colinas
""",
    ),
    "it": Page(
        "Il porto di Vestby resta aperto tutto l'inverno",
        "Chiara Fontana",
        "2025-03-03",
        """
Home | Cronaca | Sport | Cultura
Abbonati
Il porto di Vestby resta aperto tutto l'inverno
di Chiara Fontana | 3 marzo 2025 alle 18:20
Condividi
""",
        """
Il porto di Vestby resterà aperto per tutto l'inverno, ha deciso lunedì sera il consiglio comunale.
- Pubblicità
I pescatori temevano che la banchina venisse chiusa per lavori fino alla fine della stagione del merluzzo.
- Leggi anche: Perché il merluzzo è tornato
I lavori dovrebbero costare quattro milioni di corone, di cui la provincia paga poco più della metà.
""",
        """
© Riproduzione riservata
I più letti
La neve chiude la strada delle colline
Commenti (2)
pescatore51: Era ora che qualcuno ci ascoltasse!
""",
    ),
    "nl": Page(
        "Haven van Vestby blijft de hele winter open",
        "Maaike de Wit",
        "2025-05-06",
        """
Home   Nieuws   Sport   Cultuur
Probeer Plus een maand gratis
Haven van Vestby blijft de hele winter open
Door Maaike de Wit | 6 mei 2025, 09:12
Delen
""",
        """
De haven van Vestby blijft de hele winter open, zo heeft de gemeenteraad maandagavond besloten.
- ADVERTENTIE
De vissers vreesden dat de kade tot het einde van het seizoen voor reparaties gesloten zou worden.
- Lees ook: Waarom de kabeljauw terugkwam
De reparaties kosten naar verwachting vier miljoen kronen, waarvan de provincie ruim de helft betaalt.
""",
        """
Reacties (5)
kabeljauw7: Dit hadden ze jaren geleden al moeten doen!
Meer lezen
Sneeuw sluit de weg naar de heuvels
""",
    ),
    "pt": Page(
        "Porto de Vestby ficará aberto durante todo o inverno",
        "Joana Teles",
        "2024-12-03",
        """
Início | Política | Esportes | Cultura
Assine
Porto de Vestby ficará aberto durante todo o inverno
Por Joana Teles
Publicado em 03/12/2024 às 10h30
Compartilhar
""",
        """
O porto de Vestby ficará aberto durante todo o inverno, decidiu na segunda-feira a câmara municipal.
- Continua depois da publicidade
Os pescadores temiam que o cais fosse fechado para obras até ao fim da temporada do bacalhau.
- Leia também: Por que o bacalhau voltou
As obras devem custar quatro milhões de coroas, das quais a província paga pouco mais da metade.
""",
        """
Receba as notícias do dia no seu e-mail
Mais lidas
A neve fecha a estrada das colinas
Todos os direitos reservados
""",
    ),
    "pl": Page(
        "Port w Vestby pozostanie otwarty przez całą zimę",
        "Anna Wilk",
        "2025-04-24",
        """
Strona główna | Polityka | Sport | Kultura
Zaloguj się
Port w Vestby pozostanie otwarty przez całą zimę
Autor: Anna Wilk
Opublikowano: 24 kwietnia 2025, 10:15
Udostępnij
""",
        """
Port w Vestby pozostanie otwarty przez całą zimę, zdecydowała w poniedziałek wieczorem rada miasta.
- REKLAMA
Rybacy obawiali się, że nabrzeże zostanie zamknięte z powodu remontu aż do końca sezonu na dorsze.
- Czytaj także: Dlaczego dorsz wrócił
Remont ma kosztować cztery miliony koron, z czego powiat zapłaci nieco więcej niż połowę tej kwoty.
""",
        """
Komentarze (3)
dorsz77: Trzeba było zapytać rybaków już dawno!
Najczęściej czytane
Śnieg zamknął drogę na wzgórza
""",
    ),
    "ru": Page(
        "Порт Вестбю останется открытым всю зиму",
        "Анна Волкова",
        "2025-03-03",
        """
Главная | Политика | Спорт | Культура
Войти
Порт Вестбю останется открытым всю зиму
Автор: Анна Волкова
Опубликовано: 3 марта 2025 г., 14:20
Поделиться
""",
        """
Порт Вестбю останется открытым всю зиму, такое решение принял в понедельник вечером городской совет этого города.
- РЕКЛАМА
Рыбаки опасались, что причал закроют на ремонт до самого конца сезона трески, который длится до апреля.
- Читайте также: Почему вернулась треска
Ремонт обойдётся в четыре миллиона крон, из которых округ заплатит немного больше половины всей этой суммы.
""",
        """
Подписывайтесь на наш канал, чтобы ничего не пропустить
Комментарии (2)
rybak51: Давно пора было спросить самих рыбаков!
Читайте также
Снег закрыл дорогу в горы
""",
    ),
    "sv": Page(
        "Hamnen i Vestby hålls öppen hela vintern",
        "Karin Lund",
        "2025-03-03",
        """
Hem | Nyheter | Sport | Kultur
Logga in
Hamnen i Vestby hålls öppen hela vintern
Av Karin Lund
Publicerad 3 mars 2025 kl. 14.20
Dela
""",
        """
Hamnen i Vestby hålls öppen hela vintern, det beslutade kommunfullmäktige på måndagskvällen efter lång debatt.
- ANNONS
Fiskarna hade fruktat att kajen skulle stängas för reparationer ända till slutet av torsksäsongen i april.
- Läs också: Därför kom torsken tillbaka
Reparationerna väntas kosta fyra miljoner kronor, varav länet betalar en liten bit mer än hälften av summan.
""",
        """
Prenumerera på vårt nyhetsbrev
Mest läst
Snö stänger vägen till bergen
""",
    ),
    "tr": Page(
        "Vestby limanı bütün kış boyunca açık kalacak",
        "Selin Kaya",
        "2024-09-17",
        """
Ana Sayfa | Gündem | Spor | Kültür
Uygulamamızı indirin, haberleri kaçırmayın!
Vestby limanı bütün kış boyunca açık kalacak
Haber: Selin Kaya
Yayınlanma: 17.09.2024 - 16:45
Paylaş   Yazdır
""",
        """
Vestby limanı bütün kış boyunca açık kalacak, kararı pazartesi akşamı toplanan belediye meclisi oy birliğiyle aldı.
- REKLAM
Balıkçılar, onarım nedeniyle rıhtımın morina mevsiminin sonuna kadar kapalı kalacağından büyük endişe duyuyordu.
- İLGİLİ HABER: Morina neden geri döndü?
Onarımın dört milyon krona mal olması bekleniyor, bu tutarın yarısından biraz fazlasını ise il yönetimi ödeyecek.
""",
        """
YORUMLAR (8)
morina06: Balıkçılara çok önceden sorulmalıydı!
Çok okunanlar
Kar yağışı dağ yolunu kapattı
""",
    ),
    "ar": Page(
        "ميناء فيستبي سيبقى مفتوحا طوال فصل الشتاء",
        "هالة منصور",
        "2024-08-11",
        """
الرئيسية | محليات | رياضة | ثقافة
حمّل التطبيق الآن
ميناء فيستبي سيبقى مفتوحا طوال فصل الشتاء
كتبت: هالة منصور
نشر في: ١١ أغسطس ٢٠٢٤ - ٢٠:١٥
شارك الخبر: فيسبوك - واتساب
""",
        """
قرر المجلس البلدي في فيستبي مساء الاثنين أن يبقى ميناء المدينة مفتوحا طوال فصل الشتاء القادم.
- إعلان
وكان الصيادون يخشون أن يغلق الرصيف بسبب أعمال الترميم حتى نهاية موسم صيد سمك القد في أبريل.
- اقرأ أيضا: لماذا عاد سمك القد
ومن المتوقع أن تكلف أعمال الترميم أربعة ملايين كرونة، تدفع المحافظة ما يزيد قليلا على نصفها.
""",
        """
الأكثر قراءة
الثلوج تغلق طريق الجبال
جميع الحقوق محفوظة
""",
    ),
    "hi": Page(
        "वेस्टबी का बंदरगाह पूरी सर्दी खुला रहेगा",
        "मीरा जोशी",
        "2024-08-11",
        """
होम | देश | खेल | मनोरंजन
ऐप डाउनलोड करें
वेस्टबी का बंदरगाह पूरी सर्दी खुला रहेगा
लेखक: मीरा जोशी
प्रकाशित: 11 अगस्त 2024, 10:30 बजे
""",
        """
वेस्टबी का बंदरगाह पूरी सर्दी खुला रहेगा, यह फैसला नगर परिषद ने सोमवार शाम को लंबी बहस के बाद किया।
- विज्ञापन
मछुआरों को डर था कि मरम्मत के कारण घाट मछली के मौसम के अंत तक पूरी तरह बंद कर दिया जाएगा।
- यह भी पढ़ें: मछली वापस क्यों आई
मरम्मत पर चालीस लाख क्रोन खर्च होने का अनुमान है, जिसमें से आधे से कुछ अधिक जिला प्रशासन देगा।
""",
        """
सबसे ज्यादा पढ़ी गई
बर्फ से पहाड़ी रास्ता बंद
""",
    ),
    "ja": Page(
        "ヴェストビュー港、冬の間も開港を続ける方針",
        "山本花子",
        "2025-03-03",
        """
トップ　政治　スポーツ　文化
ログイン
ヴェストビュー港、冬の間も開港を続ける方針
文：山本花子
2025年3月3日 18時30分 公開
シェア
""",
        """
ヴェストビューの町議会は月曜の夜、港を冬の間も開けておくことを賛成多数で決めた。漁師らはこの決定を歓迎している。
- 広告
漁師たちは、修理のために岸壁がタラ漁の季節の終わりまで閉じられるのではないかと心配していた。
- 関連記事：タラはなぜ戻ってきたのか
修理には四百万クローネかかる見込みで、そのうち半分あまりを県が負担することになっている。
""",
        """
アクセスランキング
雪で山の道が通行止め
アプリをダウンロード
""",
    ),
    "zh": Page(
        "维斯特比港口整个冬天都将保持开放",
        "王小明",
        "2024-12-29",
        """
首页  时政  体育  文化
打开APP看更多精彩内容
维斯特比港口整个冬天都将保持开放
2024-12-29 18:36　来源：海岸晨报　记者 王小明
分享到：微信 微博
""",
        """
维斯特比镇议会周一晚间决定，当地港口整个冬天都将保持开放。渔民此前担心码头会因维修而关闭，他们对这一决定表示欢迎。
- 广告
渔民们担心码头会因为维修工程而一直关闭到鳕鱼季结束，那样的话许多家庭将失去全年的主要收入来源。
- 推荐阅读：鳕鱼为什么回来了
维修预计将花费四百万克朗，其中一半多一点由县政府承担，其余部分由镇政府在三年之内分期支付完毕。
""",
        """
（责任编辑：小雨）
扫描二维码关注本报公众号
相关新闻
大雪封闭山路
网友评论
用户8827：早就该问问渔民了
""",
    ),
    "ko": Page(
        "베스트뷔 항구 겨울 내내 문을 열기로 결정",
        "",
        "2025-03-03",
        """
홈 | 정치 | 스포츠 | 문화
본문 바로가기
베스트뷔 항구 겨울 내내 문을 열기로 결정
입력 2025.03.03. 오전 9:12 수정 2025.03.04. 오후 1:20
공유하기
""",
        """
베스트뷔 항구가 겨울 내내 문을 열기로 했다고 시의회가 월요일 저녁 긴 토론 끝에 결정했다고 밝혔다.
- 광고
어민들은 수리 때문에 부두가 대구 철이 끝날 때까지 문을 닫을까 봐 오랫동안 걱정해 왔다고 말했다.
- 관련기사: 대구는 왜 돌아왔나
수리에는 사백만 크로네가 들 것으로 보이며 그 가운데 절반 남짓을 도에서 부담하기로 했다고 한다.
""",
        """
많이 본 뉴스
눈으로 산길이 막혀
무단전재 및 재배포 금지
""",
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_exactly_the_article_of_a_copied_page_is_left(language: str) -> None:
    page = PAGES[language]
    assert read_article(page.text).text.split("\n\n") == page.body


@pytest.mark.parametrize("language", PAGES)
def test_the_head_of_a_copied_page_is_read(language: str) -> None:
    page = PAGES[language]
    article = read_article(page.text)
    assert article.title == page.title
    assert (article.published, article.language) == (page.published, language)
    assert article.authors == ((page.author,) if page.author else ())


@pytest.mark.parametrize("language", PAGES)
def test_a_clean_article_in_any_language_loses_nothing(language: str) -> None:
    page = PAGES[language]
    article = read_article("\n\n".join([page.title, *page.body]))
    assert article.text.split("\n\n") == page.body
    assert (article.title, article.status) == (page.title, "ok")
