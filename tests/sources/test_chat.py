"""A language model behind an address: what is sent, and what each failure says."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, BadSetting, Cancelled, PaperpathError, Unreachable
from paperpath.sources.chat import Endpoint, answer
from tests.standin.chat import Chat

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def chat() -> Iterator[Chat]:
    with Chat() as model:
        yield model


def asked(chat: Chat, **options: object) -> str:
    return answer(Endpoint(chat.url, "small", **options), "Be brief.", "Why?")  # type: ignore[arg-type]


def test_what_is_sent_and_what_comes_back(chat: Chat) -> None:
    assert asked(chat, key="secret") == chat.said
    assert chat.asked == [
        {
            "model": "small",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}],
            "temperature": 0,
        }
    ]
    assert chat.keys == ["Bearer secret"]


def test_without_a_key_none_is_sent(chat: Chat) -> None:
    asked(chat)
    assert chat.keys == [None]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, BadSetting, "a key is needed"),
        (403, BadSetting, "PAPERPATH_ASK_KEY"),
        (404, BadSetting, "ask_model"),
        (400, BadSetting, "no such model"),
        (429, Unreachable, "later"),
        (500, BadAnswer, "no such model"),
    ],
)
def test_each_refusal_says_what_to_do(chat: Chat, status: int, kind: type[PaperpathError], words: str) -> None:
    chat.status, chat.body = status, b'{"error": {"message": "no such model"}}'
    with pytest.raises(kind, match=words):
        asked(chat)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}', b"\xff"]
)
def test_an_answer_that_is_none(chat: Chat, body: bytes) -> None:
    chat.body = body
    with pytest.raises(BadAnswer, match="ask_url"):
        asked(chat)


def test_an_empty_answer(chat: Chat) -> None:
    chat.said = " "
    with pytest.raises(BadAnswer, match="empty"):
        asked(chat)


def test_a_key_is_not_taken_elsewhere(chat: Chat) -> None:
    with Chat() as other:
        chat.status, chat.headers = 307, {"Location": f"{other.url}/chat/completions"}
        with pytest.raises(BadSetting, match="not followed"):
            asked(chat, key="secret")
        assert other.keys == []


@pytest.mark.parametrize("pause", [0.05, 30])
def test_it_is_not_waited_for_longer_than_was_said(chat: Chat, pause: float) -> None:
    chat.pause = pause  # a byte now and then keeps a connection alive for ever
    with pytest.raises(Unreachable, match="ask_seconds"):
        asked(chat, seconds=0.4)
    assert chat.sent < len(chat.said)


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(Unreachable, match="Is the model running"):
        answer(Endpoint(url, "small"), "", "Why?")


def test_it_can_be_stopped_while_the_model_thinks(chat: Chat) -> None:
    chat.pause = 30
    with pytest.raises(Cancelled):
        answer(Endpoint(chat.url, "small"), "", "Why?", stop=lambda: bool(chat.asked))


def test_a_key_that_would_be_another_header(chat: Chat) -> None:
    with pytest.raises(BadSetting, match="PAPERPATH_ASK_KEY"):
        asked(chat, key="a\r\nX: b")
    assert chat.asked == []
