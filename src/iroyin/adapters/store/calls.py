"""Rows of the calls made to language models."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, func, insert, select

from iroyin.adapters.store.schema import model_call
from iroyin.model import Call, Spent

KEPT_DAYS = 90


def answered(connection: Connection, key: str) -> str | None:
    """The newest answer to a call with this key."""
    asked = select(model_call.c.answer).where(model_call.c.key == key, model_call.c.outcome == "ok")
    found: str | None = connection.execute(asked.order_by(model_call.c.position.desc()).limit(1)).scalar()
    return found


def keep(connection: Connection, call: Call) -> None:
    """Keep a call; those of a season ago are forgotten."""
    connection.execute(delete(model_call).where(model_call.c.at < call.at - timedelta(days=KEPT_DAYS)))
    connection.execute(insert(model_call).values(asdict(call)))


def spent(connection: Connection, *, since: datetime, purpose: str = "") -> Spent:
    """What all calls since then took, or those of one purpose."""
    c = model_call.c
    asked = select(
        func.count(),
        func.coalesce(func.sum(case((c.outcome == "ok", 0), else_=1)), 0),
        func.coalesce(func.sum(c.tokens_in + c.tokens_out), 0),
        func.coalesce(func.sum(c.cost), 0.0),
        func.coalesce(func.sum(c.seconds), 0.0),
        func.count(c.story_id.distinct()),
    ).where(c.at >= since, *((c.purpose == purpose,) if purpose else ()))
    return Spent(*connection.execute(asked).one())
