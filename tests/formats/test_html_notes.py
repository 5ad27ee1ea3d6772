"""Zotero's notes as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperpath.formats.html_notes import markdown


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<div data-schema-version="9"><h1>Kettles</h1>\n<p>They <strong>boil</strong>.</p></div>',
            "# Kettles\n\nThey **boil**.",
        ),
        ("<p>One<br>two</p><p>three</p>", "One\ntwo\n\nthree"),
        ("<ul><li>tea<ul><li>green</li></ul></li><li><p>water</p></li></ul>", "- tea\n  - green\n- water"),
        ("<ol>\n<li>fill</li>\n<li>boil</li>\n</ol>\n<p>Done.</p>", "1. fill\n2. boil\n\nDone."),
        ("<blockquote><p>Hot.</p><p>Very.</p></blockquote><p>So.</p>", "> Hot.\n>\n> Very.\n\nSo."),
        ('See <a href="https://tea.example/(b)">it</a>, <em>now</em>', "See [it](https://tea.example/%28b%29), *now*"),
        ("<p>5 &lt; 7 &amp; &lt;b&gt;</p>", r"5 < 7 & \<b>"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<p><img alt="the lid" data-attachment-key="X"> open</p>', "[the lid] open"),
        ("<script>x()</script><p>Tea</p><!-- paperpath:begin outline -->", "Tea"),
        ("Plain words\n\nin two paragraphs", "Plain words\n\nin two paragraphs"),
        ("</ul></li><p>", ""),
        ("<p>one <b>two</b> three</p>", "one **two** three"),
    ],
)  # fmt: skip
def test_markdown(html: str, text: str) -> None:
    assert markdown(html) == text


TAGS = [f"<{slash}{tag}>" for tag in "p ul ol li blockquote pre b a h1 script br".split() for slash in ("", "/")]


@given(st.lists(st.sampled_from([*TAGS, "<", "&lt;!--", " ", "\n", "tea", "<!-- x", '<a href="y">'])))
@example(["<", "&lt;!--"])
def test_nothing_raises_and_no_tag_is_left(parts: list[str]) -> None:
    text = markdown("<p>" + "".join(parts)).replace(r"\<", "&lt;")
    assert "<!--" not in text
    assert "<p" not in text


def test_hostile_notes_take_linear_time() -> None:
    for text in ("<ul>" * 20_000, "<blockquote>" * 20_000, "<li>x" * 20_000, "&" * 100_000):
        markdown(text)
