"""A stand-in for a language model behind an address like OpenAI's, on loopback."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Chat:
    """``with Chat() as model``: answers at ``model.url``, and keeps what it was asked."""

    def __init__(self, said: str = "It keeps the softmax out of flat regions [1].") -> None:
        self.status = 200
        self.body: bytes | None = None
        """In place of an answer."""
        self.headers: dict[str, str] = {}
        self.pause = 0.0
        """Seconds before it answers, and then between two bytes of the answer."""
        self.said = said
        self.sent = 0
        """Bytes of an answer that is sent with pauses."""
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self) -> bytes:
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": self.said}}]}).encode()

    def _handler(chat) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - two selves
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                chat.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                chat.keys.append(self.headers["Authorization"])
                status = chat.status if self.path == "/v1/chat/completions" else 404
                body = chat._answer() if chat.body is None else chat.body
                self.send_response(status)
                for name, value in chat.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    for byte in body if chat.pause else ():
                        time.sleep(chat.pause)
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        chat.sent += 1
                    if not chat.pause:
                        self.wfile.write(body)
                except OSError:  # who asked has had enough
                    return

            def log_message(self, *_: object) -> None:
                """Nothing."""

        return Handler
