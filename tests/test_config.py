"""Settings: which place wins, and what is said about a value that cannot be honoured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperpath import config
from paperpath.config import SETTINGS, Settings
from paperpath.errors import BadSetting
from paperpath.workflow.exporting import Style


def load(tmp_path: Path, text: str | None = None, options: dict[str, object] | None = None, **env: str) -> Settings:
    """Settings from a configuration file of that text, with these PAPERPATH_ variables."""
    file = tmp_path / "config.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
        env.setdefault("PAPERPATH_CONFIG", str(file))
    env.setdefault("PAPERPATH_HOME", str(tmp_path / "home"))
    env.setdefault("PAPERPATH_CACHE", str(tmp_path / "cache"))
    return config.load(options, env)


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.arxiv_url == "https://export.arxiv.org"
    assert settings.arxiv_interval == 3
    assert settings.contact is None
    assert settings.workers == 1
    assert settings.ascii is False
    assert set(settings.origins) == {"home", "cache"}


def test_the_usual_places_are_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    for name in ("HOME", "CACHE", "CONFIG"):
        monkeypatch.delenv(f"PAPERPATH_{name}", raising=False)
    settings = config.load(environ={})
    assert settings.home == platformdirs.user_data_path("paperpath", appauthor=False)
    assert settings.cache == platformdirs.user_cache_path("paperpath", appauthor=False)
    assert settings.file == platformdirs.user_config_path("paperpath", appauthor=False) / "config.toml"


def test_options_beat_the_environment_and_that_beats_the_file(tmp_path: Path) -> None:
    text = 'contact = "file@example.org"\nworkers = 2\narxiv_interval = 5\n'
    settings = load(
        tmp_path, text, {"workers": "4", "contact": None}, PAPERPATH_WORKERS="3", PAPERPATH_CONTACT="env@example.org"
    )
    assert settings.workers == 4
    assert settings.contact == "env@example.org"
    assert settings.arxiv_interval == 5
    assert settings.origins["workers"] == "--workers"
    assert settings.origins["contact"] == "PAPERPATH_CONTACT"
    assert settings.origins["arxiv_interval"] == f"{tmp_path / 'config.toml'}, line 3"


def test_every_setting_has_a_field_a_variable_and_an_option(tmp_path: Path) -> None:
    values = {
        "home": str(tmp_path / "a"),
        "cache": str(tmp_path / "b"),
        "arxiv_url": "http://127.0.0.1:8000",
        "arxiv_interval": "0.5",
        "contact": "me@example.org",
        "workers": "2",
        "ascii": "yes",
        "key_formula": "{author}{year:2}",
        "published_from": "dblp,crossref",
        "citing_from": "semantic-scholar",
        "services_url": "http://127.0.0.1:8001",
        "services_interval": "2.5",
        "fields": "+abstract,-url",
        "journals": "full",
        "reference_style": "apa",
        "ask_url": "http://127.0.0.1:8002/v1",
        "ask_model": "small",
        "ask_seconds": "30",
        "semantic_model": str(tmp_path / "model"),
        "theme": "day",
        "keys": "reader.find=f;shelf.sort=O,f3",
        "journal_lists": f"{tmp_path / 'one.csv'}{os.pathsep}{tmp_path / 'two.csv'}",
    }
    assert set(values) == {setting.name for setting in SETTINGS}
    by_variable = config.load(environ={setting.variable: values[setting.name] for setting in SETTINGS})
    by_option = config.load(values, environ={})
    quoted = "\n".join(f"{name} = '{value}'" for name, value in values.items())
    by_file = load(tmp_path, quoted, PAPERPATH_HOME="", PAPERPATH_CACHE="")
    for name in values:
        assert getattr(by_variable, name) == getattr(by_option, name) == getattr(by_file, name)
    assert by_file.ascii is True
    assert by_file.arxiv_interval == 0.5


def test_services_by_name_in_a_text_or_a_list(tmp_path: Path) -> None:
    assert load(tmp_path).published_from == ()
    for text in ('published_from = "crossref, DBLP"', 'published_from = ["dblp", "crossref"]'):
        assert load(tmp_path, text).published_from == ("dblp", "crossref")
    services = load(tmp_path, 'contact = "me@example.org"\nservices_interval = 5').services()
    assert (services.url, services.interval, services.contact) == (None, 5, "me@example.org")
    assert services.cache == tmp_path / "cache"
    with pytest.raises(BadSetting, match=r"line 1: There is no service 'ads'"):
        load(tmp_path, 'published_from = "ads"')


def test_a_path_in_the_file_is_meant_from_where_the_file_is(tmp_path: Path) -> None:
    assert load(tmp_path, 'home = "papers"', PAPERPATH_HOME="").home == tmp_path / "papers"
    assert load(tmp_path, 'home = "~/papers"', PAPERPATH_HOME="").home == Path("~/papers").expanduser()


def test_a_relative_option_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(tmp_path, options={"home": "here"}).home == tmp_path / "here"


def test_fields_by_format(tmp_path: Path) -> None:
    text = (
        'fields = { bibtex = "+abstract", biblatex = "-url" }\njournals = "full"\njournal_lists = ["a.csv", "/b.csv"]'
    )
    settings = load(tmp_path, text)
    assert settings.style("bibtex").fields == "+abstract"
    assert settings.style("bibtex", "-doi").fields == "-doi"
    assert settings.style("ris") == Style("", "full", (str(tmp_path / "a.csv"), str(Path("/b.csv"))))
    assert load(tmp_path, 'fields = "-url"').style("ris") == Style("-url")
    with pytest.raises(BadSetting, match="line 1: 'url' does not say whether"):
        load(tmp_path, 'fields = "url"')


def test_a_style_is_a_name_or_a_file_beside_the_configuration(tmp_path: Path) -> None:
    assert load(tmp_path, 'reference_style = "ieee"').reference_style == "ieee"
    assert load(tmp_path, 'reference_style = "mine/x.csl"').reference_style == tmp_path / "mine" / "x.csl"
    with pytest.raises(BadSetting, match="such as apa"):
        load(tmp_path, "reference_style = 7")


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, PAPERPATH_CONTACT="", PAPERPATH_WORKERS=" ").workers == 1


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("arxiv_url", "export.arxiv.org", "http:// or https://"),
        ("fields", 3, "such as"),
        ("fields", {"word": "+url"}, "such as"),
        ("journals", "short", "full or abbreviated"),
        ("arxiv_url", "ftp://export.arxiv.org", "http:// or https://"),
        ("arxiv_url", "http://[::", "http:// or https://"),
        ("arxiv_url", "http://host:port", "http:// or https://"),
        ("arxiv_url", "http://a b", "http:// or https://"),
        ("arxiv_url", 3, "http:// or https://"),
        ("published_from", 3, "names of services"),
        ("citing_from", "crossref", "semantic-scholar, the only service"),
        ("citing_from", "all", "semantic-scholar, the only service"),
        ("published_from", [3], "names of services"),
        ("arxiv_interval", "soon", "from 0 to 3600"),
        ("arxiv_interval", -1, "from 0 to 3600"),
        ("arxiv_interval", True, "from 0 to 3600"),
        ("arxiv_interval", float("nan"), "from 0 to 3600"),
        ("arxiv_interval", float("inf"), "from 0 to 3600"),
        ("arxiv_interval", [3], "from 0 to 3600"),
        ("workers", 0, "from 1 to 16"),
        ("workers", 17, "from 1 to 16"),
        ("workers", 1.5, "from 1 to 16"),
        ("workers", True, "from 1 to 16"),
        ("workers", "two", "from 1 to 16"),
        ("ascii", "maybe", "true or false"),
        ("ascii", 2, "true or false"),
        ("contact", "me\nX-Evil: 1", "one line"),
        ("contact", "Jürgen", "one line"),
        ("contact", "  ", "one line"),
        ("home", 7, "path of a folder"),
        ("home", "", "path of a folder"),
        ("home", "~nobody-of-that-name/papers", "home folder exists"),
    ],
)
def test_a_value_that_cannot_be_honoured(tmp_path: Path, name: str, value: object, allowed: str) -> None:
    with pytest.raises(BadSetting, match=allowed) as caught:
        load(tmp_path, options={name: value})
    assert f"--{name.replace('_', '-')}: {name} must be" in str(caught.value)


def test_the_error_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^PAPERPATH_WORKERS: workers must be .* not 'many'\.$"):
        load(tmp_path, PAPERPATH_WORKERS="many")


def test_the_error_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, '# mine\n\ncontact = "a@b"\n"workers" = "many"\n')
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}, line 4: workers must be")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arxiv-url = 'x'", "line 1: there is no setting 'arxiv-url'. Did you mean 'arxiv_url'?"),
        ("\n[zotero]\nkey = 1", "line 2: there is no setting 'zotero'. There are: home, cache,"),
        ("x.y = 1", "line 1: there is no setting 'x'"),
    ],
)
def test_an_unknown_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"config\.toml is not TOML: .*line 2.*Text needs quotes"):
        load(tmp_path, "workers = 1\ncontact = me@example.org\n")


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSetting, match="cannot be read"):
        load(tmp_path, PAPERPATH_CONFIG=str(tmp_path / "config.toml"))


def test_a_windows_editor_may_put_a_mark_before_the_text(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffworkers = 2").workers == 2


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^PAPERPATH_CONFIG names .*nowhere\.toml, which does not exist"):
        load(tmp_path, PAPERPATH_CONFIG=str(tmp_path / "nowhere.toml"))
    with pytest.raises(BadSetting, match=r"^--config names"):
        load(tmp_path, options={"config": str(tmp_path / "nowhere.toml")})
    with pytest.raises(BadSetting, match=r"^--config: "):
        load(tmp_path, options={"config": "~nobody-of-that-name/x.toml"})


def test_the_option_for_the_file_beats_its_variable(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("workers = 5", encoding="utf-8")
    assert load(tmp_path, "workers = 2", {"config": str(tmp_path / "other.toml")}).workers == 5


def test_access_is_made_of_the_settings(tmp_path: Path) -> None:
    settings = load(tmp_path, "arxiv_url = 'http://127.0.0.1:9/'\narxiv_interval = 0.1\ncontact = 'me@example.org'")
    access = settings.access()
    assert (access.url, access.interval, access.contact) == ("http://127.0.0.1:9", 0.1, "me@example.org")
    assert access.cache == settings.cache


def test_arxivs_own_interval_cannot_be_shortened(tmp_path: Path) -> None:
    settings = load(tmp_path, "\narxiv_interval = 1")
    with pytest.raises(BadSetting, match=r"config\.toml, line 2: .*(3|three)"):
        settings.access()
    assert load(tmp_path, "arxiv_url = 'https://mirror.example.org'\narxiv_interval = 1").access().interval == 1


def test_reading_settings_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from paperpath import config;"
        "config.load(environ={'PAPERPATH_HOME': '/h', 'PAPERPATH_CACHE': '/c',"
        f" 'PAPERPATH_CONFIG': {str(tmp_path / 'c.toml')!r}}});"
        "print(*sorted({'platformdirs', 'click', 'requests', 'sqlite3', 'textual', 'rich'} & set(sys.modules)))"
    )
    (tmp_path / "c.toml").write_text("workers = 2", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_formula_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        load(tmp_path, 'workers = 2\nkey_formula = "{author}{jear}"\n')
    assert str(caught.value) == (
        f"{tmp_path / 'config.toml'}, line 2: In the key formula '{{author}}{{jear}}', character 10:"
        " there is no part 'jear'. Did you mean 'year'?"
    )
    with pytest.raises(BadSetting, match=r"^--key-formula: In the key formula '\{author', character 1: this \{ lacks"):
        load(tmp_path, options={"key_formula": "{author"})
    with pytest.raises(BadSetting, match=r"line 1: key_formula must be a formula in quotes, .* not 3\.$"):
        load(tmp_path, "key_formula = 3\n")


def test_a_model_that_writes_answers_needs_an_address_and_a_name(tmp_path: Path) -> None:
    assert load(tmp_path).endpoint({"PAPERPATH_ASK_KEY": "secret"}) is None
    both = load(tmp_path, 'ask_url = "http://localhost:11434/v1/"\nask_model = "small"\nask_seconds = 5')
    endpoint = both.endpoint({"PAPERPATH_ASK_KEY": " secret\n"})
    assert endpoint is not None
    assert (endpoint.url, endpoint.model, endpoint.key, endpoint.seconds) == (
        "http://localhost:11434/v1", "small", "secret", 5,
    )  # fmt: skip
    with pytest.raises(BadSetting, match=r"line 1: ask_model needs ask_url too"):
        load(tmp_path, 'ask_model = "small"').endpoint({})
    with pytest.raises(BadSetting, match=r"from 1 to 3600"):
        load(tmp_path, "ask_seconds = 0")
