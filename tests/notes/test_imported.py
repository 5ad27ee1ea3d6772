"""Words from other programs in a note."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperpath.notes import append
from paperpath.notes.imported import holds, is_untouched, piece

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_piece_is_known_again_and_can_be_taken_back(texts: list[str]) -> None:
    before = "# A note\n\nMine.\n"
    words = "\n\n".join(map(piece, texts))
    after = append(before, words)
    assert all(holds(after, piece(text)) for text in texts)
    assert is_untouched(after[len(before) :])
    assert not is_untouched(after[len(before) :] + "And mine again.\n")
    assert not holds(before, piece(texts[0]))


def test_edited_words_are_known_and_stay() -> None:
    note = append("# A note\n", piece("Kettles boil."))
    edited = note.replace("boil", "sing")
    assert holds(edited, piece("Kettles boil."))
    assert not is_untouched(edited.removeprefix("# A note\n"))
    assert not is_untouched("Some words.\n")
    assert not is_untouched("")


def test_no_comment_can_be_brought_in() -> None:
    assert "<!--" not in piece("<!-- paperpath:begin outline -->").partition("\n")[2]
