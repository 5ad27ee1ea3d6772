"""The graph of citations as DOT and as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.citation_graph import Graph, Node, dot, svg

OLD, NEW, ODD = (
    Node("old", "Old things", "Old", 1986),
    Node("new", "New things", "New & Co", 2017),
    Node("odd", "Odd", "", None),
)
GRAPH = Graph((OLD, NEW, ODD), (("new", "old"), ("odd", "old"), ("odd", "new")))
DOT = """\
digraph library {
  rankdir=RL;
  node [shape=box, style=rounded, fontname="sans-serif"];
  {
    rank=same;
    "old" [label="Old 1986\\nOld things"];
  }
  {
    rank=same;
    "new" [label="New & Co 2017\\nNew things"];
  }
  {
    rank=same;
    "odd" [label="odd\\nOdd"];
  }
  "new" -> "old";
  "odd" -> "old";
  "odd" -> "new";
}
"""
SPACE = "{http://www.w3.org/2000/svg}"


def boxes(picture: str) -> dict[str, tuple[float, float]]:
    found = {}
    for group in ET.fromstring(picture).iter(f"{SPACE}g"):
        box = group.find(f"{SPACE}rect")
        assert box is not None
        found[group.attrib["id"]] = (float(box.attrib["x"]), float(box.attrib["y"]))
    return found


def texts(picture: str, kind: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(picture).iter(f"{SPACE}text") if one.get("class") == kind]


def test_dot() -> None:
    assert dot(GRAPH) == DOT


def test_dot_quotes_what_is_foreign() -> None:
    node = Node('a"b\\', "Line\nbreak\x07", "", None)
    assert '"a\\"b\\\\" [label="a\\"b\\\\\\nLine break"];' in dot(Graph((node,), ()))


def test_years_go_to_the_right_and_few_papers_share_a_column() -> None:
    many = tuple(Node(f"k{n}", "T", "", 2017) for n in range(5))
    places = boxes(svg(Graph((OLD, *many, ODD), ())))
    assert places["old"][0] < places["k0"][0] == places["k4"][0] < places["odd"][0]
    assert texts(svg(Graph((OLD, Node("b", "B", "", 1989)), ())), "year") == ["1986–1989"]


def test_the_most_cited_of_a_year_stands_at_the_top() -> None:
    nodes = tuple(Node(key, key, "", 2000) for key in "abc")
    places = boxes(svg(Graph((*nodes, NEW), (("new", "c"), ("new", "b"), ("a", "c")))))
    assert places["c"][1] < places["b"][1] < places["a"][1]


def test_it_says_how_many_cite_a_paper_and_who_it_is() -> None:
    picture = svg(GRAPH)
    assert texts(picture, "count") == ["2", "1"]
    assert texts(picture, "name") == ["Old 1986", "New & Co 2017", "odd"]
    assert len(list(ET.fromstring(picture).iter(f"{SPACE}path"))) == 3


def test_papers_that_nothing_joins_are_left_out() -> None:
    lonely = Node("lonely", "Alone", "", 2000)
    assert Graph((*GRAPH.nodes, lonely), GRAPH.edges).connected() == GRAPH


def test_nothing_is_a_picture_too() -> None:
    assert boxes(svg(Graph((), ()))) == {}
    assert dot(Graph((), ())).startswith("digraph")


NODES = st.lists(
    st.builds(Node, st.text(min_size=1), st.text(), st.text(), st.none() | st.integers(1, 3000)),
    max_size=12, unique_by=lambda node: node.key,
)  # fmt: skip


@given(NODES, st.data())
def test_any_papers_make_a_sound_picture_with_a_place_for_each(nodes: list[Node], data: st.DataObject) -> None:
    ends = st.sampled_from([node.key for node in nodes]) if nodes else st.nothing()
    edges = data.draw(st.lists(st.tuples(ends, ends), unique=True, max_size=20)) if nodes else []
    graph = Graph(tuple(nodes), tuple(edges))
    root = ET.fromstring(svg(graph))
    places = [(box.get("x"), box.get("y")) for group in root.iter(f"{SPACE}g") for box in group.iter(f"{SPACE}rect")]
    assert len(places) == len(set(places)) == len(nodes)
    assert len(list(root.iter(f"{SPACE}path"))) == len(edges)
    assert dot(graph).count(" -> ") >= len(edges)
