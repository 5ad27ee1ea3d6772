"""One request at a time, far enough apart, over all programs of a user.

arXiv counts requests per person, not per process: a fetch in one terminal, the interface in another and a cron job
share one allowance. So the allowance lives in a file. A turn is taken under a lock (which the system frees when its
holder dies) and the lock is held until the body is read, so there is never a second connection. A *stamp* says when
the last request was and how long everybody must rest after it. It is written twice: before sending, so that a crash
still counts, and when the answer's headers arrive, because only then is it certain that the server has seen the
request; a rest counted from the sending alone came out too short by the time the request was on its way.

The lock is not held during the wait: whoever wakes first goes, so that one look-up need not queue behind a fetch of a
hundred papers.

Seconds are counted on a clock that nobody can set. The wall clock is stamped beside it and used only when the machine
has been restarted since (or the folder is shared with another machine), because then it is all the two have in common.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from paperpath.durable import disk_is_full
from paperpath.errors import BadSetting, Cancelled, DiskFull, PaperpathError, Refused, Unreachable
from paperpath.sources.base import ARXIV_INTERVAL, Stop, Tell, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSAL = 3600.0
"""Seconds of silence after a 403 or a captcha at arXiv's interval; another one scales it (:meth:`Turn.refuse`)."""
PATIENCE = 600.0
"""The longest rest that a program sits out; asked for more, it says so and ends."""
_STAMP_BYTES = 512  # overwritten in place: works on a full disk, and so short a write is not torn
_SLICE = 0.1  # how late a stop may be noticed


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time on both clocks."""

    boot: str
    """Names the run of the machine that ``steady`` belongs to."""
    steady: float
    wall: float

    def seconds_since(self, earlier: Moment) -> float:
        """Seconds from ``earlier`` to this moment; never more than have passed, whatever was done to the wall clock.

        Only across a restart can a wall clock that was set forward make it more, and then minutes have passed anyway.
        """
        if self.boot == earlier.boot and self.steady >= earlier.steady:
            return self.steady - earlier.steady
        return max(0.0, self.wall - earlier.wall)


class Clock:
    """The machine's clocks; tests hand in another."""

    def __init__(self) -> None:
        # Linux: one file that changes with each start. Elsewhere the steady clock running backwards tells a restart.
        try:
            self._boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            self._boot = ""

    def now(self) -> Moment:
        """This moment."""
        # CLOCK_BOOTTIME goes on while a laptop sleeps; time.monotonic is the same for all processes, too.
        steady = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
        return Moment(self._boot, steady, time.time())

    def sleep(self, seconds: float) -> None:
        """Do nothing for at least ``seconds``."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file says: the last request, and the rest that everybody owes after it."""

    at: Moment
    rest: float
    why: str = ""
    """Why the rest is longer than usual; empty for the usual one."""
    refused: bool = False

    def remaining(self, now: Moment, interval: float) -> float:
        """Seconds from ``now`` until a program with this ``interval`` may send."""
        return max(self.rest, interval) - now.seconds_since(self.at)


class Gate:
    """The way out to one host. Cheap to make; any number of them, in any process, keep the same order."""

    def __init__(self, folder: Path, host: str, interval: float, clock: Clock | None = None) -> None:
        self.interval = interval
        self._clock = clock or Clock()
        name = "".join(c if c.isalnum() or c in ".-" else "_" for c in host)
        self._stamp_file = folder / f"gate-{name}.stamp"
        self._lock_file = folder / f"gate-{name}.lock"

    @contextmanager
    def turn(self, *, tell: Tell, stop: Stop) -> Iterator[Turn]:
        """Wait for a turn; inside, exactly one request may be sent and its body read.

        Raises:
            Refused: the server does not want us, as this or another process has learnt.
            Unreachable: the server asked for a longer rest than anybody sits out.
            Cancelled: ``stop`` said so.
        """
        lock = FileLock(self._lock_file, thread_local=False)
        self._enter(lock, tell, stop)
        try:
            turn = Turn(self, self._clock)
            try:
                yield turn
            finally:
                turn.end()
        finally:
            lock.release()

    def check(self) -> None:
        """Raise :class:`Refused` or :class:`Unreachable` if a request made now would have to."""
        self._remaining()

    def wait(self, seconds: float, why: str, *, tell: Tell, stop: Stop) -> None:
        """Let ``seconds`` pass outside of any turn, with ``stop`` honoured."""
        start = self._clock.now()
        told = _Countdown(tell)
        while (left := seconds - self._clock.now().seconds_since(start)) > 0:
            _honour(stop)
            told(left, why)
            self._clock.sleep(min(left, _SLICE))
        _honour(stop)

    def read(self) -> Stamp | None:
        """The stamp; None before the first request. An unreadable one is replaced by a request of this moment."""
        for _look in range(2):
            try:
                data = json.loads(self._stamp_file.read_bytes())
                at = Moment(str(data["boot"]), float(data["steady"]), float(data["wall"]))
                return Stamp(at, float(data["rest"]), str(data["why"]), bool(data["refused"]))
            except FileNotFoundError:
                return None
            except (OSError, ValueError, TypeError, KeyError):
                self._clock.sleep(0.01)  # somebody may be writing it just now
        stamp = Stamp(self._clock.now(), self.interval)
        self.write(stamp)
        return stamp

    def write(self, stamp: Stamp) -> None:
        """Overwrite the stamp in place."""
        fields = asdict(stamp)
        data = json.dumps(fields.pop("at") | fields, ensure_ascii=False).encode()
        try:
            handle = os.open(self._stamp_file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(handle, data.ljust(_STAMP_BYTES))
            finally:
                os.close(handle)
        except OSError as error:
            kind = DiskFull if disk_is_full(error) else BadSetting
            raise kind(
                f"The time of the last request could not be written to {self._stamp_file} ({error.strerror}),"
                " and without it nothing may be sent. Make room or name another cache folder."
            ) from error

    def _enter(self, lock: FileLock, tell: Tell, stop: Stop) -> None:
        told = _Countdown(tell)
        poll = min(_SLICE, max(self.interval / 10, 0.002))
        while True:
            _honour(stop)
            if (left := self._remaining()) > 0:
                stamp = self.read()
                told(left, (stamp.why if stamp else "") or "keeping requests apart")
                self._clock.sleep(min(left, _SLICE))
            elif self._take(lock):
                try:
                    if self._remaining() <= 0:
                        return
                except PaperpathError:
                    lock.release()
                    raise
                lock.release()  # somebody was faster
            else:
                told(self.interval, "another paperpath is receiving an answer")
                self._clock.sleep(poll)

    def _take(self, lock: FileLock) -> bool:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            raise BadSetting(
                f"No lock can be taken in {self._lock_file.parent} ({error}). Name another cache folder."
            ) from error
        return True

    def _remaining(self) -> float:
        """Seconds until the next turn, unless they are more than anybody sits out."""
        now, stamp = self._clock.now(), self.read()
        if stamp is None:
            return 0.0
        if stamp.at.boot != now.boot and stamp.at.wall > now.wall:
            # Restarted, and the wall clock was set back: without a new start the rest would last until it catches up.
            stamp = replace(stamp, at=now)
            self.write(stamp)
        left = stamp.remaining(now, self.interval)
        if stamp.refused and left > 0:
            raise refusal(now.wall + left)
        if left > PATIENCE:
            raise Unreachable(f"The server asks for a rest until {_o_clock(now.wall + left)}. Run it again then.")
        return left


class Turn:
    """Permission for one request; the stamp follows what becomes of it."""

    def __init__(self, gate: Gate, clock: Clock) -> None:
        self._gate = gate
        self._clock = clock
        # If this process dies now, nobody will ever know when the request arrived: then the rest is twice as long.
        self._stamp = Stamp(clock.now(), 2 * gate.interval)
        self._answered = False
        gate.write(self._stamp)

    def answered(self, rest: float = 0.0, why: str = "") -> None:
        """The headers are here (or will never be): the server has seen the request by now.

        Args:
            rest: what the server asked for, in seconds, if more than the interval.
            why: the reason for that, shown to whoever waits.
        """
        self._answered = True
        self._note(Stamp(self._clock.now(), max(rest, self._gate.interval), why[:40] if rest else ""))

    def refuse(self) -> Refused:
        """Stop every program of the user from asking again: for an hour at arXiv's interval of 3 s.

        The hour scales with the interval (0.02 s → 24 s), so that tests against a stand-in need not wait; no host
        under arxiv.org can have a shorter interval, so there it is an hour at least.
        """
        self._answered = True
        now = self._clock.now()
        rest = REFUSAL * self._gate.interval / ARXIV_INTERVAL
        self._note(Stamp(now, rest, "refused", refused=True))
        return refusal(now.wall + rest)

    def end(self) -> None:
        """The connection is closed. Its end needs time to arrive, or the server would see two connections at once."""
        if not self._answered:
            self.answered()
        linger = self._gate.interval / 6  # half a second at arXiv's interval; matters only after a long body
        rest = self._clock.now().seconds_since(self._stamp.at) + linger
        if rest > self._stamp.rest:
            self._note(replace(self._stamp, rest=rest))

    def _note(self, stamp: Stamp) -> None:
        self._stamp = stamp
        self._gate.write(stamp)


class _Countdown:
    """Tells a wait at its start and then twice a second: enough for a countdown, little enough for a queue."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._last: tuple[float, str] | None = None

    def __call__(self, seconds: float, why: str) -> None:
        if self._last is None or why != self._last[1] or abs(self._last[0] - seconds) >= 0.5:
            self._last = (seconds, why)
            self._tell(Waiting(seconds, why))


def refusal(until: float) -> Refused:
    """The error for a server that does not want us before ``until``."""
    return Refused(
        "The server refused (a 403 or a captcha page), and going on would count as an attack."
        f" No request will be sent before {_o_clock(until)}; what is done is kept. Run it again then.",
        until,
    )


def _honour(stop: Stop) -> None:
    if stop():
        raise Cancelled("Stopped. Run it again to go on from here.")


def _o_clock(wall: float) -> str:
    return time.strftime("%H:%M", time.localtime(wall))
