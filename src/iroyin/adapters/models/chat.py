"""`ports.Chat` on any OpenAI-compatible server (Ollama, llama.cpp, vLLM, a cloud).

ask(question)
  | answered before?      the same question is paid for once
  | budget, breaker       nothing is asked of a spent day or a resting server
  | ladder                json_schema -> json_object with the schema in the prompt -> plain, told to answer in JSON
  | attempts              with back-off, honouring Retry-After, within one deadline
  | an unreadable answer  is asked for once more, with what was wrong
  v
the answer as the asker reads it; every call is kept with its tokens and cost, the failed ones too
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog

from iroyin.adapters.exchange import line_to
from iroyin.adapters.models.breaker import Breaker
from iroyin.adapters.models.tolerant import json_of
from iroyin.adapters.models.wire import Said, post
from iroyin.adapters.netguard import Address, Resolve, check_url, is_public, system_resolve
from iroyin.adapters.politeness import retry_after
from iroyin.errors import ModelError
from iroyin.model import Call, Question
from iroyin.ports import Calls, T
from iroyin.settings import Settings

RUNGS = ("json_schema", "json_object", "plain")
CHARS_PER_TOKEN = 3
_BACK_OFF, _MOST_BACK_OFF = 0.5, 20.0
_LADDER = frozenset({400, 404, 415, 422, 500, 501})  # how servers say that they do not know a response_format
_SILENT_HOUR = 3600.0
_TEMPERATURE = 0.2


@dataclass(frozen=True, slots=True)
class World:
    """What the chat needs from outside beside the settings; tests pass their own."""

    resolve: Resolve = system_resolve
    public: Callable[[Address], bool] = is_public
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    rng: Callable[[], float] = random.random


class ModelChat:
    """Implements `ports.Chat` for the server and model of the settings, or for another `model` there."""

    def __init__(self, settings: Settings, calls: Calls, *, model: str = "", world: World | None = None) -> None:
        self._settings, self._calls, self._world = settings, calls, world or World()
        self._model = model or settings.model_name
        self._url = f"{settings.model_url.rstrip('/')}/chat/completions"
        self._line = line_to(
            check_url(self._url), connect=settings.fetch_connect, read=settings.model_read,
            resolve=self._world.resolve, public=self._world.public, clock=self._world.clock,
        )  # fmt: skip
        self._breaker = Breaker(self._world.clock)
        self._rung, self._sure = 0, False  # the rung of the ladder, and whether an answer came on it
        self._log = structlog.get_logger()

    @property
    def id(self) -> str:
        """The model's name."""
        return self._model

    def ask(self, question: Question, read: Callable[[object], T]) -> T:
        """See `Chat`."""
        key = self._key(question)
        known = self._calls.answered(key)
        if known is not None:
            try:
                return read(json_of(known))
            except ValueError:
                pass  # the reader has changed since: ask anew
        self._permit(question)
        until = self._world.clock() + self._settings.model_deadline
        note, failure = "", ModelError("no attempt")
        for attempt in range(1, self._settings.model_attempts + 1):
            began, said, outcome = self._world.clock(), Said(), "ok"
            try:
                said = self._climb(question, note, until)
                return read(json_of(said.text))
            except ValueError as error:
                failure = ModelError("not usable")
                outcome, again = failure.reason, not note
                note = (
                    f"Your last answer could not be used ({str(error)[:200]}). Answer with the JSON object alone."
                )
            except ModelError as error:
                failure = error
                outcome, again = error.reason, self._may_try(attempt, error, until)
            finally:
                self._keep(question, key, outcome, said, self._world.clock() - began)
            if not again:
                break
        self._log.warning("model gave no answer", purpose=question.purpose, reason=failure.reason)
        raise failure

    def _key(self, question: Question) -> str:
        """The hash of all that decides the answer."""
        place = self._settings.model_file or self._url
        told = [place, self._model, question.purpose, question.system, question.user, question.schema,
                question.most_tokens]  # fmt: skip
        return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()

    def _permit(self, question: Question) -> None:
        """Let the question pass when the day's budgets hold it and the server is not resting. Raises ModelError."""
        rest = self._breaker.resting()
        if rest:
            raise ModelError(f"resting: {self._breaker.reason}", retry_after=rest)
        settings = self._settings
        now = self._world.now()
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        spent = self._calls.spent(since=midnight)
        asked = len(question.system + question.user) // CHARS_PER_TOKEN
        cost = spent.cost + self._cost(asked, question.most_tokens)
        if (
            spent.tokens + asked + question.most_tokens > settings.model_tokens_per_day
            or cost > settings.model_money_per_day
        ):
            wait = (midnight + timedelta(days=1) - now).total_seconds()
            raise ModelError("budget", retry_after=wait)

    def _climb(self, question: Question, note: str, until: float) -> Said:
        """One attempt, on the rung that this server was last found to know; on a lower one when it does not."""
        while True:
            said = self._post(question, note, until)
            if said.status in _LADDER and not self._sure:
                self._rung = (self._rung + 1) % len(RUNGS)
                if self._rung:
                    continue
            self._accept(said)
            self._breaker.succeeded()
            self._sure = True
            return said

    def _post(self, question: Question, note: str, until: float) -> Said:
        left = until - self._world.clock()
        if left <= 0:
            raise ModelError("deadline")
        body = self._body(question, note)
        return post(self._line, self._url, body, key=self._settings.model_key, seconds=left)

    def _body(self, question: Question, note: str) -> Mapping[str, Any]:
        rung = RUNGS[self._rung]
        system = question.system
        body: dict[str, Any] = {}
        if rung == "json_schema":
            told = {"name": question.purpose.split("/")[0], "schema": question.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": told}
        else:
            schema = json.dumps(question.schema, ensure_ascii=False)
            system = f"{system}\n\nAnswer with one JSON object of this schema and nothing else:\n{schema}"
        if rung == "json_object":
            # llama-cpp-python wants the schema beside the type; others do not look at it.
            body["response_format"] = {"type": "json_object", "schema": question.schema}
        user = f"{question.user}\n\n{note}" if note else question.user
        return body | {
            "model": self._model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "max_tokens": question.most_tokens,
            "temperature": _TEMPERATURE,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

    def _accept(self, said: Said) -> None:
        """Let an answer pass. Raises ModelError for a status that is none, and for an empty one."""
        if said.status == 200:
            if not said.text.strip():
                raise ModelError("empty")
            return
        wait = retry_after(said.retry_after, self._world.now(), floor=0.0)
        if said.status in {401, 403}:
            self._breaker.failed(f"status {said.status}", rest=_SILENT_HOUR)
            self._log.critical("the model server refuses our key", status=said.status)
        raise ModelError(f"status {said.status}", retry_after=wait)

    def _may_try(self, attempt: int, error: ModelError, until: float) -> bool:
        """Wait as long as the server asks, or back off, before another attempt; False when there is to be none."""
        asked = error.retry_after or 0.0
        self._breaker.failed(error.reason, rest=asked)
        final = error.reason in {"status 401", "status 403", "deadline", "too-large", "private address"}
        pause = max(asked, min(_BACK_OFF * 2 ** (attempt - 1), _MOST_BACK_OFF) * (0.5 + self._world.rng()))
        if final or attempt >= self._settings.model_attempts or self._world.clock() + pause >= until:
            return False
        if self._breaker.resting() > pause:
            return False
        self._world.sleep(pause)
        return True

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self._settings.model_price_in + tokens_out * self._settings.model_price_out) / 10**6

    def _keep(self, question: Question, key: str, outcome: str, said: Said, seconds: float) -> None:
        """Keep the call; a server that counts no tokens has them estimated."""
        reached = said.status == 200
        tokens_in = said.tokens_in or (len(question.system + question.user) // CHARS_PER_TOKEN if reached else 0)
        tokens_out = said.tokens_out or -(-len(said.text) // CHARS_PER_TOKEN)
        self._calls.keep(
            Call(
                key, self._world.now(), question.purpose, self._model, question.story_id, outcome[:80], tokens_in,
                tokens_out, self._cost(tokens_in, tokens_out), round(seconds, 3), said.text if outcome == "ok" else "",
            )
        )  # fmt: skip
