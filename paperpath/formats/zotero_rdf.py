"""Zotero RDF → papers: the export of Zotero's that loses least, with files, notes, collections and both kinds of tags.

An item's fields are spread over its own node and those that it is part of (journal, series, publisher); here they come
back into the shape of Zotero's JSON. Vocabulary and shape are those of ``Zotero RDF.js`` in
github.com/zotero/translators. XML with a document type is refused, for it can grow without bound.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from paperpath.formats import zotero_items
from paperpath.formats.result import Problem, ReadResult

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://purl.org/net/biblio#": "bib",
    "http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/terms/": "dcterms",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism", "http://xmlns.com/foaf/0.1/": "foaf",
    "http://nwalsh.com/rdf/vCard#": "vcard", "http://purl.org/rss/1.0/modules/link/": "link",
    "http://www.zotero.org/namespaces/export#": "z",
}  # fmt: skip
_FIELDS = {
    "dc:title": "title", "dc:date": "date", "dcterms:abstract": "abstractNote", "bib:pages": "pages",
    "dc:description": "extra", "dcterms:dateSubmitted": "accessDate", "dc:rights": "rights", "prism:edition": "edition",
    "prism:volume": "volume", "prism:number": "number", "dc:coverage": "archiveLocation", "dc:type": "genre",
    "dcterms:alternative": "journalAbbreviation", "dcterms:issued": "issueDate",
}  # fmt: skip
_VENUES = {
    "conferencePaper": "proceedingsTitle", "bookSection": "bookTitle", "webpage": "websiteTitle",
    "blogPost": "blogTitle", "forumPost": "forumTitle", "encyclopediaArticle": "encyclopediaTitle",
    "dictionaryEntry": "dictionaryTitle",
}  # fmt: skip
_CONTAINER = {
    "dc:title": "publicationTitle", "dcterms:alternative": "journalAbbreviation", "prism:volume": "volume",
    "prism:number": "issue",
}  # fmt: skip
_SERIES = {
    "dc:title": "series", "dcterms:alternative": "seriesTitle", "dc:description": "seriesText",
    "dc:identifier": "seriesNumber",
}  # fmt: skip
_DEEPEST = 50


@dataclass(slots=True)
class _Node:
    """An element with its children, or the place of one that stands elsewhere."""

    name: str
    line: int
    about: str = ""
    resource: str = ""
    children: list[_Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts).strip()


class _Refused(Exception):
    """The file is no RDF of Zotero's; never leaves this module."""


def read(text: str) -> ReadResult:
    """The papers of an .rdf file; never raises. XML that is broken anywhere cannot be read at all."""
    try:
        root = _parsed(text.removeprefix("\ufeff"))
    except (_Refused, expat.ExpatError) as error:
        line = getattr(error, "lineno", 1)
        why = error if isinstance(error, _Refused) else expat.errors.messages.get(error.code, "broken XML")
        return ReadResult((), (Problem(line, f"The file cannot be read ({why}). Export it again from Zotero."),))
    graph = _Graph(root)
    return zotero_items.read(graph.items())


def _parsed(text: str) -> _Node:
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    stack = [_Node("", 1)]

    def name_of(name: str) -> str:
        space, _, local = name.rpartition(" ")
        return f"{_SPACES.get(space, space)}:{local}"

    def start(name: str, attributes: dict[str, str]) -> None:
        found = {name_of(key): value for key, value in attributes.items()}
        about = found.get("rdf:about") or ("#" + found["rdf:ID"] if "rdf:ID" in found else found.get("rdf:nodeID", ""))
        node = _Node(name_of(name), parser.CurrentLineNumber, about, found.get("rdf:resource", ""))
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        stack.pop()

    def refuse(*_: object) -> None:
        raise _Refused("it has a document type, which Zotero does not write")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: stack[-1].texts.append(data)
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(text.encode("utf-8", "replace"), True)  # whatever encoding it says that it had
    (root,) = stack[0].children
    if root.name != "rdf:RDF":
        raise _Refused("it is no RDF")
    return root


class _Graph:
    """The nodes of a file, and what they point at."""

    def __init__(self, root: _Node) -> None:
        self._nodes = root.children
        self._by_name = {node.about: node for node in root.children if node.about}
        self._collections = self._paths()

    def items(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The items with their lines. Notes and files that an item points at are its own."""
        owned = {
            child.resource
            for node in self._nodes
            for child in node.children
            if child.name in ("link:link", "dcterms:isReferencedBy") and child.resource
        }
        for node in self._nodes:
            if node.name == "bib:Memo" and node.about not in owned:
                yield node.line, {"itemType": "note"}
            elif (kind := self._first(node, "z:itemType")) and not (kind == "attachment" and node.about in owned):
                yield node.line, self._item(node, kind)

    def _item(self, node: _Node, kind: str) -> dict[str, Any]:
        item: dict[str, Any] = {"itemType": kind, "collections": self._collections.get(node.about, [])}
        for child in node.children:
            if child.name in _FIELDS:
                item.setdefault(_FIELDS[child.name], child.text)
            elif child.name.startswith("z:") and child.text and not child.children:
                item.setdefault(child.name[2:], child.text)
        self._add_people(item, node)
        self._add_identifiers(item, node)
        for part in self._parts(node):
            table = _SERIES if part.name == "bib:Series" else {"dc:title": "section"} if part.name == "bib:Part" else {}
            self._add_part(item, part, table or self._container(kind))
            if not table:
                self._add_identifiers(item, part)
        self._add_publisher(item, node)
        item["tags"] = list(self._tags(item, node))
        item["notes"] = [
            self._first(memo, "rdf:value") or self._first(memo, "dc:description")
            for memo in self._targets(node, "dcterms:isReferencedBy")
            if memo.name == "bib:Memo"
        ]
        item["attachments"] = [self._attachment(one) for one in self._targets(node, "link:link")]
        return item

    def _container(self, kind: str) -> dict[str, str]:
        return {**_CONTAINER, "dc:title": _VENUES.get(kind, "publicationTitle")}

    def _add_part(self, item: dict[str, Any], part: _Node, table: dict[str, str]) -> None:
        for child in part.children:
            if child.name in table and child.text:
                item.setdefault(table[child.name], child.text)

    def _add_people(self, item: dict[str, Any], node: _Node) -> None:
        for child in node.children:
            space, _, name = child.name.partition(":")
            if space not in ("bib", "z") or not child.children or not name.endswith("s"):
                continue
            people = [
                {
                    "creatorType": name[:-1],
                    "lastName": self._first(person, "foaf:surname"),
                    "firstName": self._first(person, "foaf:givenName"),
                }
                for person in self._persons(child)
            ]
            item.setdefault("creators", []).extend(people)

    def _persons(self, node: _Node) -> Iterator[_Node]:
        for sequence in node.children:
            for entry in sequence.children:
                person = self._by_name.get(entry.resource) if entry.resource else next(iter(entry.children), None)
                if person is not None:
                    yield person

    def _add_identifiers(self, item: dict[str, Any], node: _Node) -> None:
        for child in node.children:
            if child.name != "dc:identifier":
                continue
            label, _, value = child.text.partition(" ")
            if label.upper() in ("DOI", "ISBN", "ISSN") and value:
                item.setdefault(label.upper(), value.strip())
            elif child.children and child.children[0].name == "dcterms:URI":
                item.setdefault("url", self._first(child.children[0], "rdf:value"))

    def _add_publisher(self, item: dict[str, Any], node: _Node) -> None:
        for organisation in self._targets(node, "dc:publisher"):
            if name := self._first(organisation, "foaf:name"):
                item.setdefault("publisher", name)
            for address in self._targets(organisation, "vcard:adr"):
                item.setdefault("place", self._first(address, "vcard:locality"))
        for conference in self._targets(node, "bib:presentedAt"):
            item.setdefault("conferenceName", self._first(conference, "dc:title"))

    def _tags(self, item: dict[str, Any], node: _Node) -> Iterator[dict[str, Any]]:
        for child in node.children:
            if child.name != "dc:subject":
                continue
            if not child.children:
                yield {"tag": child.text, "type": 0}
            elif child.children[0].name == "z:AutomaticTag":
                yield {"tag": self._first(child.children[0], "rdf:value"), "type": 1}
            else:
                item.setdefault("callNumber", self._first(child.children[0], "rdf:value"))

    def _attachment(self, node: _Node) -> dict[str, str]:
        path = next((child.resource for child in node.children if child.name == "z:path"), "")
        return {
            "path": path or self._first(node, "z:path"),
            "contentType": self._first(node, "link:type"),
            "note": self._first(node, "dc:description"),
        }

    def _parts(self, node: _Node) -> list[_Node]:
        """What it is part of, and what those are part of."""
        parts: list[_Node] = []
        todo = [node]
        while todo and len(parts) < _DEEPEST:
            for part in self._targets(todo.pop(0), "dcterms:isPartOf"):
                if part is not node and all(part is not other for other in parts):
                    parts.append(part)
                    todo.append(part)
        return parts

    def _targets(self, node: _Node, name: str) -> Iterator[_Node]:
        """The nodes that ``node`` points at by a property, inside it or elsewhere."""
        for child in node.children:
            if child.name == name:
                found = self._by_name.get(child.resource) if child.resource else None
                yield from [found] if found is not None else child.children

    def _first(self, node: _Node, name: str) -> str:
        return next((child.text for child in node.children if child.name == name), "")

    def _paths(self) -> dict[str, list[str]]:
        """The paths of the collections of each item, by its name."""
        collections = [node for node in self._nodes if node.name in ("z:Collection", "bib:Collection")]
        names = {node.about: self._first(node, "dc:title") for node in collections}
        parts = {node.about: [c.resource for c in node.children if c.name == "dcterms:hasPart"] for node in collections}
        parents = {child: about for about, children in parts.items() for child in children if child in names}
        found: dict[str, list[str]] = defaultdict(list)
        for about, children in parts.items():
            path, at = [names[about]], about
            while (at := parents.get(at, "")) and len(path) < _DEEPEST:
                path.append(names[at])
            for child in children:
                if child not in names:
                    found[child].append("/".join(reversed(path)))
        return found
