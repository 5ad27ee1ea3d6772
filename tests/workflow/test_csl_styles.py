from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from paperpath.errors import BadFile, BadInput
from paperpath.workflow import csl_styles

if TYPE_CHECKING:
    from pathlib import Path

CSL = "{http://purl.org/net/xbiblio/csl}"
FILES = sorted(path.name for path in csl_styles.OURS.glob("*.csl"))
STYLE = '<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>Mine</title>{}</info></style>'
LIKE = '<link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return tmp_path


def written(path: Path, inside: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(STYLE.format(inside), encoding="utf-8")
    return path


def test_the_licence_names_every_style_as_it_is() -> None:
    rows = re.findall(
        r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \| `(.+?)` \|$",
        (csl_styles.OURS / "LICENSE.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert [row[0] for row in rows] == FILES
    for name, title, author, date, digest in rows:
        data = (csl_styles.OURS / name).read_bytes()
        info = ElementTree.fromstring(data).find(f"{CSL}info")
        assert info is not None
        assert info.findtext(f"{CSL}title") == title == csl_styles.names()[name.removesuffix(".csl")]
        assert info.findtext(f"{CSL}author/{CSL}name") == author
        assert (info.findtext(f"{CSL}updated") or "").startswith(date)
        licence = info.find(f"{CSL}rights")
        assert licence is not None
        assert licence.get("license") == "http://creativecommons.org/licenses/by-sa/3.0/"
        assert hashlib.sha256(data).hexdigest().startswith(digest)


def test_each_of_ours_is_found_by_its_names() -> None:
    for name, title in csl_styles.names().items():
        assert title
        assert csl_styles.find(name.upper()).name in FILES
    assert csl_styles.find("mla").name == "modern-language-association.csl"


def test_a_file_is_taken_as_it_is(home: Path) -> None:
    path = written(home / "odd name.csl")
    assert csl_styles.find(str(path)) == path
    assert csl_styles.find("~/odd name.csl") == path


@pytest.mark.parametrize("folder", ["Zotero/styles", ".local/share/pandoc/csl", ".pandoc/csl"])
def test_styles_of_zotero_and_pandoc_are_found_by_name(home: Path, folder: str) -> None:
    path = written(home / folder / "cell.csl")
    assert csl_styles.find("cell") == path
    with pytest.raises(BadInput, match=r"There is no style 'cel'\. Did you mean cell"):
        csl_styles.find("cel")


def test_a_style_that_is_like_another_one_is_that_one(home: Path) -> None:
    assert csl_styles.find(str(written(home / "a.csl", LIKE.format("nature")))) == csl_styles.OURS / "nature.csl"
    parent = written(home / "cell.csl")
    assert csl_styles.find(str(written(home / "b.csl", LIKE.format("cell")))) == parent
    with pytest.raises(BadFile, match=r"only says that it is like neuron\. Download https:.*/neuron"):
        csl_styles.find(str(written(home / "c.csl", LIKE.format("neuron"))))


def test_what_is_no_style_says_so(home: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no style 'zebra'\. There are: apa, .*www\.zotero\.org"):
        csl_styles.find("zebra")
    with pytest.raises(BadFile, match=r"There is no style gone\.csl, or it cannot be read"):
        csl_styles.find("gone.csl")
    (home / "page.csl").write_text("<html>Not found</html>", encoding="utf-8")
    with pytest.raises(BadFile, match="is no citation style"):
        csl_styles.find(str(home / "page.csl"))
