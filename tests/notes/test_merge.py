"""Merging a newer draft: the reader's bytes stay, whatever the file looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperpath.model import ParsedPaper
from paperpath.notes import Draft, append, draft, marks, merge, named_key, set_marks
from tests.notes import samples

FULL = samples.full()
EARLY = samples.early()
OURS = "title authors year key arxiv doi url venue status tags paperpath".split()


def line(text: str, beginning: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(beginning))


# --------------------------------------------------------------------------- growing


def test_a_merged_note_is_the_fresh_one_when_nothing_was_written() -> None:
    assert merge(FULL.text, FULL).text == FULL.text


def test_blocks_that_the_pdf_brings_are_added_in_their_places() -> None:
    grown = merge(EARLY.text, FULL).text
    names = re.findall(r"paperpath:begin ([\w-]+)", grown)
    assert names == "problem contributions outline figures references highlights three-passes".split()
    assert merge(grown, FULL).text == grown


def test_words_around_the_blocks_survive_growth() -> None:
    mine = EARLY.text.replace("\n# Lanterns", "\nBEFORE\n\n# Lanterns").replace(
        "<!-- paperpath:begin three", "BETWEEN\n\n<!-- paperpath:begin three"
    )
    mine += "\nAFTER without a line end"
    grown = merge(mine, FULL).text
    assert outside(grown) == outside(mine)
    assert grown.endswith("\nAFTER without a line end")


def test_highlights_that_are_gone_leave_the_note() -> None:
    later = draft(samples.PAPER, samples.PARSED, owned=samples.OWNED)
    text = merge(FULL.text, later).text
    assert "<!-- paperpath:begin highlights -->\n<!-- paperpath:end highlights -->\n" in text
    assert merge(text, FULL).text == FULL.text


def test_an_unknown_pdf_says_nothing_against_what_an_earlier_one_brought() -> None:
    assert "begin outline" in merge(FULL.text, EARLY).text
    assert "2 Method · p. 2" in merge(FULL.text, EARLY).text


# --------------------------------------------------------------------------- the reader's doings


def test_a_deleted_block_stays_deleted() -> None:
    mine = without_block(FULL.text, "outline")
    assert merge(mine, FULL).text == mine
    grown = merge(without_block(EARLY.text, "problem"), FULL).text
    assert "begin problem" not in grown
    assert "begin outline" in grown


def test_empty_markers_ask_for_the_block_again() -> None:
    mine = without_block(FULL.text, "outline") + "<!-- paperpath:begin outline -->\n<!-- paperpath:end outline -->\n"
    assert "2 Method · p. 2" in merge(mine, FULL).text


def test_ticks_survive_and_do_not_count_as_words() -> None:
    mine = FULL.text.replace("- [ ] Clarity", "- [x] Clarity").replace("- [ ] Ideas", "- [/] Ideas")
    merged = merge(mine, FULL)
    assert merged.text == mine
    assert merged.problems == ()


def test_ticks_survive_a_new_wording_of_the_rest() -> None:
    name = "three-passes"
    older = replace(EARLY, blocks=tuple(replace(b, body=b.body.replace("Ideas:", "Dreams:")) for b in EARLY.blocks))
    memory = draft(samples.PAPER).front["paperpath"]
    assert isinstance(memory, dict)
    from paperpath.notes.blocks import digest

    body = next(block.body for block in older.blocks if block.name == name)
    older = replace(older, front={**older.front, "paperpath": {**memory, name: digest(body)}})
    mine = older.text.replace("- [ ] Clarity", "- [X] Clarity")
    merged = merge(mine, EARLY).text
    assert "- [X] Clarity" in merged
    assert "- [ ] Ideas:" in merged
    lost = older.text.replace("- [ ] Dreams", "- [x] Dreams")
    kept = merge(lost, EARLY)
    assert kept.text == lost  # a tick that has no place in the new wording keeps the old one
    assert len(kept.problems) == 1


def test_words_inside_a_block_are_kept_and_told() -> None:
    mine = EARLY.text.replace("- [ ] Clarity: is it well written?", "- [ ] Clarity: is it well written?\n  No!")
    assert merge(mine, EARLY).text == mine
    assert merge(mine, EARLY).problems == ()  # nothing new to write there, nothing to tell
    news = draft(replace(samples.PAPER, abstract="Other words. Entirely."))
    mine = EARLY.text.replace("Small rooms are dark.", "Small rooms are dark. Are they?")
    merged = merge(mine, news)
    assert "Are they?" in merged.text
    assert "your own words" in merged.problems[0]


@pytest.mark.parametrize("gone", ["<!-- paperpath:begin outline -->\n", "<!-- paperpath:end outline -->\n"])
def test_half_a_pair_of_markers_leaves_the_block_alone(gone: str) -> None:
    mine = FULL.text.replace(gone, "")
    fresh = draft(samples.PAPER, replace(samples.PARSED, pages=77, captions=()), owned=samples.OWNED)
    merged = merge(mine, fresh)
    assert "77 pages" not in merged.text
    assert merged.text.count("## Sections") == 1
    assert "A lantern in a [small] room" not in merged.text  # the other blocks go on
    assert "“outline” are incomplete" in merged.problems[0]


def test_doubled_and_interleaved_markers_are_left_alone() -> None:
    twice = FULL.text + FULL.text[FULL.text.index("<!-- paperpath:begin outline") :]
    assert merge(twice, FULL).text == twice
    crossed = FULL.text.replace("paperpath:end outline", "paperpath:X").replace(
        "paperpath:end figures", "paperpath:end outline"
    )
    crossed = crossed.replace("paperpath:X", "paperpath:end figures")
    fresh = draft(
        samples.PAPER,
        replace(samples.PARSED, pages=77, captions=()),
        owned=samples.OWNED,
        highlights=samples.HIGHLIGHTS,
    )
    assert outside(merge(crossed, fresh).text) == outside(crossed)
    assert "77 pages" not in merge(crossed, fresh).text


def test_blocks_in_another_order_are_updated_where_they_are() -> None:
    block = re.search(r"<!-- paperpath:begin three-passes.*?end three-passes -->\n", FULL.text, re.S)
    assert block
    mine = FULL.text.replace(block[0], "").replace(
        "<!-- paperpath:begin problem", block[0] + "<!-- paperpath:begin problem"
    )
    fresh = draft(samples.PAPER, replace(samples.PARSED, pages=77), owned=samples.OWNED, highlights=samples.HIGHLIGHTS)
    merged = merge(mine, fresh).text
    assert "77 pages" in merged
    assert merged.index("begin three-passes") < merged.index("begin problem")


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    windows = "\ufeff" + EARLY.text.replace("\n", "\r\n")
    grown = merge(windows, FULL).text
    assert grown.startswith("\ufeff---\r\n")
    assert grown.replace("\r\n", "").count("\n") == 0
    assert grown.replace("\r\n", "\n").removeprefix("\ufeff") == merge(EARLY.text, FULL).text
    assert merge(grown, FULL).text == grown


# --------------------------------------------------------------------------- front matter


def test_front_matter_keeps_the_readers_keys_comments_and_order() -> None:
    mine = (
        "---\n# my comment\nrating: 5   # of 5\ntitle: 'Old: title' # why\nauthors: [A, B]  # two\nyear: 1999\n\n"
        "aliases:\n- one\n- two\nnested: {a: [1, {b: c}]}\ndate: 2020-13-45\n"
        "arxiv: 2101.00001\nkey: vega2021lanterns\npaperpath: {problem: aaaaaaaa}\n# last\n---\nText\n"
    )
    merged = merge(mine, EARLY)
    assert merged.problems == ()
    assert merged.text.startswith(
        '---\n# my comment\nrating: 5   # of 5\ntitle: "Lanterns: Attention for Small Rooms" # why\n'
        "authors:\n  - Ana Vega\n  - Laurens van der Maaten\n  - OpenLamp  # two\nyear: 2021\n\n"
        "aliases:\n- one\n- two\nnested: {a: [1, {b: c}]}\ndate: 2020-13-45\n"
        "arxiv: 2101.00001\nkey: vega2021lanterns\npaperpath: {problem: aaaaaaaa, three-passes: "
    )
    assert "# last\n---\nText\n" in merged.text
    assert merge(merged.text, EARLY) == merged


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ("title: [unclosed\nkey: x", "line 3"),
        ("title: a: b", "line 2"),
        ("\ttab: x", "line 2"),
        ('x: "\\UFFFFFFFF"', "not YAML"),
        ("x: *nowhere", "line 2"),
        ("{title: a, key: b}", "braces"),
        ("a: 1\n--- \n", ""),
    ],
)
def test_broken_front_matter_keeps_the_whole_file_and_says_where(broken: str, where: str) -> None:
    text = f"---\n{broken}\n---\n" + FULL.text.split("---\n", 2)[2]
    merged = merge(text, draft(samples.PAPER, replace(samples.PARSED, pages=77)))
    if where:
        assert merged.text == text
        assert where in merged.problems[0]
        assert set_marks(text, "read", ()).text == text
        assert marks(text).problems
    assert named_key(text) is None


def test_yaml_corners_that_cannot_be_edited_safely_are_left_alone() -> None:
    for front in ("x: &t Old\ntitle: *t", "title: &t Old\nx: *t", "title: &t Old\nx: [*t]"):
        text = f"---\n{front}\nkey: k\npaperpath: {{}}\n---\n"
        merged = merge(text, EARLY)
        assert merged.text == text
        assert "front matter cannot be" in merged.problems[0]
    twice = merge("---\ntitle: One\ntitle: Two\nmine: 1\npaperpath: {}\n---\n", EARLY)
    assert twice.text.startswith('---\ntitle: One\ntitle: "Lanterns')  # YAML readers take the last one


def test_a_file_that_paperpath_did_not_draft_gets_nothing_unasked() -> None:
    for mine in (
        "Just my words.\n",
        "---\ntitle: Mine\n---\nWords\n",
        "",
        "---\n\nA rule above and one below\n\n---\n",
    ):
        assert merge(mine, FULL).text == mine
    asked = "Words\n<!-- paperpath:begin outline -->\n<!-- paperpath:end outline -->\n"
    assert "2 Method" in merge(asked, FULL).text


def test_comments_inside_a_value_of_ours_survive_its_change() -> None:
    mine = EARLY.text.replace("authors:\n  - Ana Vega\n", "authors:\n  # the first is the last\n  - Ana V.  # sic\n")
    merged = merge(mine, EARLY)
    assert "authors:\n  # the first is the last\n  # sic\n  - Ana Vega\n  - Laurens" in merged.text
    assert merge(merged.text, EARLY) == merged


def test_multi_line_values_are_replaced_whole() -> None:
    for old in (
        "title: |\n  Old\n  title\n",
        "title: >-\n  Old\n  title\n\n",
        'title: "Old\n  title"\n',
        "title:\n",
        "title: [a,\n  b]\n",
    ):
        text = EARLY.text.replace(line(EARLY.text, "title:") + "\n", old)
        assert text != EARLY.text
        merged = merge(text, EARLY)
        assert merged.problems == ()
        assert line(merged.text, "title:") == 'title: "Lanterns: Attention for Small Rooms"'


# --------------------------------------------------------------------------- status and tags


def test_status_and_tags_in_the_file_are_the_readers() -> None:
    mine = FULL.text.replace("status: reading", "status: read # yes").replace(
        "tags: [light, to-check]", "tags:\n  - '#dim'"
    )
    assert merge(mine, FULL).text == mine
    assert (marks(mine).status, marks(mine).tags) == ("read", ("dim",))


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("tags: [a, b]", ("a", "b")),
        ("tags: a, #b", ("a",)),  # for YAML the rest is a comment
        ("tags: a, b c", ("a", "b c")),
        ("tags:", ()),
        ("tags: []", ()),
        ("tags:\n- 2017\n- no\n- a\n- a", ("2017", "no", "a")),
        ("tags: [[a], b]", None),
        ("other: 1", None),
    ],
)
def test_tags_are_read_generously(written: str, tags: tuple[str, ...] | None) -> None:
    assert marks(f"---\n{written}\n---\n").tags == tags


def test_marks_are_set_in_place() -> None:
    mine = EARLY.text.replace("status: unread", "status: unread  # soon")
    done = set_marks(mine, "read", ("new", "no", "x: y"))
    assert "status: read  # soon\n" in done.text
    assert 'tags: [new, "no", "x: y"]\n' in done.text
    assert marks(done.text).tags == ("new", "no", "x: y")
    assert set_marks(done.text, "read", ("x: y", "new", "no")).text == done.text
    assert outside(done.text) == outside(mine)


def test_a_deleted_status_stays_deleted() -> None:
    mine = EARLY.text.replace("status: unread\n", "")
    assert set_marks(mine, "read", ()).text == mine
    assert set_marks("No front matter\n", "read", ("a",)).text == "No front matter\n"


def test_append_makes_a_paragraph_of_it() -> None:
    assert append("Words", "more") == "Words\n\nmore\n"
    assert append("Words\n\n\n", "more\n") == "Words\n\n\nmore\n"
    assert append("Words\r\n", "a\nb") == "Words\r\n\r\na\r\nb\r\n"
    assert append("", "more") == "more\n"


def test_named_key_finds_a_renamed_file() -> None:
    assert named_key(FULL.text) == "vega2021lanterns"
    assert named_key("words") is None


# --------------------------------------------------------------------------- properties


def without_block(text: str, name: str) -> str:
    return re.sub(rf"<!-- paperpath:begin {name} -->.*?<!-- paperpath:end {name} -->\n", "", text, flags=re.S)


def outside(text: str) -> str:
    """Independent of the code under test: the note without well-formed blocks and without our front matter keys.

    Empty lines of the front matter are left out, and comments inside values of ours count wherever they stand.
    """
    parts = re.match(r"\A\ufeff?---[ \t]*\r?\n(.*?)(^---[ \t]*\r?(?:\n.*)?)\Z", text, re.S | re.M)
    front, body = (parts[1], parts[2]) if parts else ("", text)
    kept, ours = [], False
    for row in front.splitlines():
        if not row.strip():
            continue
        if row.strip().startswith("#"):
            kept.append(row.strip())
        elif row[0] not in " -":
            ours = row.split(":")[0] in OURS
        if not ours and not row.strip().startswith("#"):
            kept.append(row)
    marker = re.compile(r"^[ \t]*<!-- paperpath:(begin|end) ([\w-]+) -->[ \t]*\r?$", re.M)
    found = list(marker.finditer(body))
    names = [match[2] for match in found]
    for one, two in reversed([*pairwise(found)]):
        if one[1] == "begin" and two[1] == "end" and one[2] == two[2] and names.count(one[2]) == 2:
            body = body[: one.start()] + body[min(two.end() + 1, len(body)) :]
    return "\n".join(kept) + body


WORDS = st.text(
    st.characters(exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=("Cs",)), max_size=30
)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "---",
            "- [x] done",
            "## Sections",
            "mine: 1 # c",
            "  - item",
            "<!-- paperpath:begin outline -->",
            "<!-- paperpath:end outline -->",
            "<!-- paperpath:begin figures -->",
            "<!-- paperpath:end three-passes -->",
            "<!-- paperpath:begin unknown -->",
        ]
    ),
)


@st.composite
def edited_notes(draw: st.DrawFn) -> str:
    """A drafted note after an afternoon with a reader, a cat and a synchronising disk."""
    lines = draw(st.sampled_from([FULL.text, EARLY.text])).split("\n")
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(["insert", "insert", "delete", "cut", "double", "move"])):
            case "insert":
                lines[at:at] = draw(LINES).split("\n")
            case "delete":
                del lines[at : at + 1]
            case "cut":
                del lines[at : at + draw(st.integers(1, 25))]
            case "double":
                lines[at:at] = lines[at : at + draw(st.integers(1, 12))]
            case "move":
                moved = lines[at : at + 4]
                del lines[at : at + 4]
                lines[len(lines) // 2 : 0] = moved
    text = draw(st.sampled_from(["\n", "\r\n"])).join(lines)
    return draw(st.sampled_from(["", "\ufeff"])) + text


NEWER = draft(
    replace(samples.PAPER, venue="Journal of Large Rooms", abstract="Rooms are bright now. Really."),
    replace(samples.PARSED, pages=77, captions=samples.PARSED.captions[:1]),
    owned=samples.OWNED,
)
BARE = draft(samples.PAPER, ParsedPaper(pages=1))


@given(edited_notes(), st.sampled_from([FULL, EARLY, NEWER, BARE]))
@example("---\nkey: k\npaperpath: {}\n---", FULL)
@example("---\npaperpath: {}\n---\nwords", FULL)
def test_everything_outside_stays_and_merging_twice_is_merging_once(text: str, fresh: Draft) -> None:
    merged = merge(text, fresh)
    kept, before = outside(merged.text), outside(text)
    assert kept in (before, f"{before}\n", f"{before}\r\n")  # a block after a last line without end needs one
    assert merge(merged.text, fresh) == merged
    names = re.findall(r"paperpath:begin ([\w-]+)", merged.text)
    previous = re.findall(r"paperpath:begin ([\w-]+)", text)
    assert all(names.count(name) <= max(1, previous.count(name)) for name in names)


@given(edited_notes(), st.sampled_from(["unread", "read"]), st.lists(WORDS.map(str.strip), max_size=3))
def test_setting_marks_changes_two_keys_and_nothing_else(text: str, status: str, tags: list[str]) -> None:
    names = tuple(
        dict.fromkeys(name for tag in tags if (name := "".join(filter(str.isprintable, tag)).lstrip("#").strip()))
    )
    done = set_marks(text, status, names)
    assert outside(done.text) == outside(text)
    assert set_marks(done.text, status, names) == done
    if not done.problems and marks(text).status is not None:
        assert marks(done.text).status == status


@given(WORDS, WORDS)
def test_the_readers_text_is_kept_to_the_byte_through_a_life_of_drafts(above: str, below: str) -> None:
    text = EARLY.text.replace("\n# Lanterns", f"\n{above}\n# Lanterns") + below
    before = outside(text)
    for fresh in (FULL, NEWER, BARE, EARLY, FULL):
        text = merge(text, fresh).text
        assert outside(text).rstrip("\n") == before.rstrip("\n")
    assert text.encode().decode() == text
