"""Hosts are asked one request at a time, with pauses, and left alone when they say so (hardening 11, 25)."""

import threading
from datetime import UTC, datetime

import pytest

from iroyin.adapters.politeness import Politeness, retry_after
from iroyin.errors import AddressRefused

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
WEEK = 7 * 24 * 3600.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 300 ", 300.0),
        ("0", 60.0),
        ("5", 60.0),
        ("315360000", WEEK),
        ("9" * 400, WEEK),
        ("Thu, 08 Jan 2026 18:10:00 GMT", 600.0),
        ("Thu, 08 Jan 2026 19:10:00 +0100", 600.0),
        ("Thu, 08 Jan 2026 18:10:00 -0000", 600.0),
        ("Thu, 08 Jan 2015 18:10:00 GMT", 60.0),
        ("Thu, 08 Jan 2036 18:10:00 GMT", WEEK),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("12.5", None),
        ("١٢٠", None),
        ("Thu, 99 Jan 2026 18:10:00 GMT", None),
        ("Thu, 08 Jan 99999 18:10:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_between_a_minute_and_a_week(value: str, seconds: float | None) -> None:
    assert seconds == retry_after(value, NOW)


class Clock:
    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def test_there_is_a_pause_between_two_requests_to_one_host_only() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    for host in ("a", "b", "a", "a"):
        with politeness.turn(host, delay=2.0):
            pass

    assert [2.0, 2.0] == clock.slept


def test_after_an_error_the_pause_is_longer() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    with pytest.raises(ValueError, match="broken"), politeness.turn("a", delay=2.0):
        raise ValueError("broken")
    with politeness.turn("a", delay=2.0):
        pass

    assert [5.0] == clock.slept


def test_a_refused_address_was_never_asked_and_costs_no_pause() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    for _ in range(2):
        with pytest.raises(AddressRefused), politeness.turn("a", delay=2.0):
            raise AddressRefused("http://a/", "private address")

    assert [] == clock.slept


def test_a_host_without_delay_is_never_waited_for() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    for _ in range(3):
        with politeness.turn("a", delay=0.0):
            pass

    assert [] == clock.slept


def test_silence_lasts_as_long_as_asked_and_is_never_shortened() -> None:
    clock = Clock()
    politeness = Politeness(clock=clock, sleep=clock.sleep)

    politeness.silence("a", 600.0)
    politeness.silence("a", 60.0)

    assert (600.0, 0.0) == (politeness.silent_for("a"), politeness.silent_for("b"))
    clock.time = 601.0
    assert 0.0 == politeness.silent_for("a")


def test_two_threads_never_ask_one_host_together() -> None:
    politeness = Politeness(clock=lambda: 0.0, sleep=lambda seconds: None)
    together, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal together, most
        for _ in range(50):
            with politeness.turn("a", delay=1.0):
                with lock:
                    together += 1
                    most = max(most, together)
                with lock:
                    together -= 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == most
