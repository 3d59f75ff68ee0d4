"""The job table: leased, fenced by a token, and merged when the same work is asked for again.

A job asked for while it runs is marked `again`, and its finish puts it back instead of deleting it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import randbits

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store.schema import job as jobs
from iroyin.errors import LeaseLost
from iroyin.model import Job, Step

DEATHS = 30  # workers that may die while they hold one job: kill -9 and power cuts are not the job's fault


def enqueue(
    connection: Connection, step: Step, key: str, *, run_at: datetime, order: str = "", lane: str = ""
) -> None:
    """Queue a job; one that waits already keeps its earlier time, one that is running will run again."""
    row = insert(jobs).values(
        step=step,
        key=key,
        order=order,
        lane=lane,
        run_at=run_at,
        attempt=0,
        token=0,
        lease_until=None,
        again=False,
        buried=False,
        reason="",
    )
    running = jobs.c.lease_until.is_not(None)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=["step", "key"],
            set_={
                "again": or_(jobs.c.again, running),
                "run_at": func.min(jobs.c.run_at, row.excluded.run_at),
                "buried": False,
            },
        )
    )


def claim(
    connection: Connection, step: Step, *, limit: int, now: datetime, lease: float, busy: Collection[str] = ()
) -> list[Job]:
    """Lease up to `limit` due jobs by order, one a lane and none of a `busy` lane.

    A job that was held by `DEATHS` workers that died is buried instead.
    """
    free = or_(jobs.c.lease_until.is_(None), jobs.c.lease_until < now)
    due = and_(jobs.c.step == step, ~jobs.c.buried, jobs.c.run_at <= now, free)
    connection.execute(
        update(jobs)
        .where(due, jobs.c.attempt >= DEATHS)
        .values(buried=True, lease_until=None, reason="the worker died each time it held this job")
    )
    turn = func.row_number().over(partition_by=jobs.c.lane, order_by=(jobs.c.order, jobs.c.key))
    waiting = select(jobs, turn.label("turn")).where(due, jobs.c.lane.not_in(busy)).subquery()
    rows = connection.execute(
        select(waiting)
        .where(or_(waiting.c.turn == 1, waiting.c.lane == ""))
        .order_by(waiting.c.order, waiting.c.key)
        .limit(limit)
    ).all()
    claimed = [Job(step, row.key, row.order, row.lane, row.run_at, row.attempt + 1, randbits(62)) for row in rows]
    for held in claimed:
        taken = {"attempt": held.attempt, "token": held.token, "lease_until": now + timedelta(seconds=lease)}
        connection.execute(update(jobs).where(jobs.c.step == held.step, jobs.c.key == held.key).values(taken))
    return claimed


def finish(connection: Connection, held: Job) -> None:
    """End a job inside the transaction that keeps its result. Raises LeaseLost when another worker has it."""
    fenced = and_(_is(held), jobs.c.lease_until.is_not(None))
    again = connection.execute(
        update(jobs).where(fenced, jobs.c.again).values(again=False, attempt=0, lease_until=None, reason="")
    )
    if again.rowcount:
        return
    if not connection.execute(delete(jobs).where(fenced)).rowcount:
        raise LeaseLost(f"{held.step} {held.key}: another worker has taken this job over")


def fail(connection: Connection, held: Job, reason: str, *, retry_at: datetime, attempts: int) -> bool:
    """Give a job back for later, or bury it after its last attempt (False)."""
    buried = held.attempt >= attempts
    connection.execute(
        update(jobs).where(_is(held)).values(lease_until=None, run_at=retry_at, buried=buried, reason=reason[:500])
    )
    return not buried


def release(connection: Connection, held: Sequence[Job]) -> None:
    """Give back jobs that were not begun; the attempt does not count."""
    for one in held:
        connection.execute(update(jobs).where(_is(one)).values(lease_until=None, attempt=one.attempt - 1))


def depth(connection: Connection, *, now: datetime) -> Mapping[Step, int]:
    """Jobs that are due or held, by step; buried ones are not counted."""
    rows = connection.execute(
        select(jobs.c.step, func.count()).where(~jobs.c.buried, jobs.c.run_at <= now).group_by(jobs.c.step)
    )
    return {Step(step): count for step, count in rows}


def free_leases(connection: Connection) -> int:
    """Take back every lease; a job whose worker was killed can be claimed at once."""
    return connection.execute(
        update(jobs).where(jobs.c.lease_until.is_not(None)).values(lease_until=None)
    ).rowcount


def next_due(connection: Connection) -> datetime | None:
    """The earliest time at which a waiting job wants to run."""
    waiting = select(func.min(jobs.c.run_at)).where(~jobs.c.buried)
    return connection.execute(waiting).scalar()


def buried(connection: Connection) -> list[tuple[Step, str, str]]:
    """Jobs that were given up: step, key and reason."""
    rows = connection.execute(
        select(jobs.c.step, jobs.c.key, jobs.c.reason).where(jobs.c.buried).order_by(jobs.c.key)
    )
    return [(Step(step), key, reason) for step, key, reason in rows]


def _is(held: Job) -> ColumnElement[bool]:
    return and_(jobs.c.step == held.step, jobs.c.key == held.key, jobs.c.token == held.token)
