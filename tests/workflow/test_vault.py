"""Notes and highlights in somebody's vault: all that the library knows, and nothing of theirs touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import yaml

from paperpath.errors import BadFile, BadInput
from paperpath.model import Author, Highlight, Paper
from paperpath.notes import vault_page
from paperpath.workflow import annotating, noting, parsing, rekeying, vault
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, PARSED

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.workflow.vault import Exported

KEY, OTHER = LANTERNS.key, LAMPS.key
LATER = Highlight("One match suffices.", section="2 Method", page=2, colour="green", comment="#todo Which one?\nAsk.")
FIRST = Highlight("Wicks made of cotton burn for long.", section="1 Introduction", page=1)


@pytest.fixture
def marked(shelf: Library) -> Library:
    """The library where one paper is parsed, has a note, tags and two highlights, the later one made first."""
    parsing.keep_parsed(shelf, KEY, PARSED)
    annotating.highlight(shelf, KEY, LATER)
    annotating.highlight(shelf, KEY, FIRST)
    annotating.tag(shelf, [KEY], add=["light", "read later", "2024"])
    noting.append_note(shelf, KEY, "Compare [the lamps](vega2001lamps.md) with [a page](https://example.org/x.md).")
    return shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "vault"
    place.mkdir()
    return place


def export(library: Library, folder: Path, *keys: str, dry_run: bool = False) -> list[Exported]:
    wanted = keys or (OTHER, KEY, BULBS.key)
    return list(vault.export_pages(library, folder, wanted, dry_run=dry_run))


def states(done: list[Exported]) -> list[str]:
    return [one.state for one in done]


def front(path: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_a_page_has_what_the_library_knows(marked: Library, folder: Path) -> None:
    assert states(export(marked, folder)) == ["new"] * 3
    page = folder / f"@{KEY}.md"
    known = front(page)
    memory = known.pop("paperpath")
    assert isinstance(memory, dict)
    assert known == {
        "citekey": KEY,
        "title": LANTERNS.title,
        "authors": ["Ana Vega", "Bo Okafor"],
        "year": 2021,
        "arxiv": "2101.00001",
        "url": "https://arxiv.org/abs/2101.00001",
        "status": "unread",
        "tags": ["_2024", "light", "read-later"],
        "aliases": [LANTERNS.title],
    }
    text = page.read_text(encoding="utf-8")
    assert "[[Ana Vega]], [[Bo Okafor]]\n" in text
    assert "- [[@vega2001lamps|Lamps and How They Burn]], Vega 2001 \\[1\\]\n" in text
    assert "Compare [[@vega2001lamps|the lamps]] with [a page](https://example.org/x.md)." in text
    first, second = (mark.id for mark in sorted(marked.get(KEY).highlights, key=lambda mark: mark.page or 0))
    assert (
        f"### 1 Introduction\n\n> [!quote|yellow] p. 1 · yellow\n> {FIRST.quote}\n\n^h{first}\n\n"
        f"### 2 Method\n\n> [!quote|green] p. 2 · green\n> {LATER.quote}\n\n^h{second}\n\n#todo Which one?\nAsk.\n"
    ) in text
    assert "Sections" not in text  # drafted for the library's own note: the paper has them


def test_exporting_twice_writes_nothing(marked: Library, folder: Path) -> None:
    export(marked, folder)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert states(export(marked, folder)) == ["same"] * 3
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_a_dry_run_tells_the_same_and_writes_nothing(marked: Library, folder: Path) -> None:
    told = export(marked, folder / "new", dry_run=True)
    assert states(told) == ["new"] * 3
    assert list(folder.iterdir()) == []
    assert export(marked, folder / "new") == told


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_wrote_stays_to_the_byte(marked: Library, folder: Path, newline: str) -> None:
    export(marked, folder)
    page = folder / f"@{KEY}.md"
    text = page.read_text(encoding="utf-8").replace("year: 2021", "rating: 5  # of 5\nyear: 2021")
    text = text.replace("<!-- paperpath:begin highlights", "Mine\u00a0: before.  \n\n<!-- paperpath:begin highlights")
    text += "\n\n## Thoughts\n\n\tfor later…\n\n\n"
    page.write_bytes(text.replace("\n", newline).encode())
    annotating.highlight(marked, KEY, Highlight("Small rooms are dark.", section="1 Introduction", page=1))
    assert states(export(marked, folder, KEY)) == ["changed"]
    now = page.read_bytes().decode()
    assert "> Small rooms are dark." in now
    mark = marked.get(KEY).highlights[-1]
    news = f"> [!quote|yellow] p. 1 · yellow\n> Small rooms are dark.\n\n^h{mark.id}\n\n".replace("\n", newline)
    memory = [line for line in now.split(newline) if line.startswith("paperpath: ")]
    then = [line for line in text.split("\n") if line.startswith("paperpath: ")]
    assert now.replace(news, "").replace(memory[0], then[0]) == text.replace("\n", newline)


def test_words_between_the_markers_are_kept_and_told(marked: Library, folder: Path) -> None:
    export(marked, folder)
    page = folder / f"@{KEY}.md"
    edit(page, FIRST.quote, f"{FIRST.quote} So true!")
    annotating.highlight(marked, KEY, Highlight("Small rooms are dark.", page=1))
    (done,) = export(marked, folder, KEY)
    assert done.state == "left"
    assert done.problems[0].startswith("The block “highlights” has your own words in it")
    assert "So true!" in page.read_text(encoding="utf-8")


def test_status_tags_and_aliases_of_both_sides_count(marked: Library, folder: Path) -> None:
    export(marked, folder)
    page = folder / f"@{KEY}.md"
    edit(page, 'tags: ["_2024", light, read-later]', "tags: [light, of-my-own]")
    edit(page, f'aliases:\n  - "{LANTERNS.title}"', "aliases: [Lanterns]")
    annotating.tag(marked, [KEY], add=["new"], remove=["light"])
    annotating.set_status(marked, [KEY], "reading")
    export(marked, folder, KEY)
    assert front(page)["tags"] == ["of-my-own", "new"]
    assert front(page)["aliases"] == ["Lanterns"]
    assert front(page)["status"] == "reading"
    edit(page, "status: reading", "status: seedling")
    annotating.set_status(marked, [KEY], "read")
    export(marked, folder, KEY)
    assert front(page)["status"] == "seedling"
    assert states(export(marked, folder, KEY)) == ["same"]


def test_a_page_that_was_renamed_and_moved_is_found_again_and_linked_to(marked: Library, folder: Path) -> None:
    export(marked, folder)
    (folder / "physics").mkdir()
    moved = (folder / f"@{OTHER}.md").rename(folder / "physics" / "Old lamps.md")
    assert [one.path for one in export(marked, folder, OTHER, KEY)] == [moved, folder / f"@{KEY}.md"]
    assert not (folder / f"@{OTHER}.md").exists()
    assert "- [[Old lamps|Lamps" in (folder / f"@{KEY}.md").read_text(encoding="utf-8")
    assert front(moved)["aliases"] == [LAMPS.title, f"@{OTHER}"]


def test_another_key_leaves_the_page_where_links_find_it(marked: Library, folder: Path) -> None:
    export(marked, folder)
    page = folder / f"@{KEY}.md"
    edit(page, "\n# ", "\nMy words.\n\n# ")
    rekeying.rename(marked, KEY, "vega2021rooms")
    (done,) = export(marked, folder, "vega2021rooms")
    assert (done.path, done.state, done.problems) == (page, "changed", ())
    assert front(page)["citekey"] == "vega2021rooms"
    assert front(page)["aliases"] == [LANTERNS.title, "@vega2021rooms"]
    assert "My words." in page.read_text(encoding="utf-8")
    assert len(list(folder.iterdir())) == 3


def test_of_two_pages_on_one_paper_one_is_kept_up_to_date_and_both_stay(marked: Library, folder: Path) -> None:
    export(marked, folder)
    copy = folder / "A copy.md"
    copy.write_bytes((folder / f"@{KEY}.md").read_bytes())
    annotating.set_status(marked, [KEY], "read")
    before = copy.read_bytes()
    (done,) = export(marked, folder, KEY)
    assert (done.path, done.state) == (folder / f"@{KEY}.md", "changed")
    assert str(copy) in done.problems[0]
    assert copy.read_bytes() == before


def test_strange_files_are_left_alone_until_their_owner_says_otherwise(marked: Library, folder: Path) -> None:
    page = folder / f"@{KEY}.md"
    page.write_text(f"---\ncitekey: {KEY}\nrating: 4\n---\nFrom another plug-in.\n", encoding="utf-8")
    before = page.read_bytes()
    (done,) = export(marked, folder, KEY)
    assert done.state == "left"
    assert "not written by paperpath" in done.problems[0]
    assert page.read_bytes() == before
    edit(page, "rating: 4", "rating: 4\npaperpath: {}")
    assert states(export(marked, folder, KEY)) == ["changed"]
    text = page.read_text(encoding="utf-8")
    assert FIRST.quote in text
    assert "From another plug-in.\n" in text
    assert front(page)["rating"] == 4
    assert states(export(marked, folder, KEY)) == ["same"]


def test_an_empty_file_that_a_click_on_a_link_made_becomes_a_page(marked: Library, folder: Path) -> None:
    (folder / f"@{KEY}.md").write_bytes(b"")
    assert states(export(marked, folder, KEY)) == ["changed"]
    assert front(folder / f"@{KEY}.md")["citekey"] == KEY


@pytest.mark.parametrize("content", [b"---\ncitekey: [a\npaperpath: {}\n---\n", b"\xff\xfe no text"])
def test_files_that_cannot_be_read_stay_as_they_are(marked: Library, folder: Path, content: bytes) -> None:
    page = folder / f"@{KEY}.md"
    page.write_bytes(content)
    done = export(marked, folder)
    assert states(done) == ["new", "left", "new"]
    assert done[1].problems
    assert page.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="links want a privilege there")
def test_nothing_outside_the_folder_is_touched(marked: Library, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"")
    (folder / f"@{KEY}.md").symlink_to(outside)
    (folder / f"@{OTHER}.md").symlink_to(tmp_path / "nowhere.md")
    done = export(marked, folder)
    assert states(done) == ["left", "left", "new"]
    assert "leads out of the folder" in done[0].problems[0]
    assert outside.read_bytes() == b""
    assert not (tmp_path / "nowhere.md").exists()


def test_hidden_folders_are_not_looked_into(marked: Library, folder: Path) -> None:
    export(marked, folder, KEY)
    (folder / ".trash").mkdir()
    trashed = (folder / f"@{KEY}.md").rename(folder / ".trash" / "gone.md")
    before = trashed.read_bytes()
    annotating.set_status(marked, [KEY], "read")
    assert states(export(marked, folder, KEY)) == ["new"]
    assert trashed.read_bytes() == before


def test_where_nothing_can_be_written(marked: Library, folder: Path) -> None:
    with pytest.raises(BadInput, match="in the library itself"):
        export(marked, marked.files.notes)
    (folder / "file").touch()
    with pytest.raises(BadFile, match="is a file"):
        export(marked, folder / "file")
    with pytest.raises(BadFile, match="There is no folder"):
        export(marked, folder / "no" / "such")
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_the_library_in_a_vault_is_no_page(marked: Library, tmp_path: Path) -> None:
    assert states(export(marked, tmp_path)) == ["new"] * 3
    assert states(export(marked, tmp_path)) == ["same"] * 3


def test_names_are_names_everywhere(library: Library, folder: Path) -> None:
    keys = ["DBLP:conf/nips/V17", "DBLP:conf:nips:V17", "con", "a^b#c|d", "../../up", "é" * 200]
    papers = [Paper(f"On {number}", (Author(f"N{number}"),), key=key) for number, key in enumerate(keys)]
    with library.quietly():
        library.add(papers, lambda paper, taken: paper.key)
    done = export(library, folder, *sorted(library.keys()))
    names = [one.path.name for one in done]
    assert states(done) == ["new"] * 6
    assert len({name.casefold() for name in names}) == 6
    assert {"@DBLP-conf-nips-V17.md", "@DBLP-conf-nips-V17-2.md", "@con.md", "@a-b-c-d.md"} <= set(names)
    assert not any(set(name) & set('<>:"/\\|?*#^[]') or len(name.encode()) > 130 for name in names)
    assert all(one.path.parent == folder for one in done)
    assert states(export(library, folder, *sorted(library.keys()))) == ["same"] * 6


def test_words_of_a_paper_are_no_syntax(marked: Library, folder: Path) -> None:
    tricky = "# %% and [[x]] #tag <!-- paperpath:end highlights --> ==y==\n\n1. item ^id"
    mark = annotating.highlight(marked, KEY, Highlight(tricky, page=9))
    export(marked, folder, KEY)
    text = (folder / f"@{KEY}.md").read_text(encoding="utf-8")
    assert (
        "> \\# \\%\\% and \\[\\[x]] \\#tag \\<!-- paperpath:end highlights --> \\=\\=y\\=\\=\n>\n> 1\\. item \\^id"
        in text
    )
    annotating.remove_highlight(marked, KEY, mark.id or 0)
    assert states(export(marked, folder, KEY)) == ["changed"]
    assert "item" not in (folder / f"@{KEY}.md").read_text(encoding="utf-8")


def test_a_paper_without_its_text_loses_no_links(marked: Library, folder: Path) -> None:
    export(marked, folder, KEY)
    marked.files.parsed(marked.get(KEY).paper).unlink()
    export(marked, folder, KEY)
    assert "[[@vega2001lamps|" in (folder / f"@{KEY}.md").read_text(encoding="utf-8")


def test_two_papers_that_became_one(marked: Library, folder: Path) -> None:
    export(marked, folder)
    marked.unite(KEY, BULBS.key, marked.get(KEY).paper)
    (done,) = export(marked, folder, KEY)
    assert done.path == folder / f"@{KEY}.md"
    assert f"@{BULBS.key}.md" in done.problems[0]
    assert (folder / f"@{BULBS.key}.md").exists()


def test_plain_markdown_of_those_that_have_something(marked: Library) -> None:
    text = vault.markdown(marked, [OTHER, KEY])
    assert text.startswith(f"# {LANTERNS.title}\n\nAna Vega, Bo Okafor\n\n2021 · [arXiv:2101.00001](")
    assert f"### 1 Introduction\n\n> {FIRST.quote}\n>\n> — p. 1 · yellow\n\n### 2 Method" in text
    assert "## My notes\n\nCompare [the lamps](vega2001lamps.md)" in text
    assert "[[" not in text
    assert "paperpath:" not in text
    assert vault.markdown(marked, [OTHER]) == ""


def test_the_key_is_told_without_reading_yaml_of_strangers() -> None:
    assert vault_page.names_paper("---\nciteKey: x\n---\n") is None
    assert vault_page.names_paper("---\ncitekey: x\npaperpath: mine\n---\n") is None
    assert vault_page.names_paper("---\ncitekey: x\npaperpath: {}\n---\n") == "x"
