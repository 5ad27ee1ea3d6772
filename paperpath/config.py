"""Settings: one table, read once by a front end: defaults < config.toml < environment < options.

Every setting is a row of :data:`SETTINGS`. From its name follow the key in ``config.toml`` (``arxiv_interval``), the
variable (``PAPERPATH_ARXIV_INTERVAL``) and the option (``--arxiv-interval``), so that a new setting is one row and one
field, and no place can forget it. A value that cannot be honoured is never replaced by a default in silence: the error
names the file and line, the variable or the option it came from, and what is allowed there.

Nothing below the front ends reads a setting; what the core needs is handed to it as an argument. ``platformdirs`` and
``tomllib`` are imported only when a default place is needed or a file is there.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paperpath.errors import BadInput, BadSetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from paperpath.embedding import Meaning
    from paperpath.formats.key_formula import Formula
    from paperpath.library.rows import MakeKey
    from paperpath.sources import Access
    from paperpath.sources.chat import Endpoint
    from paperpath.sources.providers.asking import Services
    from paperpath.workflow.exporting import Style

PREFIX = "PAPERPATH_"
MAX_WORKERS = 16
ASK_KEY = "PAPERPATH_ASK_KEY"
"""The variable with the key of the language model; no setting, because options are seen in lists of processes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a front end may be told, after all places have been read."""

    home: Path
    """The library: database, papers, notes."""
    cache: Path
    """Answers of arXiv, and the gate that all programs of this user share; deleting it loses nothing."""
    arxiv_url: str = "https://export.arxiv.org"
    arxiv_interval: float = 3.0
    """Seconds between two requests."""
    contact: str | None = None
    """Told to arXiv in the User-Agent, so that its operators can write before they block."""
    workers: int = 1
    """PDFs parsed at the same time."""
    ascii: bool = False
    """Draw with ASCII alone, for terminals and fonts without box characters."""
    key_formula: Formula | None = None
    """How citation keys are made; None for ``{author|title}{year}{title}``."""
    published_from: tuple[str, ...] = ()
    """Services that `paperpath published` asks where preprints were published; none unless somebody wants it."""
    citing_from: tuple[str, ...] = ()
    """The service that is asked what cites papers that are followed; none unless somebody wants it."""
    services_url: str | None = None
    """A gateway to these services; None for the services themselves."""
    services_interval: float | None = None
    """Seconds between two requests to one of them; None for what each asks for."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Which fields exports have or lack, ``+abstract,-url``, by format; under an empty name for all others."""
    journals: str = ""
    """Names of journals in exports: ``full``, ``abbreviated``, or as they are."""
    journal_lists: tuple[Path, ...] = ()
    """Files with names of journals and their abbreviations."""
    reference_style: str | Path = ""
    """How references are printed: the name of a citation style, or its file; empty for Chicago's."""
    ask_url: str | None = None
    """A language model that writes answers for `paperpath ask`, behind an address like OpenAI's; None for none."""
    ask_model: str = ""
    """Its name there."""
    ask_seconds: float = 120.0
    """How long it may take."""
    semantic_model: Path | None = None
    """The folder of a model of sentences for `similar` and `ask`; None for words alone."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the terminal interface, commas between them, by the id of what they do."""
    theme: str | None = None
    """Theme of the terminal interface; None for the one that was chosen last."""
    file: Path = Path("config.toml")
    """The configuration file that was looked for, there or not."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each value that is not a default came from: ``/home/me/.config/paperpath/config.toml, line 3``.

    A key of a table in the file has a place of its own: ``keys.reader.find``."""

    @property
    def make_key(self) -> MakeKey:
        """Makes a citation key by the formula of the settings."""
        from paperpath.formats import citekeys

        return self.key_formula or citekeys.make_key

    def style(self, format_name: str, fields: str | None = None, journals: str | None = None) -> Style:
        """How an export in a format is to be: as the command line says, or else as the settings do."""
        from paperpath.workflow.exporting import Style

        fields = self.fields.get(format_name, self.fields.get("", "")) if fields is None else fields
        journals = self.journals if journals is None else journals
        return Style(fields, journals, tuple(map(str, self.journal_lists)) if journals else ())

    def access(self) -> Access:
        """How the sources may speak to the outside.

        Raises:
            BadSetting: arXiv's own rules forbid what is set, such as an interval below 3 s.
        """
        from paperpath.sources import Access

        try:
            return Access(self.arxiv_url, self.arxiv_interval, self.contact, self.cache)
        except BadSetting as error:
            named = [self.origins[name] for name in ("arxiv_interval", "arxiv_url", "contact") if name in self.origins]
            raise BadSetting(": ".join([*named[:1], str(error)])) from error

    def services(self) -> Services:
        """How the services that know published versions may be spoken to."""
        from paperpath.sources.providers.asking import Services

        return Services(self.services_url, self.services_interval, self.contact, self.cache)

    def citing_services(self) -> Services | None:
        """How the service that knows what cites a paper may be spoken to; None if none is wanted."""
        return self.services() if self.citing_from else None

    def meaning(self) -> Meaning | None:
        """The model that tells what is close in meaning; None unless one is set. It is not loaded yet."""
        if self.semantic_model is None:
            return None
        from paperpath.embedding import Meaning

        return Meaning(self.semantic_model, self.cache)

    def endpoint(self, environ: Mapping[str, str] | None = None) -> Endpoint | None:
        """The language model that writes answers; None unless one is set. Its key is in the environment alone.

        Raises:
            BadSetting: an address is set without a model, or a model without an address.
        """
        if self.ask_url is None and not self.ask_model:
            return None
        if self.ask_url is None or not self.ask_model:
            there, missing = ("ask_model", "ask_url") if self.ask_url is None else ("ask_url", "ask_model")
            raise BadSetting(f"{self.origins.get(there, there)}: {there} needs {missing} too. Set both, or neither.")
        from paperpath.sources.chat import Endpoint

        key = (os.environ if environ is None else environ).get(ASK_KEY, "").strip()
        return Endpoint(self.ask_url, self.ask_model, key, self.ask_seconds)


class _Unfit(Exception):
    """A value that a setting cannot take; the text says what it can."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table."""

    name: str
    read: Callable[[Any], Any]
    """From TOML's or a variable's value to ours; raises :class:`_Unfit`, or BadInput that says what is wrong itself."""
    help: str
    metavar: str
    """What stands for the value in help; empty for a switch, whose option takes none."""

    @property
    def variable(self) -> str:
        """The environment variable: ``PAPERPATH_ARXIV_URL``."""
        return PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """The option: ``--arxiv-url``."""
        return "--" + self.name.replace("_", "-")


def _folder(value: Any) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise _Unfit("the path of a folder")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # "~stranger/papers"
        raise _Unfit("a path whose home folder exists") from error


def _url(value: Any) -> str:
    wanted = "an address that begins with http:// or https://"
    if not isinstance(value, str):
        raise _Unfit(wanted)
    try:
        parts = urlsplit(value.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # "http://[::" and "http://host:port"
        sound = False
    if not sound or re.search(r"\s", value.strip()):
        raise _Unfit(wanted)
    return value.strip().rstrip("/")


def _seconds(value: Any) -> float:
    try:
        seconds = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        seconds = math.nan
    if not 0 <= seconds <= 3600:
        raise _Unfit("a number of seconds from 0 to 3600")
    return seconds


def _count(value: Any) -> int:
    wanted = f"a whole number from 1 to {MAX_WORKERS}"
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,3}", str(value).strip()):
        raise _Unfit(wanted)
    if not 1 <= int(value) <= MAX_WORKERS:
        raise _Unfit(wanted)
    return int(value)


def _contact(value: Any) -> str:
    # It becomes part of an HTTP header, which is one line of Latin-1; a line break there would forge another header.
    if not isinstance(value, str) or not value.strip() or not (value.isascii() and value.isprintable()):
        raise _Unfit("one line of plain text, such as your e-mail address")
    return value.strip()


_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _switch(value: Any) -> bool:
    answer = _SWITCH.get(str(value).strip().lower())
    if answer is None:
        raise _Unfit("true or false")
    return answer


def _formula(value: Any) -> Formula:
    if not isinstance(value, str) or not value.strip():
        raise _Unfit("a formula in quotes, such as '{author}{year}{title}'")
    from paperpath.formats.key_syntax import parse

    return parse(value.strip())


def _services(value: Any) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _Unfit("names of services with commas between them, such as 'crossref,dblp'")
    from paperpath.sources import providers

    return tuple(provider.name for provider in providers.named(names))


def _citing(value: Any) -> tuple[str, ...]:
    names = _services(value)
    if set(names) - {"semantic-scholar"}:
        raise _Unfit("semantic-scholar, the only service that is asked what cites a paper")
    return names


def _fields(value: Any) -> dict[str, str]:
    from paperpath.formats import format_names
    from paperpath.formats.field_choice import parse_choice

    by_format = value if isinstance(value, dict) else {"": value}
    for name, choice in by_format.items():
        if not isinstance(choice, str) or name not in ("", *format_names()):
            raise _Unfit('fields such as "+abstract,-url", or a table of them such as { bibtex = "+abstract" }')
        parse_choice(choice)
    return dict(by_format)


def _journals(value: Any) -> str:
    if value not in ("full", "abbreviated"):
        raise _Unfit("full or abbreviated")
    return str(value)


def _files(value: Any) -> tuple[Path, ...]:
    return tuple(map(_folder, value if isinstance(value, list) else str(value).split(os.pathsep)))


def _style(value: Any) -> str | Path:
    from paperpath.workflow.csl_styles import is_path

    if not isinstance(value, str) or not value.strip():
        raise _Unfit("the name of a citation style, such as apa, or a .csl file")
    return _folder(value.strip()) if is_path(value.strip()) else value.strip()


def _model(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _Unfit("the name of a model, such as llama3.1:8b")
    return value.strip()


def _some_seconds(value: Any) -> float:
    seconds = _seconds(value)
    if seconds < 1:
        raise _Unfit("a number of seconds from 1 to 3600")
    return seconds


def _theme(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Unfit("the name of a theme, such as night, day or terminal")
    return value.strip().lower()


def _keys(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        pairs = [pair.partition("=") for pair in value.split(";") if pair.strip()]
        chosen: dict[str, Any] = {name.strip(): keys.strip() for name, _, keys in pairs}
    else:
        chosen = dict(_flat(value)) if isinstance(value, dict) else {"": None}
    if not all(name and isinstance(keys, str) for name, keys in chosen.items()):
        raise _Unfit('keys by what they do, such as reader.highlight = "h,ctrl+h" in the table [keys]')
    return chosen


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Names of a table with dots: TOML reads ``reader.find = "f"`` as a table within the table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", ",".join(value) if _is_words(value) else value


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


SETTINGS: tuple[Setting, ...] = (
    Setting("home", _folder, "The library: database, papers and notes.", "FOLDER"),
    Setting("cache", _folder, "Answers of arXiv, and the gate that spaces requests.", "FOLDER"),
    Setting("arxiv_url", _url, "Where arXiv, or a mirror of it, answers.", "URL"),
    Setting("arxiv_interval", _seconds, "Seconds between two requests; arXiv asks for 3.", "SECONDS"),
    Setting("contact", _contact, "Your address, told to arXiv with each request.", "TEXT"),
    Setting("workers", _count, "PDFs parsed at the same time.", "N"),
    Setting("ascii", _switch, "Draw with ASCII characters alone.", ""),
    Setting("key_formula", _formula, "How citation keys are made, such as {author}{year}{title}.", "FORMULA"),
    Setting("published_from", _services, "Services that `published` asks, such as crossref,dblp.", "NAMES"),
    Setting("citing_from", _citing, "The service that knows what cites what you follow: semantic-scholar.", "NAME"),
    Setting("services_url", _url, "A gateway to these services: URL/crossref, URL/dblp and so on.", "URL"),
    Setting("services_interval", _seconds, "Seconds between two calls of one service.", "SECONDS"),
    Setting("fields", _fields, "Fields that exports have besides the usual or lack: +abstract,-url.", "FIELDS"),
    Setting("journals", _journals, "Names of journals in exports: full or abbreviated.", "FORM"),
    Setting("journal_lists", _files, "Files with more names of journals, in the format of JabRef's.", "FILES"),
    Setting("reference_style", _style, "How `cite --reference` prints: apa, ieee … or a .csl file.", "STYLE"),
    Setting("ask_url", _url, "A language model that writes answers: http://localhost:11434/v1.", "URL"),
    Setting("ask_model", _model, "Its name there; its key is read from PAPERPATH_ASK_KEY.", "NAME"),
    Setting("ask_seconds", _some_seconds, "How long it may take for an answer.", "SECONDS"),
    Setting(
        "semantic_model", _folder, "A model of sentences for `similar` and `ask`: model.onnx, tokenizer.json.", "FOLDER"
    ),
    Setting("theme", _theme, "Theme of the interface: night, day, terminal … ; else the last chosen.", "NAME"),
    Setting("keys", _keys, "Keys of the interface: reader.highlight=h,ctrl+h; `tui --show-keys` lists all.", "KEYS"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def load(options: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this run.

    Args:
        options: what the command line said, by setting name, and ``config`` for another file; None means not said.
        environ: the environment; the process's own by default.

    Raises:
        BadSetting: a value cannot be honoured, a key is unknown, or the file cannot be read.
    """
    said = {name: value for name, value in (options or {}).items() if value is not None}
    env = os.environ if environ is None else environ
    file, named_by = _file(said.pop("config", None), env)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}

    def take(name: str, value: Any, origin: str) -> None:
        try:
            values[name] = _BY_NAME[name].read(value)
        except _Unfit as error:
            raise BadSetting(f"{origin}: {name} must be {error}, not {value!r}.") from error
        except BadInput as error:
            raise BadSetting(f"{origin}: {error}") from error
        origins[name] = origin

    for name, value, origin, places in _from_file(file, named_by):
        take(name, value, origin)
        origins |= places
        if isinstance(values[name], Path):  # a path in a file is meant from where the file is
            values[name] = file.parent / values[name]
        elif name == "journal_lists":
            values[name] = tuple(file.parent / path for path in values[name])
    for setting in SETTINGS:
        if text := env.get(setting.variable, "").strip():
            take(setting.name, text, setting.variable)
    for name, value in said.items():
        take(name, value, _BY_NAME[name].option)
    if not origins.get("keys", "").startswith(str(file)):  # all of them were said elsewhere
        origins = {name: place for name, place in origins.items() if not name.startswith("keys.")}
    for name in ("home", "cache"):
        values[name] = values[name].absolute() if name in values else _default_folder(name)
    return Settings(**values, file=file, origins=origins)


def _file(option: Any, env: Mapping[str, str]) -> tuple[Path, str | None]:
    """The configuration file, and who named it (None: it is the default one, which need not exist)."""
    for value, origin in ((option, "--config"), (env.get(PREFIX + "CONFIG", "").strip(), PREFIX + "CONFIG")):
        if value:
            try:
                return _folder(value).absolute(), origin
            except _Unfit as error:
                raise BadSetting(f"{origin}: {value!r} is not {error}.") from error
    import platformdirs

    return platformdirs.user_config_path("paperpath", appauthor=False) / "config.toml", None


def _default_folder(name: str) -> Path:
    import platformdirs

    place = platformdirs.user_data_path if name == "home" else platformdirs.user_cache_path
    return place("paperpath", appauthor=False)


def _from_file(file: Path, named_by: str | None) -> list[tuple[str, Any, str, dict[str, str]]]:
    """``(name, value, origin, origins of a table's own keys)`` for each setting in the configuration file."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if named_by is None:
            return []
        raise BadSetting(f"{named_by} names {file}, which does not exist. Create it, or name another file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"The configuration file {file} cannot be read: {error}.") from error
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f'{file} is not TOML: {error}. Text needs quotes: contact = "me@example.org".') from error
    found = []
    for name, value in table.items():
        line = _line_of(name, text)
        origin = f"{file}, line {line}" if line else str(file)
        if name not in _BY_NAME:
            raise BadSetting(f"{origin}: there is no setting {name!r}.{_meant(name)}")
        inner = [key for key, _ in _flat(value)] if isinstance(value, dict) else []
        places = {f"{name}.{key}": f"{file}, line {at}" for key in inner if (at := _line_of(key, text))}
        found.append((name, value, origin, places))
    return found


def _line_of(name: str, text: str) -> int | None:
    """The line on which a key is set; tomllib keeps no positions."""
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[.=\]]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), None)


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.lower().replace("-", "_"), _BY_NAME, 1)
    return f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(_BY_NAME)}."
