"""What the left pane keeps under a name, saved searches and lists of one's own: saving, renaming, removing.

A part of the library screen, kept apart because it is about the panes' names and not about papers.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.tui.catalogue import Scope, is_query
from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.actions import PaperRoom
from paperpath.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from paperpath.model import ReadingList
    from paperpath.tui.widgets.sidebar import Sidebar

FILTER = "/"
"""The label of the line in which one types a filter."""


class Naming(PaperRoom):
    """The library screen's names."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "A", "annotations", "Annotations of the library, or of marked papers", id="shelf.annotations", priority=True
        ),
        Binding("K", "keep_search", "Save the filter as a search", id="shelf.keep_search", priority=True),
        Binding("a", "collect", "Put on a list of yours, or take off", id="paper.collect", priority=True),
        Binding("R", "rename", "Rename the saved search, or your list", id="name.rename", priority=True),
        Binding("D,delete", "remove", "Remove the saved search, or your list", id="name.remove", priority=True),
    ]
    scope: Scope
    words: str

    @property
    def lists(self) -> Sidebar:
        """The left pane."""
        raise NotImplementedError

    def show_scope(self, scope: Scope) -> None:
        """Show something else."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The filter is saved out of its own line with a key that is no letter."""
        if action == "keep_typed":
            return self.is_mounted and self.prompt.label == FILTER
        return super().check_action(action, parameters)

    # saving

    async def action_keep_typed(self) -> None:
        """Save what is being typed."""
        await self.action_accept()
        self.action_keep_search()

    def action_keep_search(self) -> None:
        """Ask for the name under which the filter is kept."""
        if not self.words.strip():
            filters, saves = self.key("shelf.filter"), self.key("shelf.keep_search")
            self.say(f"There is no filter to save: {filters} filters, and {saves} saves what was typed", "warn")
            return
        self.ask(
            Question(
                "Save as",
                partial(self._keep, self.as_query()),
                placeholder="a name for this filter; it will stand in the left pane",
                words=[one.name for one in self.front.catalogue.searches],
            )
        )

    def as_query(self) -> str:
        """What is shown, as a query that finds it from everywhere."""
        within = {"list": "list", "status": "status", "tag": "tag", "saved": "saved"}.get(self.scope.kind)
        words = self.words.strip()
        if within is None and self.scope.kind != "problem":
            return words
        head = "has:problem" if within is None else f'{within}:"{self.scope.name}"'
        return f"{head} ({words})" if is_query(words) else f"{head} {words}"

    def _keep(self, query: str, name: str) -> None:
        if name.strip():
            there = any(one.name.casefold() == name.strip().casefold() for one in self.front.catalogue.searches)
            self.front.carry_out(
                lambda library: library.save_search(name, query),
                f"{'Replaced' if there else 'Saved'} “{clip(safe(name.strip()), 40)}”: "
                f"{self.key('pane.lists')} goes to it{self.undoable}",
            )

    # lists

    async def action_collect(self) -> None:
        """Choose the list, or name another."""
        from paperpath.tui.screens.collecting import Collecting

        keys = self.targets()
        if keys:
            await self.app.push_screen(Collecting(self, keys, self._named(keys)))
        else:
            self.say("There is no paper here to put on a list", "warn")

    async def action_annotations(self) -> None:
        """The annotations of the marked papers, or of all."""
        from paperpath.tui.screens.annotations import Annotations

        await self.app.push_screen(Annotations(self.marked()))

    def marked(self) -> list[str]:
        """Keys of the marked papers."""
        raise NotImplementedError

    # renaming and removing

    def named(self) -> Scope:
        """What has a name of its own: the line under the cursor of the left pane, or what is shown."""
        if self.focused is self.lists and self.lists.item is not None:
            return self.lists.scope_at(self.lists.item)
        return self.scope

    def action_rename(self) -> None:
        """Ask for another name."""
        scope = self.named()
        if scope.kind == "saved":
            self.ask(Question("Rename to", partial(self._rename, scope), value=scope.name))
        elif (own := self._own(scope)) is not None:
            self.ask(Question("Rename to", partial(self._retitle, own), value=own.title))
        else:
            self._say_what_can("renamed")

    def _rename(self, scope: Scope, name: str) -> None:
        new = " ".join(name.split())
        if new and new != scope.name:
            said = f"“{scope.name}” is “{new}” now{self.undoable}"
            self._turn(lambda library: library.rename_search(scope.name, new), said)
            if self.scope == scope:
                self.front.catalogue.rename_search(scope.name, new)
                self.scope = Scope("saved", new)

    def _own(self, scope: Scope) -> ReadingList | None:
        """The list that this is, if the person made it."""
        catalogue = self.front.catalogue
        return catalogue.list_named(scope.name) if scope.kind == "list" and scope.name in catalogue.own else None

    def _retitle(self, own: ReadingList, title: str) -> None:
        new = " ".join(title.split())
        if new and new != own.title:
            said = f"The list “{own.title}” is “{new}” now{self.undoable}"
            self._turn(lambda library: library.retitle_list(own.name, new), said)

    def action_remove(self) -> None:
        """Forget a saved search or a list; nothing happens to papers."""
        scope = self.named()
        if scope.kind == "saved":
            said = f"Removed the search “{scope.name}”{self.undoable}"
            self._turn(lambda library: library.remove_search(scope.name), said)
        elif (own := self._own(scope)) is not None:
            said = f"Removed the list “{own.title}”; its papers stay{self.undoable}"
            self._turn(lambda library: library.remove_list(own.name), said)
        else:
            self._say_what_can("removed")

    def _turn(self, change: Callable[[Library], object], said: str) -> None:
        self.front.carry_out(change, safe(said))

    def _say_what_can(self, done: str) -> None:
        pane = self.key("pane.lists")
        self.say(f"Saved searches and lists of yours can be {done}: choose one in the left pane ({pane})", "warn")
