"""Rows of the sentences that editors took back."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import withdrawal
from iroyin.model import Withdrawal


def standing(connection: Connection) -> list[Withdrawal]:
    """The withdrawals that nobody took back, the oldest first."""
    rows = connection.execute(
        select(withdrawal).where(withdrawal.c.taken_back_at.is_(None)).order_by(withdrawal.c.id)
    )
    return [replace(unpack(Withdrawal, row.data), id=row.id) for row in rows]


def keep(connection: Connection, one: Withdrawal) -> int:
    """Keep a withdrawal; its number."""
    number: int = connection.execute(
        insert(withdrawal).values(data=pack(one)).returning(withdrawal.c.id)
    ).scalar_one()
    return number


def take_back(connection: Connection, number: int, *, now: datetime) -> bool:
    """Let a withdrawal stand no longer; whether it stood."""
    stood = (withdrawal.c.id == number) & withdrawal.c.taken_back_at.is_(None)
    return bool(connection.execute(update(withdrawal).where(stood).values(taken_back_at=now)).rowcount)
