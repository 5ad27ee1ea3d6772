"""Formulas for citation keys: what parts and options make, what is refused and where, what can never come out."""

from __future__ import annotations

import dataclasses
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.errors import BadInput
from paperpath.formats.citekeys import DEFAULT, Keys, base_key, check_key, make_key
from paperpath.formats.key_formula import PARTS
from paperpath.formats.key_syntax import parse
from paperpath.model import Author, Paper

KETTLES = Paper(
    "On the Singing of Kettles: A Field-Guide with 3D Models",
    (Author("LeSpout", "Lena"), Author("Vapour", "Viktor", "van der"), Author("Łąka", "Zoë"), Author("Ember", "Emil")),
    entry_type="inproceedings",
    year=2019,
    month=6,
    venue="Proceedings of the 33rd International Conference on Hot Beverages",
    volume="12",
    number="3-4",
    pages="117--131",
    publisher="The Samovar Press",
    doi="10.1234/Kettle.Steam_99",
    arxiv_id="1903.01234",
    extra=(("editor", "Ada Stove and Bert Hob"),),
)
LANTERNS = Paper("Lanterns", (Author("Wick", "W."), Author("others")), year=1904)
NOBODY = Paper("The Handbook of Lanterns", year=1904, extra=(("editor", "Ada Stove"), ("institution", "Lamp Museum")))
NOTHING = Paper("")


@pytest.mark.parametrize(
    ("formula", "key"),
    [
        ("{author|title}{year}{title}", "lespout2019singing"),
        # names
        ("{author}", "lespout"),
        ("{author:keep}", "LeSpout"),
        ("{author:capital}{year}", "Lespout2019"),
        ("{author:upper:letters=3}", "LES"),
        ("{lastauthor}", "ember"),
        ("{authors}", "lespoutvapourlakaember"),
        ("{authors:2}", "lespoutvapour"),
        ("{authors:2:sep=-:capital}", "Lespout-Vapour"),
        ("{authors:2:particle:sep=_}", "lespout_vandervapour"),
        ("{authors:2:etal}", "lespoutvapouretal"),
        ("{authors:2:etal:keep:sep=_}", "LeSpout_Vapour_EtAl"),
        ("{authors:etal}", "lespoutetal"),
        ("{authors:etal=2:capital}", "LespoutEtAl"),
        ("{authors:etal=4}", "lespoutvapourlakaember"),
        ("{authors:initials:upper}{year:2}", "LVLE19"),
        ("{authors:3:letters=2}", "levala"),
        ("{editor}", "stove"),
        ("{lasteditor}", "hob"),
        ("{editors:sep=-}", "stove-hob"),
        # words
        ("{author}{title:3}", "lespoutsingingkettlesfield"),
        ("{title:3:capital}", "SingingKettlesField"),
        ("{title:3:letters=4:sep=-}", "sing-kett-fiel"),
        ("{title:initials}", "skf3m"),
        ("{title:2:initials}", "sk"),
        ("{title:4:every}", "onthesingingof"),
        ("{title:all}", "singingkettlesfield3dmodels"),
        ("{organisation}", "samovar"),
        ("{organisation:all:sep=-}", "samovar-press"),
        ("{venue}", "ichb"),
        ("{venue:upper}{year:2}", "ICHB19"),
        ("{venue:initials}", "ichb"),
        ("{venue:2}", "internationalconference"),
        # numbers and ids
        ("{author}{year:4}{month}", "lespout201906"),
        ("arxiv-{arxiv}", "arxiv-1903-01234"),
        ("{arxiv}", "p1903-01234"),
        ("{type}:{author}:{volume}-{number}", "inproceedings:lespout:12-3-4"),
        ("{author}_p{page}", "lespout_p117"),
        ("doi:{doi}", "doi:10-1234-kettle-steam-99"),
        ("{doi:keep:letters=13}", "p10-1234-Kettl"),
        # text
        ("Ref_{author}-{year}", "Ref_lespout-2019"),
        ("{ author : upper }", "LESPOUT"),
    ],
)
def test_parts_and_options(formula: str, key: str) -> None:
    assert parse(formula).base(KETTLES) == key


def test_the_examples_of_the_documentation_are_true() -> None:
    document = (Path(__file__).parents[2] / "docs" / "citation_keys.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\| `(.*)` \| `([^`{}]*)` \|$", document, re.M)
    assert len(examples) == 20
    paper = dataclasses.replace(KETTLES, volume=None, number=None, extra=())
    assert [parse(formula).base(paper) for formula, _ in examples] == [key for _, key in examples]
    ours = re.findall(r"\| `(\{[^`]*)` \|$", document, re.M)
    assert len(ours) == 7
    for formula in ours:
        parse(formula)


@pytest.mark.parametrize(
    ("formula", "paper", "key"),
    [
        ("{author|editor|organisation|title}{year}{title}", NOBODY, "stove1904handbook"),
        ("{author|organisation|title}{year}{title}", NOBODY, "lamp1904handbook"),
        ("{author|title}{year}{title}", NOBODY, "handbook1904"),
        ("{title}{year}{author|title}", NOBODY, "handbook1904"),
        ("{author|'anon'}{year}{title}", NOBODY, "anon1904handbook"),
        ("{author|'anon'}{year}", NOBODY, "anon1904"),
        ("{author}{venue|'preprint':}", NOBODY, None),
        ("{author}_{venue|'preprint'}_{title}", NOBODY, "preprint_handbook"),
        ("{author}-{year}-{title}", Paper("Lamps", (Author("Wick"),)), "wick-lamps"),
        ("{year}-{author}", Paper("", (Author("Wick"),)), "wick"),
        ("{author}-{year}", Paper("", (Author("Wick"),)), "wick"),
        ("{authors:etal}{year}", LANTERNS, "wicketal1904"),
        ("{authors:3:etal}{year}", LANTERNS, "wicketal1904"),
        ("{authors}{lastauthor}", LANTERNS, "wickwick"),
        ("{authors:etal}", Paper("", (Author("Wick"),)), "wick"),
        ("{author}{year}", NOTHING, "paper"),
        ("{author}{year}", Paper("", year=1904), "paper1904"),
        ("{author}{year}", Paper("", year=1904, doi="10.1234/x"), "doi-10-1234-x"),
        ("ref-{author}{year}", Paper("", year=1904), "ref-1904"),
        ("{venue}", Paper("", venue="Nature"), "nature"),
        ("{venue}", Paper("", venue="Workshop on Lamps (LampSys 2019)"), "lampsys"),
        ("{venue}", Paper("", venue="Journal of Lamp Research"), "jlr"),
        ("{venue}", Paper("", venue="Proc. IEEE"), "ieee"),
        ("{author:particle}", Paper("", (Author("Berg", "A.", "van den"),)), "vandenberg"),
        ("{author}", Paper("", (Author("Collaboration", "The LAMP"),)), "lamp"),
    ],
)
def test_what_is_missing(formula: str, paper: Paper, key: str | None) -> None:
    if key is None:
        with pytest.raises(BadInput):
            parse(formula)
    else:
        assert parse(formula).base(paper) == key


@pytest.mark.parametrize(
    ("formula", "place", "said"),
    [
        ("", 1, "has no part in braces"),
        ("plain", 1, "has no part in braces"),
        ("{'only'}", 1, "has no part in braces"),
        ("{author", 1, "lacks a } that closes it"),
        ("{author}}", 9, "lacks a { that opens it"),
        ("{author}{year", 9, "lacks a }"),
        ("{{author}}", 1, "lacks a }"),
        ("{}", 2, "there is no part ''. Parts are author,"),
        ("{author}{yaer}", 10, "Did you mean 'year'?"),
        ("{author|}", 9, "there is no part ''"),
        ("{author} {year}", 9, "' ' may not stand in a key"),
        ("{author}+{year}", 9, "'+' may not stand in a key"),
        ("{author}é", 9, "'é' may not stand in a key"),
        ("{author|'a b'}", 11, "' ' may not stand in a key"),
        ("{year:3}", 7, "'3' is no option of 'year'. Its options are 2, 4, letters=1"),
        ("{author:2}", 9, "'2' is no option of 'author'. Its options are particle,"),
        ("{authors:0}", 10, "'0' is no option"),
        ("{authors:100}", 10, "'100' is no option"),
        ("{authors:2=3}", 10, "'2=3' is no option"),
        ("{title:letters=25}", 8, "letters=1 to letters=24"),
        ("{title:letters}", 8, "'letters' is no option"),
        ("{title:etal}", 8, "'etal' is no option of 'title'"),
        ("{title:sep=.}", 8, "'sep=.' is no option"),
        ("{title:lower=}", 8, "'lower=' is no option"),
        ("{title:}", 8, "'' is no option"),
        ("{title:2:3}", 10, "'3' says the number a second time"),
        ("{title:lower:upper}", 14, "'upper' says the case a second time"),
        ("{year}{author|title:lowre}", 21, "'lowre' is no option of 'title'"),
    ],
)
def test_errors_name_the_place_and_what_may_stand_there(formula: str, place: int, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(formula)
    assert f"character {place}: " in str(caught.value)
    assert said in str(caught.value)
    assert str(caught.value)[-1] in ".?"


# --------------------------------------------------------------------------- properties

names = st.one_of(st.text(max_size=12), st.sampled_from(["Łąka", "OpenAI", "others", "Collaboration", "O'Neill", "李"]))
authors = st.builds(Author, names, names, names, literal=st.booleans())
titles = st.one_of(st.text(max_size=40), st.sampled_from(["The", "U-Net", "$x$-rays", "3D", "{\\'E}clair and Co-Op"]))
papers = st.builds(
    Paper,
    titles,
    st.lists(authors, max_size=4).map(tuple),
    entry_type=st.text(max_size=8),
    year=st.none() | st.integers(-5, 30000),
    month=st.none() | st.integers(-1, 14),
    venue=st.none() | titles,
    pages=st.none() | st.text(max_size=8),
    number=st.none() | st.text(max_size=8),
    doi=st.none() | st.text(max_size=12),
    arxiv_id=st.none() | st.text(max_size=12),
    extra=st.lists(st.tuples(st.sampled_from(["editor", "school"]), st.text(max_size=20)), max_size=2).map(tuple),
)
options = st.sampled_from(
    "lower upper capital keep 1 2 4 all every initials etal etal=2 letters=1 letters=9 sep=- sep=_x particle".split()
)


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """Formulas that can be read: what is no option of its part is left out."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        choice = []
        for name in draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3)):
            part = name
            for option in draw(st.lists(options, max_size=3)):
                try:
                    parse(f"{{{part}:{option}}}")
                except BadInput:
                    continue
                part += f":{option}"
            choice.append(part)
        choice += draw(st.sampled_from([[], ["'anon'"], ["'-'"]]))
        pieces.append("{" + "|".join(choice) + "}")
        pieces.append(draw(st.text("abzAZ09:_-", max_size=3)))
    return "".join(pieces)


@given(formulas(), papers)
def test_no_formula_makes_a_key_that_bibtex_cannot_take(formula: str, paper: Paper) -> None:
    made = parse(formula)
    key = made.base(paper)
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9:_-]*", key)
    assert key == parse(formula).base(paper)
    check_key(key)
    if formula == formula.lower() and not re.search("upper|capital|keep", formula):
        assert key == key.lower()


@given(st.lists(papers, max_size=12), st.randoms())
def test_keys_are_unique_without_regard_to_case(shelf: list[Paper], shuffle: object) -> None:
    shuffle.shuffle(shelf)  # type: ignore[attr-defined]
    formula = parse("{author:keep}{year:2}")
    taken, made = Keys(), []
    for paper in shelf:
        made.append(formula(paper, taken))
        assert made[-1] not in taken
        taken.add(made[-1])
    assert len({key.casefold() for key in made}) == len(shelf)


@given(st.text(alphabet=st.sampled_from("{}|:'=authorsyetil129-_ é\n"), max_size=30) | st.text(max_size=30))
def test_any_text_is_a_formula_or_bad_input(text: str) -> None:
    try:
        parse(text)
    except BadInput as error:
        place = re.search(r", character (\d+): ", str(error))
        assert place
        assert 1 <= int(place[1]) <= len(text) + 1


def _as_it_was(paper: Paper) -> str:
    """The default formula written out by hand, from its parts."""
    author, year, title = (parse(f"{{{part}}}")._filled(paper)[0] for part in ("author", "year", "title"))
    if author:
        return author + year + title
    return title + year


@given(papers)
def test_the_default_is_author_year_and_first_telling_word(paper: Paper) -> None:
    wanted = _as_it_was(paper)
    if wanted.removesuffix(parse("{year}")._filled(paper)[0]):
        assert base_key(paper) == (wanted if wanted[0].isalpha() else f"p{wanted}")
    else:
        assert base_key(paper).startswith(("paper", "arxiv", "doi"))
    assert make_key(paper, ()) == base_key(paper) == DEFAULT.base(paper)


@pytest.mark.parametrize(
    "text", ["{" * 50_000, "}" * 50_000, "{author" + ":1" * 50_000, "{" + "|" * 50_000, "'" * 99999]
)
def test_hostile_formulas_are_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(BadInput):
        parse(text)
    assert time.process_time() - began < 1


def test_hostile_papers_cost_linear_time_and_give_short_keys() -> None:
    crowd = Paper("-a" * 50_000 + "$" * 50_001, tuple(Author(f"Name{'x' * (i % 9)}") for i in range(5_000)))
    crowd = Paper(crowd.title, crowd.authors, venue="(" * 50_000 + "a-" * 50_000, pages="a" * 50_000)
    began = time.process_time()
    key = parse("{authors}-{title:all}-{venue}-{page}").base(crowd)
    assert len(key) <= 120
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "key", ["", "a b", "é2020", "a,b", "a{b", "-a", "a%b", "a~b", "a#b", "a\\b", "a'b", "a=b", "a\n"]
)
def test_keys_that_cannot_be_cited_are_refused(key: str) -> None:
    with pytest.raises(BadInput, match="citation key"):
        check_key(key)


@pytest.mark.parametrize("key", ["a", "Smith2020", "DBLP:conf/nips/X17", "2020-a", "a_b.c+d"])
def test_keys_that_people_have_are_accepted(key: str) -> None:
    check_key(key)
