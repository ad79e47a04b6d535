"""What entries of a list and new paragraphs take over from the text before them."""

from tests.reading.prose.documents import make_document

from analysis import extract
from analysis.model.documents import Block


def read(parts, published="2022-02-01"):
    """Return service, actor, act and value of the figures in paragraphs and list entries."""
    text, blocks = "", []
    for kind, words in parts:
        blocks.append(Block(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    found = extract(make_document(text, published, blocks=blocks)).observations
    return [(row.platform, row.actor, row.action, row.value) for row in found]


def listed(lead, *entries):
    return [("paragraph", lead), *(("list_item", entry) for entry in entries)]


def test_an_entry_leans_on_the_lead_and_not_on_the_entry_before():
    lead = "Europol's unit searched networks in 2021. The action days brought:"
    parts = listed(
        lead, "14 September, with TikTok: 2,310 videos were referred.", "20 May: 40 links."
    )
    assert read(parts) == [
        ("tiktok", "europol", "referred", 2310),
        ("several", "europol", "referred", 40),
    ]


def test_in_a_paragraph_the_service_named_last_holds():
    text = (
        "Facebook counts for 2021. On Instagram it removed 40 accounts in 2021, said Instagram. "
        "Another 30 accounts were removed."
    )
    assert [row[0] for row in read([("paragraph", text)])] == ["instagram", "instagram"]


def test_a_service_of_one_entry_is_not_that_of_the_next():
    parts = listed("In 2021 Facebook removed:", "40 accounts on Instagram", "30 accounts")
    assert [row[0] for row in read(parts)] == ["instagram", "facebook"]


def test_what_a_service_did_with_a_part_is_not_the_act_of_the_next_entry():
    lead = "In 2021 the police referred posts to services."
    entry = "TikTok: 40 videos were referred, of which 30 were removed"
    assert read(listed(lead, entry, "60 posts")) == [
        ("tiktok", "government", "referred", 40),
        ("tiktok", "platform", "removed", 30),
        ("several", "government", "referred", 60),
    ]


def test_the_lead_holds_again_behind_the_list():
    parts = listed("In 2021 Facebook removed:", "40 accounts on Instagram")
    behind = ("paragraph", "Another 50 accounts were removed.")
    assert [row[0] for row in read([*parts, behind])] == ["instagram", "facebook"]


def test_in_a_text_led_by_an_authority_a_service_is_told_of_for_one_paragraph():
    asked = "In 2021 it referred 400 links to Facebook. Another 30 links were referred."
    later = "It also referred 90 posts in 2021."
    parts = [("paragraph", words) for words in ("Europol works on networks.", asked, later)]
    assert [row[0] for row in read(parts)] == ["facebook", "facebook", "several"]
    asked = "In 2021 Europol referred 400 links to Facebook. Another 30 links were referred."
    parts = [("paragraph", words) for words in ("Facebook works with it.", asked, later)]
    assert [row[0] for row in read(parts)] == ["facebook", "facebook", "facebook"]
