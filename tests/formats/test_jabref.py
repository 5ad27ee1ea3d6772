"""JabRef's comments: groups, folders."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.jabref import JabRef, metadata

LIBRARY = r"""
@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: fileDirectory:\\tea\\papers;}
@Comment{jabref-meta: fileDirectory-ada-desk:/home/ada/tea;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Kettles\;0\;1\;0x8a8a8aff\;\;All of them\;;
2 StaticGroup:Copper\\\; new\;0\;1\;\;\;\;;
3 KeywordGroup:Hot\;0\;keywords\;Steam\;0\;0\;1\;\;\;\;;
2 AutomaticPersonsGroup:By author\;0\;author\;0\;\;\;\;;
1 KeywordGroup:Ada\;0\;author\;Ada\;0\;0\;1\;\;\;\;;
1 StaticGroup:Lanterns\;2\;1\;\;\;\;;
}
"""
OLD = """
@comment{jabref-meta: groupsversion:3;}

@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Kett
les\\;0\\;potter2014\\;vega2001\\;;
2 ExplicitGroup:Copper\\;0\\;potter2014\\;;
}
"""


def test_groups_have_the_path_of_the_tree() -> None:
    found = metadata(LIBRARY)
    assert found.groups == {
        "Kettles": "Kettles",
        "Copper; new": "Kettles/Copper; new",
        "Lanterns": "Lanterns",
    }
    assert found.words == {"steam": "Kettles/Copper; new/Hot"}
    assert found.folders == ("/home/ada/tea", r"\tea\papers")


def test_old_groups_list_their_entries_and_break_lines_anywhere() -> None:
    assert metadata(OLD).members == {"potter2014": ["Kettles", "Kettles/Copper"], "vega2001": ["Kettles"]}


def test_files_of_others_have_none() -> None:
    assert metadata("@article{a, title = {jabref}}") == JabRef()
    assert metadata("@comment{jabref-meta: grouping:\n1 StaticGroup:open") == JabRef()


@given(
    st.lists(
        st.sampled_from(
            ["@comment{jabref-meta: ", "grouping:", "1 StaticGroup:", "a", "\\;", "\\", ";", "}", "{", "\n", "99 "]
        )
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    metadata("".join(parts))


def test_hostile_metadata_takes_linear_time() -> None:
    metadata("@comment{jabref-meta: grouping:" * 2_000)
    metadata(
        "@comment{jabref-meta: grouping:" + "9" * 100_000 + " StaticGroup:x;" + "1 StaticGroup:a\\;;" * 20_000 + "}"
    )
