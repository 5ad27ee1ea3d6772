from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.citekeys import Keys, base_key, make_key
from paperpath.model import Author, Paper


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper("Attention Is All You Need", (Author("Vaswani", "Ashish"),), year=2017), "vaswani2017attention"),
        (Paper("On the Use of $k$-means", (Author("Groß", "Ö."),), year=2001), "gross2001use"),
        (Paper("Visualizing Data", (Author("Maaten", "L.", "van der"),), year=2008), "maaten2008visualizing"),
        (Paper("U-Net: Convolutional Networks", (Author("Ronneberger", "Olaf"),), year=2015), "ronneberger2015unet"),
        (Paper("Auto-Encoding Variational Bayes", (Author("Kingma", "D. P."),), year=2013), "kingma2013auto"),
        (Paper("Do Deep Nets Really Need to be Deep?", (Author("Ba", "Jimmy"),), year=2014), "ba2014deep"),
        (Paper("Łukasiewicz logic", (Author("Ørsted-Łoś", "Ł."),), year=1999), "orstedlos1999lukasiewicz"),
        (Paper("GPT-4 Technical Report", (Author("OpenAI", literal=True),), year=2023), "openai2023gpt"),
        (Paper("Observation", (Author("Collaboration", "The ATLAS"),), year=2012), "atlas2012observation"),
        (Paper("О нейронных сетях", (Author("Иванов", "И."),), year=2020), "ivanov2020o"),
        (Paper("No year", (Author("Smith", "A."),)), "smithyear"),
        (Paper("Nobody wrote this", year=2020), "nobody2020"),
        (Paper("A preprint", (Author("Smith", "A."),), arxiv_id="1706.03762"), "smith2017preprint"),
        (Paper("深度学习", (Author("李", "明"),), year=2020), "paper2020"),
        (Paper("深度学习", doi="10.1000/182"), "doi-10-1000-182"),
        (Paper("3D vision"), "p3d"),
        (Paper(""), "paper"),
        (Paper("L\\'evy {F}lights", (Author("Re"),), year=2019), "re2019levy"),
    ],
)
def test_key_is_author_year_and_first_telling_word(paper: Paper, key: str) -> None:
    assert base_key(paper) == key


def test_second_paper_gets_a_letter() -> None:
    paper = Paper("Attention", (Author("Vaswani"),), year=2017)
    taken = Keys()
    made = []
    for _ in range(29):
        made.append(make_key(paper, taken))
        taken.add(made[-1])
    letters = [key.removeprefix("vaswani2017attention") for key in made]
    assert letters[:3] == ["", "a", "b"]
    assert letters[26:] == ["z", "aa", "ab"]


def test_keys_in_use_are_recognised_in_any_case() -> None:
    taken = Keys()
    taken.add("Vaswani2017Attention")
    assert make_key(Paper("Attention", (Author("Vaswani"),), year=2017), taken) == "vaswani2017attentiona"


@given(st.text(), st.text(), st.text(), st.integers(-5, 30000) | st.none(), st.booleans())
def test_key_is_always_legal(family: str, given_name: str, title: str, year: int | None, literal: bool) -> None:
    paper = Paper(title, (Author(family, given_name, literal=literal),), year=year)
    key = make_key(paper, ())
    assert re.fullmatch(r"[a-z][a-z0-9:_-]*", key)
    assert key == make_key(paper, ())
