"""Pages that nothing else speaks for, as a saved file or an address: walls, errors, notices."""

from __future__ import annotations

import json

import pytest

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import parse
from bot.sources.pages.article import parse_page
from bot.sources.pages.server_errors import is_server_error
from bot.sources.pages.site_talk import kind_of_title, site_talk
from tests.support.builders import NOW
from tests.support.feed_texts import page

TITLE = "Night ferry turns back to Port Aven"
STORY = (
    "The night ferry to Hessel turned back to Port Aven on Monday with 212 people on board, the "
    "coastguard said.\n\nIts engine had stopped twice. Nobody was hurt."
)
LONG = "\n\n".join(f"Gate {number} of the lock at Orrin was opened, {STORY}" for number in range(9))
TOLD = "The night ferry to Hessel turned back to Port Aven with 212 people on board."


def read(title: str, text: str, head: str = "", below: str = "") -> ParsedArticle:
    body = page(title, text, head=head).replace(b"</article>", f"{below}</article>".encode())
    return parse_page(body, NOW, url="https://river.example/ferry")


def refusal(title: str, text: str, head: str = "", below: str = "") -> str:
    with pytest.raises(RefusedInput) as refused:
        read(title, text, head, below)
    return str(refused.value)


CONSENT = [
    "By going on you allow us and 90 vendors to keep cookies on your device for advertising.",
    "Our vendors and we would like to look at data on your device. You may say no at any time.",
    "Mit Ihrer Zustimmung messen wir und 90 Drittanbieter, welche Inhalte Sie lesen.",
    "Avec votre accord, nos partenaires et nous lisons des traceurs sur votre appareil.",
    "Con su consentimiento, nosotros y 90 socios guardamos cookies en su dispositivo.",
    "Se accetti, noi e 90 terze parti leggiamo i cookie sul tuo dispositivo.",
    "Com o seu consentimento, nós e os nossos parceiros guardamos cookies no seu dispositivo.",
    "Met jouw toestemming plaatsen wij en onze partners cookies op je apparaat.",
    "Za Twoją zgodą my i nasi partnerzy zapisujemy pliki cookie na Twoim urządzeniu.",
    "С вашего согласия мы и наши партнёры храним файлы cookie на вашем устройстве.",
    "Sizin onayınızla biz ve ortaklarımız çerezleri cihazınızda saklarız.",
    "当サイトはクッキーを使用します。続けることで同意いただいたものとします。",
    "经您同意，我们和合作伙伴会在您的设备上保存Cookie。",
]
OFFERS = [
    "You have no free stories left this month. Get full access for $2 a week, and stop any time.",
    "Our reporting needs you. Choose your plan to read on; subscribers pay $1 a month at first.",
    "Sie lesen einen Beitrag für Abonnenten. Testen Sie unser Abo einen Monat für 1 Euro.",
    "Il vous reste 80 % de cet article à lire. Abonnez-vous pour 1 € le premier mois.",
    "Ha llegado al límite de artículos gratuitos. Suscríbase desde 1 € al mes para seguir.",
]
CHECKS = [
    "We think that your browser is a bot. Please solve the captcha to reach the site.",
    "Please hold the button until we know that you are no robot. Your IP address is 203.0.113.9.",
    "Wir prüfen Ihre Verbindung, bevor Sie unsere Seite sehen. Bitte warten Sie kurz.",
    "Nous vérifions votre connexion avant d’afficher cette page.",
]
SCRIPTS = [
    "Our reader needs JavaScript. Please allow it in your browser and reload this page.",
    "Your browser is too old for this site. Please use a newer version of Firefox or Chrome.",
]
ERRORS = [
    "We could not find the page that you asked for. Check the address, or go back to our homepage.",
    "Sorry, this page has moved or never existed. You can search for it instead.",
    "Our website is offline for maintenance. Please try again in an hour.",
    "Die von Ihnen gesuchte Seite gibt es nicht mehr. Bitte nutzen Sie unsere Suche.",
    "La page demandée est introuvable. Veuillez vérifier l’adresse ou revenir à l’accueil.",
    "La página que usted busca no existe. Por favor, vuelva a la portada.",
    "La pagina che cerchi non esiste più. Puoi tornare alla nostra home page.",
    "Запрошенная вами страница не найдена. Проверьте адрес или вернитесь на главную.",
    "お探しのページは見つかりませんでした。アドレスをご確認ください。",
]
WALL_OF_COOKIES = "We use cookies. Manage your preferences or accept all cookies."
NOTICES = [
    "We collect data that you give us with your account. You may ask us for a copy of your data.",
    "Wir verarbeiten Ihre personenbezogenen Daten. Sie haben das Recht auf Auskunft von uns.",
]


@pytest.mark.parametrize("text", [*CONSENT, *OFFERS, *CHECKS, *SCRIPTS, *ERRORS, *NOTICES])
@pytest.mark.parametrize("title", [TITLE, "River Post"])
def test_fault_55_a_page_that_speaks_of_itself_is_refused(title: str, text: str) -> None:
    assert refusal(title, text.replace(". ", ".\n\n")).endswith("in place of an article")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("404 Not Found", "error"),
        ("River Post | Page not found", "error"),
        ("Error 404: page not found", "error"),
        ("Seite nicht gefunden – Flussblatt", "error"),
        ("Wartungsarbeiten", "maintenance"),
        ("Just a moment...", "bot check"),
        ("Access Denied", "bot check"),
        ("Log in - River Post", "sign-in"),
        ("Before you continue | River Post", "cookies"),
        ("Datenschutzerklärung | Flussblatt", "legal"),
        ("Privacy Policy", "legal"),
        ("Access denied: reporters kept out of court", None),
        ("Ministers argue over data law | Privacy Policy", None),
        ("404 people rescued", None),
        (TITLE, None),
    ],
)
def test_fault_55_pages_are_known_by_their_names(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind


def test_fault_55_a_page_named_like_an_error_has_no_article() -> None:
    assert "an error page" in refusal("404 Not Found", "nginx/1.26")
    assert "a sign-in form" in refusal("Log in", "New here? It takes a minute.")
    legal = "Represented by Ilse Marr, 1 Quay Road, Port Aven. Register of Aven, number 4711."
    assert "about privacy or terms" in refusal("Impressum | Flussblatt", legal)


DESCRIBED_BY_A_CHECK = f'<meta name="description" content="{CHECKS[0]}">'
ARTICLE_HEADS = [
    f'<meta property="og:type" content="article"><meta property="og:description" content="{TOLD}">',
    '<script type="application/ld+json">'
    + json.dumps({"@graph": [{"@type": ["NewsArticle"], "description": TOLD}]})
    + "</script>",
]


@pytest.mark.parametrize("head", ARTICLE_HEADS)
@pytest.mark.parametrize("text", [OFFERS[0], CONSENT[2], SCRIPTS[0], ""])
def test_fault_55_a_hidden_article_keeps_its_title_and_its_own_description(
    head: str, text: str
) -> None:
    found = read(TITLE, text, head)
    assert (found.title, found.text) == (TITLE, TOLD)


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="{TOLD}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:type" content="article">{DESCRIBED_BY_A_CHECK}',
    ],
)
def test_fault_55_other_descriptions_do_not_stand_in(head: str) -> None:
    assert "in place of an article" in refusal(TITLE, OFFERS[0], head)


def test_fault_55_what_stands_above_an_offer_stays() -> None:
    assert read(TITLE, f"{STORY}\n\n{OFFERS[0]}\n\nSee plans").text == STORY
    first = STORY.split("\n\n", maxsplit=1)[0]
    assert read(TITLE, f"{first}\n\n{' '.join(OFFERS[:2])}\n\n{CONSENT[0]}").text == first


def test_fault_55_what_lies_over_a_page_is_not_its_text() -> None:
    dialog = '<div id="onetrust-banner-sdk"><p>Choose what to keep on the phone.</p></div>'
    assert read(TITLE, STORY, below=dialog).text == STORY
    assert "a cookie notice" in refusal(TITLE, "", below=dialog)
    large = f'<div class="page consent-overlay"><p>{LONG * 2}</p></div>'
    assert len(read(TITLE, "", below=large).text) > 1_000
    assert read(TITLE, "", below=f'<div class="sticky-trusted"><p>{STORY}</p></div>').text


@pytest.mark.parametrize(
    "mark",
    [
        'role="dialog"',
        'class="post tag-cookie-law"',
        'class="category-gdpr-overlay"',
        'id="cookie-notice-ruling"',
        'class="consent-bar"',
    ],
)
def test_a_part_of_an_article_is_no_overlay(mark: str) -> None:
    lead = "The court at Hessel struck down the law on Monday, judges said. " * 4
    part = f"<div {mark}><h2>Why it fell</h2><p>{lead}</p></div>"
    assert lead.strip() in read(TITLE, LONG, below=part).text


@pytest.mark.parametrize(
    "mark",
    ['role="dialog"', 'class="js-cookie-banner"', 'id="cookieConsentBar"', 'class="gdpr-modal-2"'],
)
def test_what_asks_for_consent_is_an_overlay(mark: str) -> None:
    for heading in ("", "<h2>Your privacy</h2>"):
        asks = f"<div {mark}>{heading}<p>{CONSENT[0]}</p><p>{CONSENT[1]}</p></div>"
        assert read(TITLE, LONG, below=asks).text == LONG


def test_fault_55_a_check_for_bots_is_known_by_its_scripts() -> None:
    head = '<script src="https://geo.captcha-delivery.com/captcha/x.js"></script>'
    assert "a check for bots" in refusal("river.example", "Slide the piece to the right.", head)
    assert read(TITLE, LONG, head).text.startswith("Gate 0")


@pytest.mark.parametrize(
    "text",
    [
        "Warning: mysqli_connect(): refused in /srv/www/db.php on line 12",
        "Fatal error: Uncaught TypeError: f() in /srv/www/a.php:3 thrown in /srv/a.php on line 3",
        "Traceback (most recent call last): File app.py",
        "java.lang.NullPointerException at post.river.Feed.list(Feed.java:88)",
    ],
)
def test_fault_58_a_programs_error_is_no_article(text: str) -> None:
    assert is_server_error(text)
    assert "an error page" in refusal("River Post", text)


@pytest.mark.parametrize(
    "text",
    [
        "<br />\n<b>Warning</b>:  fopen(): refused in <b>/srv/a.php</b> on line <b>5</b><br />",
        (
            'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    go()\n'
            "ValueError: no gate"
        ),
        'Exception in thread "main" java.lang.Error\n\tat post.river.Feed.list(Feed.java:88)',
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>No</Message></Error>",
        "SQLSTATE[HY000] [2002] Connection refused",
        "<html><head><title>Server Error in '/' Application</title></head>",
        "ORA-00942: table or view does not exist",
    ],
)
def test_a_programs_error_is_known_by_the_beginnings_of_its_lines(text: str) -> None:
    assert is_server_error(text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Warning lights came on at 09:00. A parse error in the program on line 40 was to "
            "blame, a report said."
        ),
        "A traceback (most recent call last) shows where a program failed, and is coloured now.",
        "An unhandled exception stopped the ferry's engine, the maker said on Monday.",
        "The error ORA-00942 closed the bank's counters for an hour on Monday.",
        f"Warning: fopen(): refused in /srv/a.php on line 5\n{STORY}",
    ],
)
def test_a_report_about_programs_is_an_article(text: str) -> None:
    assert not is_server_error(text)
    assert read("Why the ferry stopped", text).text.endswith(text[-30:])


ARTICLES = {
    "Cookie fine for ad broker": "A court fined the ad broker Lanter 2 million euros because its "
    "cookies followed readers without their consent, judges said on Friday. Lanter will appeal.",
    "Pop-up rules tightened": '"We use cookies because our partners ask us to," a publisher told '
    "the hearing. From March a banner must offer both answers on its first page, the board said.",
    "Herald ends its paywall": "The Herald will drop its paywall in June, its owner said. It has "
    "40,000 subscribers, who pay 9 euros a month; a subscription then buys the paper alone.",
    "Bots buy every ticket": "Bots bought all 9,000 tickets within a minute, the theatre said. "
    "Captchas did not stop them, and police are looking at 14 accounts.",
    "Bank leaks passwords": "Passwords of 4 million customers were stolen from Aven Bank, which "
    "told them to sign in and choose new ones. Two men were arrested on Monday.",
    "Tax site fails on last day": "Taxpayers saw the words “404 page not found” for six hours on "
    "Tuesday, the treasury said. It will accept returns for another week.",
    "Reactor shut for maintenance": "The Orrin reactor is unavailable for three weeks, its "
    "operator said after a leak. Maintenance had been planned for May.",
    "Data law passed": "Parliament passed a privacy law on Thursday. Companies must delete "
    "personal data within ten days, and face fines of 6 percent of turnover.",
    "Browser blocks trackers": "The browser Lanter blocks trackers for all 400 million users from "
    "January. Advertisers said the step would cost them 3 billion dollars a year.",
    "Access denied: press kept out of trial": "Judges denied access to 40 reporters on Monday as "
    "the trial of a former minister began. A union will go to a higher court.",
    "Bußgeld wegen Cookies": "Die Behörde hat ein Bußgeld von zwei Millionen Euro verhängt, weil "
    "eine Website Cookies ohne Einwilligung setzte. Der Verlag will klagen, teilte er mit.",
    "Panne au fisc": "Le site des impôts a affiché une erreur pendant six heures lundi, a indiqué "
    "le ministère. Environ 90 000 contribuables n’ont pas pu se connecter.",
    "Multa por cookies": "La agencia multó con 2 millones de euros a un diario que guardaba "
    "cookies sin el consentimiento de sus lectores, informó el jueves.",
    "Il Garante multa un sito": "Il Garante ha multato un sito che installava cookie senza "
    "consenso. La società ha due milioni di utenti registrati e farà ricorso.",
    "Портал не работал": "Портал госуслуг не работал шесть часов из-за технических работ, сообщило "
    "министерство. Пользователи видели страницу с ошибкой.",
    "官网瘫痪": "税务局网站周二瘫痪六小时，用户登录时只看到“页面不存在”，财政部说。",
    "クッキーで課徴金": "委員会は、同意なしにクッキーを保存した広告会社に課徴金を命じた。",
    "Households share the sun": "More than 40,000 households subscribed to solar parks this year. "
    "A subscription costs 12 euros per month, and the first year cannot be cancelled.",
    "Ad blockers are legal": "A court found ad blockers legal on Thursday and turned down a "
    "publisher that had asked readers to switch them off.",
    "Ferry late": "The ferry is late.",
}


@pytest.mark.parametrize("title", ARTICLES)
@pytest.mark.parametrize("form", ["", '<form><input type="password"></form>'])
def test_fault_55_news_of_such_things_stays_news(title: str, form: str) -> None:
    assert read(title, ARTICLES[title], below=form).text == ARTICLES[title]


def test_fault_55_a_long_article_may_be_named_like_an_error() -> None:
    head = '<meta property="article:published_time" content="2026-11-22T10:00:00Z">'
    assert read("Access Denied", LONG[:900], head).title == "Access Denied"
    assert read("Access Denied", LONG).title == "Access Denied"
    assert read("Access Denied", STORY).text == STORY
    denied = f"{CHECKS[0]}\n\n{STORY}"
    assert "a check for bots" in refusal("Access Denied", denied)


def test_fault_55_talk_is_measured_without_what_others_say() -> None:
    assert site_talk("“Please accept our cookies,” he said. The board agreed.").share == 0
    assert site_talk("Please accept our cookies.").kind in {"cookies", "script"}
    assert site_talk("").share == 0


DATED = (
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-11-22T10:00:00Z">'
)
ADVICE = {
    "What to do if your Aven Bank password was stolen": "Change your password on every site where "
    "you use it, and start with your email account, the board said.\n\n"
    "Your browser can show you which of your passwords are known to thieves.\n\n"
    "Do not click links in mails that ask you to log in. We have seen forty of them since Monday.",
    "Thieves took the data of 4 million customers": "Thieves took the data of 4 million customers "
    "of Aven Bank on Sunday, its largest loss so far.\n\n"
    "If you are a customer, change your password now. Use one that you use for no other account."
    "\n\nYou can also freeze your account online, for which you need your customer number.\n\n"
    "The bank will send you a letter. It offers you a year of free protection if you register.",
    "Three mail programs compared": "We tried three mail programs for a month, on our phones and "
    "in our browsers. Our favourite costs nothing.\n\n"
    "You pay $2 a month for the first. Your mails are kept on its servers in Hessel.\n\n"
    "The second needs an extension, which you install in your browser yourself.",
    "To our readers: why our price goes up": "Dear readers, from May you pay 9 euros a month. "
    "Your subscription pays our reporters.\n\n"
    "You can write to us. We answer your letters on this page on Friday.",
    "Wie Sie falsche Post Ihrer Bank erkennen": "Ihre Bank fragt Sie nie nach Ihrem Passwort, "
    "sagt die Aufsicht. Klicken Sie auf keinen Link.\n\n"
    "Ist Ihr Konto gesperrt, melden Sie sich bei Ihrer Bank. Sie zählte 90 Fälle im Oktober.",
    "Code by phone needed for the tax site": "You will need a second code to log in to your tax "
    "account from May, the treasury said. Your password alone will not do.",
    "Forbidden": "The film Forbidden opens on Friday. Its director made it in four weeks in Port "
    "Aven, with a crew of nine and no star, the studio said.",
    "Error 404": "The second record of the four from Hessel was released on Monday. It reached "
    "the first place in nine countries within a day, their label said.",
}


@pytest.mark.parametrize("title", ADVICE)
def test_an_article_may_speak_to_its_readers(title: str) -> None:
    assert read(title, ADVICE[title], DATED).text == ADVICE[title]
    told = f'{DATED}<meta property="og:description" content="{title}: {ADVICE[title][:80]}">'
    assert read(title, ADVICE[title], told).text == ADVICE[title]


@pytest.mark.parametrize("title", ADVICE)
def test_a_saved_text_may_speak_to_its_readers(title: str) -> None:
    data = f"{title}\n\n{ADVICE[title]}".encode()
    (found,) = parse(data, "a.txt", ReadOptions(NOW, 1_000_000))
    assert isinstance(found, ParsedArticle)


@pytest.mark.parametrize("number", range(3))
def test_the_end_of_a_report_stays_though_it_speaks_to_readers(number: int) -> None:
    report = f"{STORY}\n\n{list(ADVICE.values())[number]}"
    assert read(TITLE, report).text == report


SHORT_REPORTS = {
    "Rebels fire on the dam": "Rebels in the hills above Orrin fired at the dam for a second "
    "night and have pledged to continue their attacks in the coming days.",
    "A note from the newsroom": "We moved to a new building in Aven this week. You can visit us on "
    "Friday, when our reporters open the doors at noon.",
    "What the rail strike means": "Your ticket counts until Friday. You get its price back for all "
    "services that the railway has struck from its list.",
    "Oil output to fall": "We expect that output will exceed demand by two million barrels, the "
    "agency's readers were told, and that prices fall below 60 dollars.",
}


@pytest.mark.parametrize("title", SHORT_REPORTS)
def test_one_common_word_makes_no_wall_of_a_short_report(title: str) -> None:
    assert read(title, SHORT_REPORTS[title]).text == SHORT_REPORTS[title]


NOINDEX = '<meta name="robots" content="noindex">'
PASSWORD = '<form><input type="password"></form>'


@pytest.mark.parametrize(
    ("text", "head", "below"),
    [
        (f"{NOTICES[0]}\n\n{NOTICES[0]}", NOINDEX, ""),
        (f"{OFFERS[0]}\n\n{OFFERS[1]}", "", PASSWORD),
        (f"{OFFERS[0]}\n\n{OFFERS[0]}", '<script src="https://x.piano.io/x.js"></script>', ""),
        (f"{CHECKS[0]}\n\n{CHECKS[1]}", '<script>window._cf_chl_opt = {}</script>', ""),
        (f"{OFFERS[0]}\n\n{OFFERS[0]}", f'<meta property="og:description" content="{TOLD}">', ""),
        ("\n\n".join([WALL_OF_COOKIES] * 3), "", ""),
    ],
)  # fmt: skip
def test_a_second_sign_shows_the_wall_on_a_page_that_says_that_it_is_an_article(
    text: str, head: str, below: str
) -> None:
    head = DATED + head
    if TOLD in head:
        assert read(TITLE, text, head, below).text == TOLD
    else:
        assert "in place of an article" in refusal(TITLE, text, head, below)
