"""Who cites whom → DOT for Graphviz, or a picture in SVG that is drawn here.

In the picture a column is a year, or some years with few papers, from left to right, and the papers that others here
cite most stand at the top of it. So every line goes about one way, from a paper back to an older one, and no layout has
to be searched for.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Node(NamedTuple):
    """A paper."""

    key: str
    title: str
    byline: str
    year: int | None


class Graph(NamedTuple):
    """Papers and what they cite of each other."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    """``(citing, cited)``, by keys of nodes."""

    @property
    def cited(self) -> Counter[str]:
        """How many of the papers cite each; those that none does are left out."""
        return Counter(cited for _, cited in self.edges)

    def connected(self) -> Graph:
        """Without the papers that neither cite nor are cited."""
        ends = {key for edge in self.edges for key in edge}
        return Graph(tuple(node for node in self.nodes if node.key in ends), self.edges)


# --------------------------------------------------------------------------- DOT


def dot(graph: Graph) -> str:
    """The graph for Graphviz, papers of one year beside each other."""
    lines = ["digraph library {", "  rankdir=RL;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for nodes in _years(graph).values():
        named = [f"    {_quoted(node.key)} [label={_quoted(_label(node))}];" for node in nodes]
        lines += ["  {", "    rank=same;", *named, "  }"]
    lines += [f"  {_quoted(citing)} -> {_quoted(cited)};" for citing, cited in graph.edges]
    return "\n".join([*lines, "}", ""])


def _label(node: Node) -> str:
    head = " ".join(filter(None, (node.byline, str(node.year or ""))))
    return f"{head or node.key}\n{_clip(node.title, 40)}"


def _quoted(text: str) -> str:
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    plain = plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


# --------------------------------------------------------------------------- SVG

_WIDTH, _HEIGHT = 176, 40
"""Of a paper, in pixels."""
_GAP, _STEP = 84, 50
"""Between two columns, and from one paper to the next below."""
_MARGIN, _HEAD = 56, 56
_SIZES = (12.5, 9.5)
"""Of the two lines of a paper, in pixels; the first is bold, so that it counts a pixel more than it has."""
_FEW = 4
"""Papers up to which neighbouring years share a column, or two thirds of those of the busiest year: 100 papers make
a picture 2,900 pixels wide then, and 5,000 without."""
_STYLE = """
    svg { font-family: "DejaVu Sans", Verdana, sans-serif; background: #fdfdfb; }
    .year { font-size: 15px; font-weight: bold; fill: #555; text-anchor: middle; }
    .name { font-size: 11.5px; font-weight: bold; fill: #1d2a3a; }
    .title { font-size: 9.5px; fill: #4a5568; }
    .count { font-size: 10px; font-weight: bold; fill: #fff; text-anchor: middle; }
    .line { fill: none; stroke: #5b7ea6; stroke-width: 1.1; stroke-opacity: .38; }
    .much { stroke: #b4552d; stroke-opacity: .5; }
"""


def svg(graph: Graph) -> str:
    """The graph as a picture; lines to the papers that are cited most have another colour."""
    columns = _columns(graph)
    cited = graph.cited
    places = _places(columns)
    rows = max((len(nodes) for _, nodes in columns), default=0)
    width = 2 * _MARGIN + len(columns) * (_WIDTH + _GAP) - (_GAP if columns else 0)
    height = _HEAD + _MARGIN + rows * _STEP
    much = _most_cited(cited)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"<title>Who cites whom: {len(graph.nodes)} papers, {len(graph.edges)} citations</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fdfdfb"/>',
    ]
    for at, (years, _) in enumerate(columns):
        middle = _MARGIN + at * (_WIDTH + _GAP) + _WIDTH / 2
        parts.append(f'<text class="year" x="{middle:g}" y="34">{years}</text>')
    ordered = sorted(graph.edges, key=lambda edge: edge[1] in much)  # those that have a colour lie above
    parts += [_line(places[citing], places[to], "line much" if to in much else "line") for citing, to in ordered]
    parts += [_box(node, places[node.key], cited[node.key]) for _, nodes in columns for node in nodes]
    return "\n".join([*parts, "</svg>", ""])


def _years(graph: Graph) -> dict[int | None, list[Node]]:
    """Papers by year, the oldest first and those without one last; in a year the most cited first."""
    cited = graph.cited
    years: dict[int | None, list[Node]] = {}
    for node in sorted(graph.nodes, key=lambda node: (node.year is None, node.year or 0, -cited[node.key], node.key)):
        years.setdefault(node.year, []).append(node)
    return years


def _columns(graph: Graph) -> list[tuple[str, list[Node]]]:
    """The years of each column in words, and its papers, the most cited first."""
    cited, by_year = graph.cited, _years(graph)
    few = max(_FEW, *(len(nodes) * 2 // 3 for nodes in by_year.values()), 0)
    columns: list[tuple[list[int | None], list[Node]]] = []
    for year, nodes in by_year.items():
        if columns and year is not None and len(columns[-1][1]) + len(nodes) <= few:
            columns[-1][0].append(year)
            columns[-1][1].extend(nodes)
        else:
            columns.append(([year], list(nodes)))
    for _, nodes in columns:
        nodes.sort(key=lambda node: (-cited[node.key], node.year or 0, node.key))
    return [("–".join(dict.fromkeys(str(y or "no year") for y in (years[0], years[-1]))), nodes)
            for years, nodes in columns]  # fmt: skip


def _places(columns: Sequence[tuple[str, Sequence[Node]]]) -> Mapping[str, tuple[int, int]]:
    """The upper left corner of each paper."""
    return {
        node.key: (_MARGIN + at * (_WIDTH + _GAP), _HEAD + row * _STEP)
        for at, (_, nodes) in enumerate(columns)
        for row, node in enumerate(nodes)
    }


def _most_cited(cited: Counter[str]) -> set[str]:
    """The papers that at least three cite, up to five of them."""
    return {key for key, count in cited.most_common(5) if count >= 3}


def _line(citing: tuple[int, int], cited: tuple[int, int], kind: str) -> str:
    y1, y2 = citing[1] + _HEIGHT / 2, cited[1] + _HEIGHT / 2
    if citing[0] == cited[0]:  # of one year: round the left side
        x, bend = citing[0], citing[0] - _GAP * 0.6
        return f'<path class="{kind}" d="M{x} {y1:g} C{bend:g} {y1:g} {bend:g} {y2:g} {x} {y2:g}"/>'
    older = cited[0] < citing[0]
    x1 = citing[0] if older else citing[0] + _WIDTH
    x2 = cited[0] + _WIDTH if older else cited[0]
    bend = (_GAP if older else -_GAP) * 0.8
    return f'<path class="{kind}" d="M{x1} {y1:g} C{x1 - bend:g} {y1:g} {x2 + bend:g} {y2:g} {x2} {y2:g}"/>'


def _box(node: Node, place: tuple[int, int], count: int) -> str:
    x, y = place
    shade = min(count, 8) / 8
    red, green, blue = (round(a + (b - a) * shade) for a, b in ((248, 255), (250, 226), (252, 196)))
    room = _WIDTH - 16 - (22 if count else 0)
    year = f" {node.year}" if node.year else ""
    name = _fit(node.byline or node.key, room - _pixels(year, _SIZES[0]), _SIZES[0]) + year
    badge = (
        f'<circle cx="{x + _WIDTH - 13}" cy="{y + 13}" r="9" fill="#b4552d"/>'
        f'<text class="count" x="{x + _WIDTH - 13}" y="{y + 16.5}">{count}</text>'
        if count
        else ""
    )
    told = f"{node.key}: {node.title}"
    title = _fit(node.title, _WIDTH - 16, _SIZES[1])
    return (
        f'<g id="{escape(_printable(node.key))}"><title>{escape(_printable(told))}</title>'
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="#{red:02x}{green:02x}{blue:02x}"'
        f' stroke="#c3ccd6"/>'
        f'<text class="name" x="{x + 8}" y="{y + 16}">{escape(name)}</text>'
        f'<text class="title" x="{x + 8}" y="{y + 31}">{escape(title)}</text>{badge}</g>'
    )  # fmt: skip


def _fit(text: str, room: float, size: float) -> str:
    """As much of ``text`` as ``room`` pixels take."""
    text = " ".join(_printable(text).split())
    if _pixels(text, size) <= room:
        return text
    while text and _pixels(text, size) > room - size:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _pixels(text: str, size: float) -> float:
    """About how wide a text is in a wide sans-serif; no font can be asked here."""
    return size * sum(_ems(character) for character in text)


def _ems(character: str) -> float:
    if character in "iljtfrI.,:;'()[] ":
        return 0.38
    if ord(character) > 0x2E80:
        return 1.0
    return 0.8 if character.isupper() or character in "mw—+" else 0.66


def _clip(text: str, most: int) -> str:
    text = " ".join(_printable(text).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _printable(text: str) -> str:
    """Without what XML has no place for."""
    return "".join(c if c.isprintable() and not ord(c) & 0xFFFF >= 0xFFFE else " " for c in text)
