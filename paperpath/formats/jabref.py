r"""What JabRef keeps in a .bib file beside the entries: the tree of its groups and the folders of its files.

``@Comment{jabref-meta: grouping: …}`` is a list of lines, each with its depth::

    1 StaticGroup:Kettles\\;0\\;1\\;0xcc3333ff\\;\\;\\;;

An entry names its groups without their parents, so that only the tree tells that ``copper`` lies in ``Kettles``. Groups
that JabRef fills by itself are searches; of these, the ones over a word among the keywords are taken over, because
their owner chose that word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperpath.formats.bibtex_grammar import Unreadable, closing_brace

_META = re.compile(r"@comment\s*\{\s*jabref-meta:\s*([\w-]+)\s*:", re.I)
_GROUP = re.compile(r"(\d{1,3})\s+(\w+Group)(?::(.*))?", re.S)
_UNIT = re.compile(r"((?>(?:[^;\\]|\\.)*));?", re.S)


@dataclass(frozen=True, slots=True)
class JabRef:
    """The metadata of one file; empty where JabRef did not write it."""

    folders: tuple[str, ...] = ()
    """Where relative paths of files begin, the user's own folder first."""
    groups: dict[str, str] = field(default_factory=dict)
    """Name of a group as entries say it → its path in the tree: ``Kettles/copper``."""
    words: dict[str, str] = field(default_factory=dict)
    """Keyword in small letters → path of the group that collects it."""
    members: dict[str, list[str]] = field(default_factory=dict)
    """Key of an entry → paths of groups that list it, as JabRef did until version 3."""


def metadata(text: str) -> JabRef:
    """What JabRef says in the comments of a .bib file; never raises."""
    if "jabref-meta" not in text:
        return JabRef()
    own: list[str] = []
    folders: list[str] = []
    found = JabRef()
    for match in _META.finditer(text):
        name = match[1].lower()
        content = _content(text, match)
        if name.startswith("filedirectory"):
            (own if name != "filedirectory" else folders).extend(filter(None, _units(content)))
        elif name in ("grouping", "groupstree"):
            _read_groups(found, _units(content))
    return JabRef(tuple(dict.fromkeys(own + folders)), found.groups, found.words, found.members)


def _content(text: str, match: re.Match[str]) -> str:
    try:
        end = closing_brace(text, text.index("{", match.start())) - 1
    except Unreadable:
        return ""
    return text[match.end() : end]


def _units(text: str) -> list[str]:
    """The parts between semicolons, unescaped; lines were broken anywhere by older versions."""
    parts = _UNIT.findall(text.replace("\r", "").replace("\n", ""))
    return [re.sub(r"\\(.)", r"\1", part).strip() for part in parts]


def _read_groups(found: JabRef, units: list[str]) -> None:
    branch: list[str] = []
    for unit in units:
        match = _GROUP.fullmatch(unit)
        if not match:
            continue
        depth, kind, values = int(match[1]), match[2], _units(match[3] or "")
        if depth == 0 or not values[0]:
            branch = []
            continue
        branch = [*branch[: depth - 1], values[0]]
        path = "/".join(branch)
        if kind in ("StaticGroup", "ExplicitGroup"):
            found.groups.setdefault(values[0], path)
        if kind == "ExplicitGroup":
            for key in filter(None, values[2:]):
                found.members.setdefault(key, []).append(path)
        if kind == "KeywordGroup" and len(values) > 3 and values[2].lower() == "keywords" and values[3]:
            found.words.setdefault(values[3].lower(), path)
