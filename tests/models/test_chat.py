"""The chat against a real server on loopback: the ladder, errors, slow streams, half answers, budgets, the cache."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from chat_stage import NOW, Chats, Clock
from model_server import ModelServer, Raw, event, one_by_one

from iroyin.adapters.models.breaker import FAILURES, REST
from iroyin.adapters.store import SqlStore
from iroyin.errors import ModelError
from iroyin.model import Question

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
QUESTION = Question("test/1", "You answer.", "What is a?", SCHEMA, story_id="s1", most_tokens=50)
GOOD = '{"a": 1}'


def read(value: object) -> int:
    found = value.get("a") if isinstance(value, dict) else None
    if not isinstance(found, int):
        raise ValueError("a is missing")
    return found


def always(told: str | Raw) -> Any:
    return lambda _: told


@pytest.mark.parametrize(
    ("formats", "unknown", "rungs"),
    [
        (("json_schema", "json_object"), 400, ["json_schema"]),
        (("json_object",), 500, ["json_schema", "json_object"]),
        ((), 400, ["json_schema", "json_object", ""]),
        ((), 422, ["json_schema", "json_object", ""]),
    ],
)
def test_the_ladder_ends_on_a_rung_that_the_server_knows_and_stays_there(
    chat: Chats, formats: tuple[str, ...], unknown: int, rungs: list[str]
) -> None:
    with ModelServer(one_by_one(GOOD, '{"a": 2}'), formats=formats, unknown=unknown) as server:
        asks = chat(server)
        assert (1, 2) == (asks.ask(QUESTION, read), asks.ask(Question("test/1", "", "b", SCHEMA), read))
        tried = [asked.get("response_format", {}).get("type", "") for asked in server.asked]
    assert [*rungs, rungs[-1]] == tried
    prompted = [json.dumps(SCHEMA) in asked["messages"][0]["content"] for asked in server.asked]
    assert [rung != "json_schema" for rung in tried] == prompted


def test_a_server_that_fails_for_other_reasons_keeps_its_rung(chat: Chats) -> None:
    with ModelServer(one_by_one(GOOD, Raw(500), '{"a": 3}')) as server:
        asks = chat(server)
        asks.ask(QUESTION, read)
        assert 3 == asks.ask(Question("test/1", "", "b", SCHEMA), read)
        assert {"json_schema"} == {asked["response_format"]["type"] for asked in server.asked}


@pytest.mark.parametrize("streams", [True, False])
def test_a_stream_and_a_whole_answer_are_read_alike(chat: Chats, store: SqlStore, streams: bool) -> None:
    with ModelServer(always('{"a": 12}'), streams=streams) as server:
        assert 12 == chat(server, price_in=2.0, price_out=8.0).ask(QUESTION, read)
    spent = store.spent(since=NOW - timedelta(hours=1))
    assert (1, 0, 102, 1) == (spent.calls, spent.failed, spent.tokens, spent.stories)
    assert pytest.approx((100 * 2 + 2 * 8) / 1e6) == spent.cost


@pytest.mark.parametrize(
    "told",
    [
        '```json\n{"a": 1}\n```', 'Certainly! {"a": 1} I hope this helps.', '<think>{"a": 9}</think>{"a": 1}',
        '{"a": 1, "b": [{"c": 1}, {"c": ', '  {"a":1}  ',
    ],
)  # fmt: skip
def test_json_in_prose_fences_and_halves_is_read(chat: Chats, told: str) -> None:
    with ModelServer(always(told)) as server:
        assert 1 == chat(server).ask(QUESTION, read)
        assert 1 == len(server.asked)


@pytest.mark.parametrize(
    "told",
    [
        "As an AI language model I cannot.", '{"a": NaN}', '{"a": Infinity}', '{"a": 1e999}', '{"a": 1, "a": 2}',
        '{"a": ' + "9" * 5000 + "}", '{"a": ' + "[" * 100_000, "[1]", '{"a": "one"}', '{"b": 1}', "{", "}{", '{"a": "',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_asked_for_once_more_and_then_given_up(chat: Chats, told: str) -> None:
    with ModelServer(always(told)) as server:
        with pytest.raises(ModelError, match="not usable"):
            chat(server).ask(QUESTION, read)
        assert 2 == len(server.asked)
        assert "could not be used" in server.asked[1]["messages"][1]["content"]


def test_a_second_answer_that_can_be_used_is_used(chat: Chats, store: SqlStore) -> None:
    with ModelServer(one_by_one("I will not.", GOOD)) as server:
        assert 1 == chat(server).ask(QUESTION, read)
    spent = store.spent(since=NOW)
    assert (2, 1) == (spent.calls, spent.failed)


def stream(*pieces: bytes | None) -> Raw:
    return Raw(200, {"Content-Type": "text/event-stream"}, pieces)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (Raw(500), "status 500"), (Raw(503), "status 503"), (Raw(404), "status 404"), (Raw(302), "status 302"),
        (Raw(200, {"Content-Type": "text/html"}, [b"<html>login</html>"]), "not an answer"),
        (Raw(200, {"Content-Type": "application/json"}, [b"[]"]), "not an answer"),
        (Raw(200, {"Content-Type": "application/json"}, [b'{"choices": []}']), "empty"),
        (Raw(200, {"Content-Type": "application/json"}, [b'{"choices": [{"message": null}, 3]}']), "empty"),
        (stream(b'data: {"error": {"message": "out of memory"}}\n\n'), "error in the answer"),
        (stream(b'data: {"choices": [{"delta": {}, "finish_reason": "content_filter"}]}\n\n'), "content filter"),
        (stream(b"data: {not json}\n\n"), "not an answer"),
        (Raw(200, {"Content-Length": "500"}, [b'{"choices"']), "short body"),
    ],
)  # fmt: skip
def test_a_faulty_server_is_asked_three_times_with_growing_pauses(
    chat: Chats, clock: Clock, told: Raw, reason: str
) -> None:
    with ModelServer(always(told)) as server, pytest.raises(ModelError) as failed:
        chat(server).ask(QUESTION, read)
    assert (reason, [0.5, 1.0]) == (failed.value.reason, clock.slept)


def test_retry_after_is_honoured_to_the_second(chat: Chats, clock: Clock) -> None:
    with ModelServer(one_by_one(Raw(429, {"Retry-After": "7"}), GOOD)) as server:
        assert 1 == chat(server).ask(QUESTION, read)
    assert [7.0] == clock.slept


def test_a_wait_beyond_the_deadline_is_left_to_a_later_call(chat: Chats, clock: Clock) -> None:
    with ModelServer(one_by_one(Raw(429, {"Retry-After": "900"}), GOOD)) as server:
        asks = chat(server)
        with pytest.raises(ModelError, match="status 429"):
            asks.ask(QUESTION, read)
        with pytest.raises(ModelError, match="resting") as resting:
            asks.ask(QUESTION, read)
        assert (1, [], 900.0) == (len(server.asked), clock.slept, resting.value.retry_after)
        clock.at += 900
        assert 1 == asks.ask(QUESTION, read)


def test_a_refused_key_ends_it_at_once_and_the_queue_does_not_spin(chat: Chats, caplog: Any) -> None:
    with ModelServer(always(GOOD), key="right") as server:
        asks = chat(server, key="wrong-and-secret")
        for _ in range(3):
            with pytest.raises(ModelError, match="401"):
                asks.ask(QUESTION, read)
        assert 1 == len(server.asked)
        assert 1 == chat(server, key="right").ask(QUESTION, read)
    assert "secret" not in caplog.text + repr(asks._settings)


def test_after_five_failures_the_server_rests_a_minute_and_is_then_tried_again(chat: Chats, clock: Clock) -> None:
    answers = [*[Raw(503)] * FAILURES, GOOD]
    with ModelServer(one_by_one(*answers)) as server:
        asks = chat(server)
        for reason in ("status 503", "status 503", "resting"):
            with pytest.raises(ModelError, match=reason):
                asks.ask(QUESTION, read)
        assert FAILURES == len(server.asked)
        clock.at += REST
        assert 1 == asks.ask(QUESTION, read)


def test_the_same_question_is_paid_for_once_even_by_another_process(chat: Chats, store: SqlStore) -> None:
    with ModelServer(always(GOOD)) as server:
        assert [1, 1, 1] == [chat(server).ask(QUESTION, read) for _ in range(3)]
        assert 1 == len(server.asked)
        changed = Question("test/2", QUESTION.system, QUESTION.user, SCHEMA, story_id="s1", most_tokens=50)
        assert 1 == chat(server).ask(changed, read)
        assert 2 == len(server.asked)
        assert 1 == chat(server, name="other").ask(QUESTION, read)
        assert 3 == len(server.asked)
    assert 3 == store.spent(since=NOW).calls


@pytest.mark.parametrize(
    ("settings", "calls"),
    [
        ({"tokens_per_day": 220}, 2),
        ({"money_per_day": 0.22, "price_in": 1000.0, "price_out": 1000.0}, 2),
        ({"tokens_per_day": 10}, 0),
    ],
)
def test_a_spent_day_asks_nothing_more(chat: Chats, settings: dict[str, float], calls: int) -> None:
    with ModelServer(always(GOOD)) as server:
        asks = chat(server, **settings)
        for number in range(4):
            question = Question("test/1", "", str(number), SCHEMA, most_tokens=20)
            if number < calls:
                asks.ask(question, read)
            else:
                with pytest.raises(ModelError, match="budget") as spent:
                    asks.ask(question, read)
                assert 6 * 3600 == spent.value.retry_after
        assert calls == len(server.asked)


def stalls() -> Any:
    yield event(content='{"a"')
    while True:
        yield None


def drips() -> Any:
    while True:
        yield b": still here\n\n"
        yield None


def floods() -> Any:
    while True:
        yield event(content="word " * 2000)


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [(stalls, "timeout"), (drips, "timeout"), (floods, "too-large")],
    ids=["stalls", "drips", "floods"],
)
def test_a_stream_that_stalls_drips_or_never_ends_is_left(chat: Chats, pieces: Any, reason: str) -> None:
    def slow(_: Any) -> Raw:
        return Raw(200, {"Content-Type": "text/event-stream"}, pieces())

    with ModelServer(slow) as server, pytest.raises(ModelError, match=reason):
        chat(server, real_time=True, read=0.2, deadline=0.6, attempts=1).ask(QUESTION, read)


def test_a_server_that_is_not_there_is_a_model_error(chat: Chats) -> None:
    with ModelServer(always(GOOD)) as server:
        asks = chat(server)
    with pytest.raises(ModelError, match="connect"):
        asks.ask(QUESTION, read)


def test_an_inner_server_is_reached_only_because_the_setting_names_it(chat: Chats) -> None:
    with ModelServer(always(GOOD)) as server, ModelServer(always(GOOD)) as other:
        asks = chat(server)
        moved = Raw(307, {"Location": f"{other.url}/chat/completions"})
        server.answer = always(moved)
        with pytest.raises(ModelError, match="status 307"):
            asks.ask(QUESTION, read)
        assert [] == other.asked


def test_keys_and_texts_stay_out_of_the_log(chat: Chats, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer(always(Raw(500)), key="") as server, pytest.raises(ModelError):
        chat(server, key="k-secret").ask(QUESTION, read)
    assert "k-secret" not in caplog.text
