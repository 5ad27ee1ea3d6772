"""The gate, with clocks that the tests turn."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from paperpath.errors import BadSetting, Cancelled, DiskFull, Refused, Unreachable
from paperpath.sources.base import Progress, Waiting, never, silent
from paperpath.sources.folders import shared_folder
from paperpath.sources.gate import Clock, Gate, Moment, Stamp

if TYPE_CHECKING:
    from pathlib import Path


class FakeClock(Clock):
    """Stands still but for sleeping and what a test does to it."""

    def __init__(self) -> None:
        self.moment = Moment("this boot", 1000.0, 1.7e9)
        self.slept = 0.0

    def now(self) -> Moment:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        self.moment = replace(self.moment, steady=self.moment.steady + seconds, wall=self.moment.wall + seconds)

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the wall clock by so much."""
        self.moment = replace(self.moment, wall=self.moment.wall + seconds)

    def restart(self, away: float) -> None:
        """The machine is off for a while and starts again."""
        self.moment = Moment(f"boot after {self.moment.boot}", 5.0, self.moment.wall + away)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def gate(tmp_path: Path, clock: FakeClock) -> Gate:
    return Gate(tmp_path, "arxiv.org", 3.0, clock)


def ask(gate: Gate, *, body: float = 0.0, rest: float = 0.0) -> None:
    """One request, whose body takes so long."""
    with gate.turn(tell=silent, stop=never) as turn:
        turn.answered(rest, "the server asked for a rest")
        gate._clock.sleep(body)


def wait_for_turn(gate: Gate, clock: FakeClock) -> float:
    """Seconds that a turn is waited for now."""
    before = clock.slept
    with gate.turn(tell=silent, stop=never):
        return clock.slept - before


def test_the_first_turn_comes_at_once_and_the_second_after_the_interval(gate: Gate, clock: FakeClock) -> None:
    assert wait_for_turn(gate, clock) == 0
    assert wait_for_turn(gate, clock) == pytest.approx(3.0)
    clock.pass_by(2.0)
    assert wait_for_turn(gate, clock) == pytest.approx(1.0)


def test_another_gate_on_the_folder_keeps_the_same_order(gate: Gate, clock: FakeClock, tmp_path: Path) -> None:
    ask(gate)
    assert wait_for_turn(Gate(tmp_path, "arxiv.org", 3.0, clock), clock) == pytest.approx(3.0)
    assert wait_for_turn(Gate(tmp_path, "other.example", 3.0, clock), clock) == 0


def test_a_longer_interval_of_ones_own_is_kept_after_somebody_elses_request(
    gate: Gate, clock: FakeClock, tmp_path: Path
) -> None:
    ask(gate)
    assert wait_for_turn(Gate(tmp_path, "arxiv.org", 10.0, clock), clock) == pytest.approx(10.0)


def test_after_a_long_body_the_end_of_the_connection_gets_time_to_arrive(gate: Gate, clock: FakeClock) -> None:
    ask(gate, body=60.0)
    assert wait_for_turn(gate, clock) == pytest.approx(0.5)


def test_a_request_whose_answer_nobody_saw_counts_twice(gate: Gate, clock: FakeClock) -> None:
    with gate.turn(tell=silent, stop=never):
        killed = gate._stamp_file.read_bytes()
    gate._stamp_file.write_bytes(killed)  # what a killed process leaves: the stamp from before sending
    assert wait_for_turn(gate, clock) == pytest.approx(6.0)


@pytest.mark.parametrize("step", [-86400.0, -1.0, 1.0, 86400.0])
def test_setting_the_wall_clock_changes_nothing(gate: Gate, clock: FakeClock, step: float) -> None:
    ask(gate)
    clock.set_wall(step)
    assert wait_for_turn(gate, clock) == pytest.approx(3.0)


@pytest.mark.parametrize("step", [-86400.0, 86400.0])
def test_setting_the_wall_clock_does_not_end_or_stretch_a_refusal(gate: Gate, clock: FakeClock, step: float) -> None:
    with gate.turn(tell=silent, stop=never) as turn:
        turn.refuse()
    clock.set_wall(step)
    clock.pass_by(3599.0)
    with pytest.raises(Refused):
        ask(gate)
    clock.pass_by(1.0)
    ask(gate)


def test_a_refusal_outlasts_a_restart_by_the_wall_clock(gate: Gate, clock: FakeClock) -> None:
    with gate.turn(tell=silent, stop=never) as turn:
        turn.refuse()
    clock.restart(away=1800.0)
    with pytest.raises(Refused) as error:
        ask(gate)
    assert error.value.until == pytest.approx(clock.now().wall + 1800.0)
    clock.restart(away=1800.0)
    ask(gate)


def test_a_restart_into_the_past_starts_the_rest_anew_and_only_once(gate: Gate, clock: FakeClock) -> None:
    ask(gate)
    clock.restart(away=-1e8)
    assert wait_for_turn(gate, clock) == pytest.approx(3.0)


def test_a_refusal_stops_every_gate_without_a_wait(gate: Gate, clock: FakeClock, tmp_path: Path) -> None:
    with gate.turn(tell=silent, stop=never) as turn:
        error = turn.refuse()
    assert error.until == pytest.approx(clock.now().wall + 3600.0)
    with pytest.raises(Refused, match=r"No request will be sent before \d\d:\d\d"):
        ask(Gate(tmp_path, "arxiv.org", 3.0, clock))
    assert clock.slept == 0


def test_a_refusal_learnt_just_before_sending_frees_the_lock(gate: Gate, clock: FakeClock, tmp_path: Path) -> None:
    """Another process is refused between this one's look at the stamp and its lock."""
    ask(gate)
    clock.pass_by(10.0)
    stamp = gate.read()
    assert stamp is not None
    looks: list[None] = []

    class Late(Gate):
        def read(self) -> Stamp | None:
            looks.append(None)
            return stamp if len(looks) == 1 else replace(stamp, rest=3600.0, refused=True)

    with pytest.raises(Refused) as caught:
        ask(Late(tmp_path, "arxiv.org", 3.0, clock))
    with FileLock(gate._lock_file, timeout=0):  # while the error, and so every frame it went through, is still alive
        assert caught.value.until > clock.now().wall
    assert len(looks) == 2


def test_a_rest_that_the_server_asks_for_is_kept_by_every_gate(gate: Gate, clock: FakeClock, tmp_path: Path) -> None:
    ask(gate, rest=120.0)
    assert wait_for_turn(Gate(tmp_path, "arxiv.org", 3.0, clock), clock) == pytest.approx(120.0)


def test_a_rest_that_is_shorter_than_the_interval_is_the_interval(gate: Gate, clock: FakeClock) -> None:
    ask(gate, rest=0.5)
    assert wait_for_turn(gate, clock) == pytest.approx(3.0)


def test_nobody_sits_out_a_rest_of_hours(gate: Gate, clock: FakeClock) -> None:
    ask(gate, rest=7200.0)
    with pytest.raises(Unreachable, match=r"rest until \d\d:\d\d"):
        ask(gate)
    assert clock.slept == 0


@pytest.mark.parametrize("stamp", [b"", b"{", b'{"boot": 1}', b"\0" * 512, b"[]", b'"text"'])
def test_an_unreadable_stamp_counts_as_a_request_of_this_moment(gate: Gate, clock: FakeClock, stamp: bytes) -> None:
    gate._stamp_file.write_bytes(stamp)
    assert wait_for_turn(gate, clock) == pytest.approx(3.0, abs=0.05)


def test_a_stop_is_noticed_within_a_fifth_of_a_second(gate: Gate, clock: FakeClock) -> None:
    ask(gate)
    start = clock.slept
    with pytest.raises(Cancelled), gate.turn(tell=silent, stop=lambda: clock.slept - start > 1.0):
        pass
    assert clock.slept - start < 1.2


def test_a_stop_is_noticed_while_another_process_has_the_turn(gate: Gate, clock: FakeClock) -> None:
    with FileLock(gate._lock_file), pytest.raises(Cancelled), gate.turn(tell=silent, stop=lambda: clock.slept > 1.0):
        pass
    assert clock.slept < 1.2


def test_a_wait_outside_of_a_turn_can_be_stopped_too(gate: Gate, clock: FakeClock) -> None:
    with pytest.raises(Cancelled):
        gate.wait(60.0, "trying again", tell=silent, stop=lambda: clock.slept > 1.0)
    assert clock.slept < 1.2
    gate.wait(1.0, "trying again", tell=silent, stop=never)


def test_waiting_is_told_as_a_countdown(gate: Gate, clock: FakeClock) -> None:
    ask(gate, rest=10.0)
    told: list[Progress] = []
    with gate.turn(tell=told.append, stop=never):
        pass
    seconds = [step.seconds for step in told if isinstance(step, Waiting)]
    assert seconds[0] == pytest.approx(10.0)
    assert seconds == sorted(seconds, reverse=True)
    assert 15 < len(seconds) < 25
    assert {step.why for step in told if isinstance(step, Waiting)} == {"the server asked for a rest"}


def test_the_lock_is_free_while_waiting(gate: Gate, clock: FakeClock) -> None:
    """So that whoever wakes first goes, and a look-up does not queue behind a long fetch."""
    ask(gate)
    taken: list[bool] = []

    def stop() -> bool:
        with FileLock(gate._lock_file, timeout=0):
            taken.append(True)
        return len(taken) > 5

    with pytest.raises(Cancelled), gate.turn(tell=silent, stop=stop):
        pass
    assert len(taken) > 5


def test_a_failure_inside_a_turn_counts_as_a_request_and_frees_the_lock(gate: Gate, clock: FakeClock) -> None:
    with pytest.raises(ZeroDivisionError), gate.turn(tell=silent, stop=never):
        raise ZeroDivisionError
    assert wait_for_turn(gate, clock) == pytest.approx(3.0)


def test_without_a_stamp_nothing_is_sent(gate: Gate) -> None:
    gate._stamp_file.mkdir()
    with pytest.raises(BadSetting, match=r"nothing may be sent"):
        ask(gate)


def test_on_a_full_disk_nothing_is_sent(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.write", full)
    with pytest.raises(DiskFull, match=r"Make room"):
        ask(gate)


def test_the_shared_folder_is_made_and_replaced_when_it_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shared_folder(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    fallback = shared_folder(blocked / "cache")
    assert fallback.parent == tmp_path
    assert fallback == shared_folder(blocked / "other")
    monkeypatch.setattr("tempfile.tempdir", str(blocked))
    with pytest.raises(BadSetting, match=r"Name a cache folder"):
        shared_folder(blocked / "cache")


def test_the_real_clock_moves_on_and_names_its_boot() -> None:
    clock = Clock()
    first, second = clock.now(), Clock().now()
    assert first.boot == second.boot
    assert second.seconds_since(first) >= 0
