"""Pages that are no article, or part of one, are named for what they are."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read

LONG = [f"{FIRST} It was case {n}. {SECOND} {THIRD}" for n in range(12)]
CLOSED = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
)
WALL = (
    "We value your privacy. We and our partners store and/or access information on a device, such "
    "as cookies, and process personal data for personalised ads.",
    "With your permission we and our partners may use precise location data. You may refuse, or "
    "withdraw your consent later, at the foot of every page of this site.",
)
STATES = [
    (page("Sorry, there is nothing here.", title="404 Page not found"), {}, "not_found"),
    (page("Leider: Seite nicht gefunden.", lang="de", title="Fehler"), {}, "not_found"),
    (page("الصفحة غير موجودة أو تم نقلها إلى عنوان آخر.", lang="ar", title="خطأ"), {}, "not_found"),
    (page("We use cookies, and so do 900 others.", title="Before you continue"), {}, "consent"),
    (page(*WALL, title="The Example Courier"), {}, "consent"),
    (page(FIRST, "Subscribe to continue reading for $1."), {}, "paywall"),
    (page(FIRST, SECOND, head=CLOSED), {}, "paywall"),
    (page("Please log in to see what was removed.", title="The Courier"), {}, "login"),
    (page(FIRST, title="Log in to continue"), {}, "login"),
    (page("Войдите, чтобы увидеть это.", lang="ru", title="Курьер"), {}, "login"),
    (page("Checking your browser before you go on.", title="Just a moment..."), {}, "bot_check"),
    (page("Access denied. Reference 18.4f2.", title="Error"), {}, "bot_check"),
    (page("Try again later.", title="503 Service unavailable"), {}, "error"),
    (page("There is nothing here.", title="The Courier"), {"status": 404}, "not_found"),
    (page("There is nothing here.", title="The Courier"), {"status": 403}, "bot_check"),
    (page("There is nothing here.", title="The Courier"), {"status": 500}, "error"),
    (page("Removed 9 posts today."), {}, "stub"),
]


@pytest.mark.parametrize(
    ("html", "told", "state"), STATES, ids=[str(n) for n in range(len(STATES))]
)
def test_what_is_no_article_is_named(html, told, state):
    document = read(html, **told)
    assert state in document.states
    assert document.notes


BANNER = '<div id="cookie"><p>We use cookies. Accept all cookies or reject all of them.</p></div>'
ACCOUNT = '<header><a href="/in">Log in</a> <a href="/s">Already have an account?</a></header>'
ARTICLES = [
    page(*LONG),
    page(*LONG, tail=BANNER),
    page(*LONG, tail="<footer><p>Subscribe to continue reading all 40 editions.</p></footer>"),
    page(*LONG).replace("<article>", f"{ACCOUNT}<article>"),
    page(*LONG, title="Why so many links lead to a page not found by anybody", head="").replace(
        "<title>Why so many links lead to a page not found by anybody</title>", ""
    ),
    page(FIRST, SECOND, THIRD, tail=BANNER),
    page(
        *[
            f"Regulators say that we use cookies too often. Case {n} of 14 is open."
            for n in range(9)
        ]
    ),
]


@pytest.mark.parametrize("html", ARTICLES, ids=[str(n) for n in range(len(ARTICLES))])
def test_an_article_is_not_named_for_what_stands_beside_it(html):
    assert read(html).states == ()


def test_a_whole_article_that_came_with_an_error_has_a_note_and_no_state():
    document = read(page(*LONG), status=404)
    assert document.notes == ("the server answered with status 404",)
    assert document.states == ()
