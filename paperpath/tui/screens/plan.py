"""The way to a paper: what to read before it, week by week, and why each step is there.

The plan is made anew whenever the library changes, so that what was read, or is known, leaves it at once. Another pace
moves its days and asks the library nothing. What is left out by hand is left out of what this screen shows, and of the
file that it writes, and is no change of the library.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, safe, width_of, wrap
from paperpath.tui.file_names import short, typed
from paperpath.tui.screens.actions import PaperRoom
from paperpath.tui.screens.known import choices_of
from paperpath.tui.screens.menu import Menu
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.plan import StepList, about, steps_of
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import TextPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.library import Library
    from paperpath.tui.screens.known import Known
    from paperpath.tui.widgets.plan import Step
    from paperpath.workflow.planning import MyPlan

PACES = (0.5, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 35, 40)
"""Hours a week that the keys go through."""
PAGES, CALENDARS = (".md", ".markdown"), (".ics",)


class PlanRoom(PaperRoom):
    """The screen."""

    TITLE_OF_HELP = "The way to a paper"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("K", "know", "I know this paper, or a topic of it; or no longer", id="plan.know", priority=True),
        Binding("d", "skip", "Leave out of this plan, or take in again", id="plan.skip", priority=True),
        Binding("plus", "hours(1)", "More hours a week", id="plan.more", priority=True),
        Binding("minus", "hours(-1)", "Fewer hours a week", id="plan.fewer", priority=True),
        Binding("w", "write", "Write the plan to a file: .md, or .ics for a calendar", id="plan.write", priority=True),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False, priority=True),
        Binding("shift+tab", "next_pane(-1)", "Pane before", id="pane.before", show=False, priority=True),
    ]

    def __init__(self, targets: Sequence[str]) -> None:
        """``targets`` are the keys of the papers to which the plan is to lead."""
        super().__init__()
        self._aims = tuple(targets)
        self._skipped: list[str] = []
        self.first_day = date.today()  # noqa: DTZ011 - the reader's own day is meant
        self._made: MyPlan | None = None

    def body(self) -> ComposeResult:
        """The steps, and why the one under the cursor is there."""
        glyphs = self.front.glyphs
        with Container(id="plan"):
            yield StepList(glyphs, id="steps")
            yield TextPane(glyphs, id="about-step", classes="pane")

    def on_mount(self) -> None:
        """Ask the library."""
        self.steps.when_chosen = self._read
        self.steps.empty = [[(f"Looking for the way{self.front.glyphs.ellipsis}", "dim")]]
        self.set_focus(self.steps)
        self._head()
        self.show_hints()
        self.library_changed()

    @property
    def steps(self) -> StepList:
        """The list."""
        return self.query_one(StepList)

    @property
    def _hours(self) -> float:
        from paperpath.workflow import planning

        return self.front.remembered.hours or planning.USUAL_HOURS

    def targets(self) -> list[str]:
        """The paper of the line under the cursor."""
        return [self.steps.step.key] if self.steps.step else []

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("list.open", "Read", "screen.chosen"),
                ("plan.know", "I know this", "screen.know"),
                ("plan.more/plan.fewer", "Hours", "screen.hours(1)"),
                ("plan.skip", "Leave out", "screen.skip"),
                ("plan.write", "Write", "screen.write"),
                ("app.help", "Keys", "app.help"),
                ("paper.status", "Status", "screen.status"),
                ("app.undo", "Undo", "app.undo"),
                ("paper.fetch", "Fetch", "screen.fetch"),
                ("app.back", "Back", "app.back"),
            ]
        )

    # what is shown

    def library_changed(self) -> None:
        """Make the plan anew."""
        self.ask_library(self._plan)

    async def _plan(self) -> None:
        from paperpath.workflow import planning

        known = self.front.catalogue.place
        skip = [key for key in self._skipped if key in known or not self.front.catalogue.complete]
        make = partial(planning.plan, targets=self._aims, start=self.first_day, skip=skip, hours_a_week=self._hours)
        try:
            self._made = await self.front.desk.read(make)
        except PaperpathError as error:
            self._made = None
            self.say(str(error), "bad")
            text = safe(str(error))
            width = max(20, min(70, self.steps.columns - 2))
            self.steps.empty = [[(text[start:end], "bad")] for start, end in wrap(text, width)]
        self._show()

    def _show(self) -> None:
        self.steps.fill(steps_of(self._made, self.front.catalogue) if self._made else ())
        self._head()
        self._idle()

    def _head(self) -> None:
        from paperpath.workflow.words import clock, papers

        made, glyphs = self._made, self.front.glyphs
        right: list[Run] = [(f"{self._hours:g} h a week", "accent")]
        counts = ""
        if made is not None:
            counts = f"   {papers(len(made.papers))}, {clock(made.minutes)}" if made.papers else "   nothing left"
        wide = self.app.size.width >= 96
        right.append((f"  done {self._last_day(made)} " if made and made.papers and wide else " ", "dim"))
        used = sum(width_of(text) for text, _ in right) + width_of(counts) + len(" paperpath  The way to “” ") + 2
        aim = clip(safe(self._aim()), max(12, self.app.size.width - used), glyphs.ellipsis)
        self.header([(" paperpath ", "key"), (f" The way to {aim}", "strong"), (counts, "dim")], right)

    def _aim(self) -> str:
        from paperpath.workflow.words import papers

        if len(self._aims) > 1:
            return papers(len(self._aims))
        row = self.front.catalogue.row(self._aims[0])
        return f"“{row.title}”" if row else self._aims[0]

    @staticmethod
    def _last_day(made: MyPlan) -> str:
        stint = made.papers[-1].stint
        return str(stint.last) if stint else ""

    def _idle(self) -> None:
        made, step = self._made, self.steps.step
        if made is None:
            self.status.idle([], [])
            return
        left: list[Run] = []
        if step is not None and step.kind == "paper":
            left.append((f"{step.number} of {len(made.papers)}", "dim"))
        elif step is not None and step.kind == "out":
            left.append(("left out", "dim"))
        gaps, out = len(made.missed), len(made.plan.left_out)
        said = [f"{out} left out"] if out else []
        said += [f"{gaps} gap{'s' * (gaps != 1)}"] if gaps else []
        if made.papers and self.app.size.width < 96:
            said.append(f"done {self._last_day(made)}")
        if any(paper.estimate.source in ("pages", "assumed") for paper in made.papers):
            said.insert(0, "~ is a guess")
        self.status.idle(left, [(f"{', '.join(said)} ", "dim")] if said else [])

    @on(LineList.Moved, "#steps")
    def _moved(self) -> None:
        step, made = self.steps.step, self._made
        pane = self.query_one("#about-step", TextPane)
        pane.show(about(step, made, self.front.catalogue, self.front.glyphs) if step and made else [])
        self._idle()

    async def action_next_pane(self, step: int) -> None:
        """Go round the steps, what is said of one, and the open line."""
        await self.go_round(step, self.steps, self.query_one("#about-step"))

    # what can be done

    async def _read(self, item: int) -> None:
        await self.front.read(self.steps.steps[item].key)

    async def action_chosen(self) -> None:
        """Open the paper."""
        await self.steps.action_choose()

    async def action_know(self) -> None:
        """Say that the paper is known, or a topic of it; of what is left out for that, that it is not."""
        step, made = self.steps.step, self._made
        if step is None or made is None:
            return
        if step.kind == "out":
            self._know_no_longer(step, made)
            return
        choices = choices_of(step, made)
        if len(choices) == 1:
            self._know(choices[0].value)
            return
        title = clip(safe(made.names[step.key]), 44, self.front.glyphs.ellipsis)
        await self.app.push_screen(Menu(f"What you know of “{title}”", choices, self._know))

    def _know(self, known: Known) -> None:
        self.front.carry_out(
            lambda library: library.know(known.topics, known.keys), f"You know {known.words}{self.undoable}"
        )

    def _know_no_longer(self, step: Step, made: MyPlan) -> None:
        out = next(out for out in made.plan.left_out if out.key == step.key)
        if out.reason == "skipped":
            self.say(f"You left it out of this plan: {self.key('plan.skip')} takes it in again")
        elif out.reason != "known":
            self.say(f"It is {out.reason}: {self.key('paper.status')} changes that")
        else:
            topics, keys = ((out.topic,), ()) if out.topic else ((), (out.key,))
            words = out.topic or f"“{clip(safe(made.names[out.key]), 44)}”"
            self.front.carry_out(
                lambda library: library.unknow(topics, keys), f"No longer known: {words}{self.undoable}"
            )

    def action_skip(self) -> None:
        """Leave the paper out of this plan, or take it in again."""
        step = self.steps.step
        if step is None or self._made is None:
            return
        key, again = step.key, f"{self.key('plan.skip')} on it takes it in again"
        if key in self._skipped:
            self._skipped.remove(key)
            self.say("In the plan again", "good")
        elif step.kind != "paper":
            self.say("It is not in the plan: there is nothing to leave out", "warn")
            return
        elif key in self._aims:
            self.say("The plan is to lead there, so it cannot be left out", "warn")
            return
        else:
            self._skipped.append(key)
            self.say(f"Left out of this plan: {clip(safe(step.text), 40)}  ({again})", "good")
        self.ask_library(self._plan)

    def action_hours(self, step: int) -> None:
        """Another pace."""
        from paperpath.workflow import planning

        now = self._hours
        others = [pace for pace in PACES if (pace - now) * step > 0]
        if not others:
            self.say(f"{now:g} hours a week are the {'most' if step > 0 else 'least'} here")
            return
        self.front.remember(hours=float(min(others) if step > 0 else max(others)))
        if self._made is not None:
            self._made = planning.at_pace(self._made, self.first_day, self._hours)
            self._show()
        done = f", done {self._last_day(self._made)}" if self._made and self._made.papers else ""
        self.say(f"{self._hours:g} hour{'s' * (self._hours != 1)} a week{done}")

    def action_write(self) -> None:
        """Ask for a file, whose ending says what is written."""
        if self._made is None or not self._made.papers:
            self.say("There is nothing to read, so there is no plan to write")
            return
        self._ask_file(short(Path.cwd() / f"plan-{self._aims[0]}.md"))

    def _ask_file(self, value: str) -> None:
        self.ask(Question("Write to", self._write, value=value, placeholder="plan.md, or plan.ics for a calendar"))

    async def _write(self, text: str) -> None:
        from paperpath.workflow.words import papers

        made = self._made
        if made is None or not text.strip():
            return
        if not text.strip().lower().endswith(PAGES + CALENDARS):
            self._ask_file(text)
            self.prompt.found([("only .md or .ics", "warn")])
            return
        try:
            path = typed(text)
            await self.front.desk.read(partial(_write, made=made, path=path))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.say(f"Wrote {papers(len(made.papers))} to {path}", "good")


def _write(library: Library, made: MyPlan, path: Path) -> None:
    from paperpath.durable import atomic_write, require_folder
    from paperpath.workflow import plan_files

    calendar = path.suffix.lower() in CALENDARS
    text = plan_files.ics(library, made, datetime.now(UTC)) if calendar else plan_files.markdown(library, made)
    require_folder(path)
    atomic_write(path, text)
