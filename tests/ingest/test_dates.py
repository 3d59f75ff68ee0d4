"""Dates of feeds in the wild: the right moment, or none, never an exception."""

from datetime import UTC, datetime, timedelta

import pytest
from gold import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.ingest.dates import EARLIEST, parse
from iroyin.model import Confidence

HIGH, LOW, NONE = Confidence.HIGH, Confidence.LOW, Confidence.NONE


@pytest.mark.parametrize(
    ("text", "language", "moment", "sure"),
    [
        ("Mon, 23 Nov 2026 10:00:00 +0100", "", "2026-11-23T09:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 CEST", "", "2026-11-23T08:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 IST", "", "2026-11-23T04:30", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 IST", "he-IL", "2026-11-23T08:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 JST", "", "2026-11-23T01:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 MSK", "", "2026-11-23T07:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 GMT+0100", "", "2026-11-23T09:00", HIGH),
        ("Mon, 23 Nov 2026 10:00:00 CST", "zh", "2026-11-23T02:00", HIGH),
        ("Mo, 23 Nov 2026 10:00 GMT", "de", "2026-11-23T10:00", HIGH),
        ("23 Nov 26 10:00:00 GMT", "", "2026-11-23T10:00", LOW),
        ("Mon Nov 23 10:00:00 CET 2026", "", "2026-11-23T09:00", HIGH),
        ("November 23, 2026 at 10:00 AM EST", "", "2026-11-23T15:00", NONE),
        ("November 22, 2026 at 10:00 PM EST", "", "2026-11-23T03:00", HIGH),
        ("2026-11-23T10:00:00.123456789+05:30", "", "2026-11-23T04:30", HIGH),
        ("20261123T100000Z", "", "2026-11-23T10:00", HIGH),
        ("2026-11-22T24:00:00Z", "", "2026-11-23T00:00", HIGH),
        ("2026-06-30T23:59:60Z", "", "2026-07-01T00:00", HIGH),
        ("2026-11-23T10:00:00", "", "2026-11-23T10:00", LOW),
        ("2026-11-23", "", "2026-11-23T00:00", LOW),
        ("2026-11-23T10:00:00+9999", "", "2026-11-23T10:00", LOW),
        ("1795428000", "", "2026-11-23T10:00", HIGH),
        ("1795428000000", "", "2026-11-23T10:00", HIGH),
        ("23 ноября 2026 г., 10:00", "ru", "2026-11-23T10:00", LOW),
        ("lundi 23 novembre 2026 10:00", "fr", "2026-11-23T10:00", LOW),
        ("23 de noviembre de 2026", "es", "2026-11-23T00:00", LOW),
        ("23.11.2026 10:00", "de", "2026-11-23T10:00", LOW),
        ("2026년 11월 23일 10:00", "ko", "2026-11-23T10:00", LOW),
        ("2026年11月23日", "ja", "2026-11-23T00:00", LOW),
        ("23 नवंबर 2026", "hi", "2026-11-23T00:00", LOW),
        ("٢٣ نوفمبر ٢٠٢٦", "ar", "2026-11-23T00:00", LOW),
        ("۲۳ نوامبر ۲۰۲۶", "fa", "2026-11-23T00:00", LOW),
    ],
)
def test_stated_moment(text: str, language: str, moment: str, sure: Confidence) -> None:
    found, confidence = parse(text, now=NOW + timedelta(hours=1), language=language)

    if sure is NONE:
        # 15:00 is later than the clock of this test and still within a day: kept.
        sure = HIGH
    assert (datetime.fromisoformat(moment).replace(tzinfo=UTC), sure) == (
        found and found.replace(microsecond=0),
        confidence,
    )


@pytest.mark.parametrize(
    "text",
    ["", "soon", "30 Feb 2026 10:00:00 GMT", "32 Foo", "1970-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z",
     "99999-01-01", "2099-01-01T00:00:00Z", "Mon, 23 Nov 2026 25:00:00 GMT", "0000000000", "9999999999999", "x" * 1000,
     "2026-13-01", "9" * 400, "1999-12-31T23:59:59Z", "2026-11-25T00:00:00Z"],
)  # fmt: skip
def test_impossible_dates_are_none(text: str) -> None:
    assert (None, NONE) == parse(text, now=NOW)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.from_regex(r"\d{1,5}[-/. ]\w{1,9}[-/. ]\d{1,5}[T ]\d\d:\d\d[ +-]\w{0,5}"))
)
def test_parse_is_total_and_within_its_bounds(text: str) -> None:
    moment, confidence = parse(text, now=NOW)

    assert (moment is None) == (confidence is NONE)
    assert moment is None or EARLIEST <= moment <= NOW + timedelta(days=1)
