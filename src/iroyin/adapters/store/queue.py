"""The job table: leased, fenced by a token, and merged when the same work is asked for again.

A job asked for while it runs is marked `again`, and its finish puts it back instead of deleting it. A feed's poll
is never given up for good: what nobody polls nobody asks for again.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import randbits

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store.schema import job as jobs
from iroyin.errors import LeaseLost
from iroyin.model import Job, Step

POLL_REST = timedelta(days=1)  # before a poll that failed to its last attempt is tried again
DEATHS = 30  # workers that may die while they hold one job: kill -9 and power cuts are not the job's fault


def enqueue(
    connection: Connection, step: Step, key: str, *, run_at: datetime, order: str = "", lane: str = ""
) -> None:
    """Queue a job; one that waits already keeps its earlier time and turn, one that is running will run again.

    One that was buried begins anew, with all its attempts.
    """
    row = insert(jobs).values(
        step=step,
        key=key,
        order=order,
        lane=lane,
        run_at=run_at,
        attempt=0,
        deaths=0,
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
                "order": func.min(jobs.c.order, row.excluded.order),
                "run_at": func.min(jobs.c.run_at, row.excluded.run_at),
                "attempt": case((jobs.c.buried, 0), else_=jobs.c.attempt),
                "deaths": case((jobs.c.buried, 0), else_=jobs.c.deaths),
                "buried": False,
            },
        )
    )


def waits(connection: Connection, step: Step, key: str) -> bool:
    """Whether such a job waits or runs."""
    found = select(jobs.c.key).where(jobs.c.step == step, jobs.c.key == key, ~jobs.c.buried)
    return connection.execute(found).first() is not None


def claim(
    connection: Connection, step: Step, *, limit: int, now: datetime, lease: float, busy: Collection[str] = ()
) -> list[Job]:
    """Lease up to `limit` due jobs by order, one a lane and none of a `busy` lane.

    A job that was held by `DEATHS` workers that died is buried instead. A death is no attempt: what was interrupted
    can fail as often as any other job.
    """
    free = or_(jobs.c.lease_until.is_(None), jobs.c.lease_until < now)
    due = and_(jobs.c.step == step, ~jobs.c.buried, jobs.c.run_at <= now, free, jobs.c.lane.not_in(busy))
    rows = connection.execute(select(jobs).where(due).order_by(jobs.c.order, jobs.c.key))
    claimed, dead, lanes = [], [], set()
    for row in rows:
        deaths = row.deaths + (row.lease_until is not None)
        if deaths >= DEATHS:
            dead.append(row.key)
        elif row.lane not in lanes:
            lanes |= {row.lane} - {""}
            job = Job(step, row.key, row.order, row.lane, row.run_at, row.attempt + 1, randbits(62))
            claimed.append((job, deaths))
            if len(claimed) == limit:
                break
    rows.close()
    until = now + timedelta(seconds=lease)
    for held, deaths in claimed:
        # What was asked for while a worker held it that then died is done by this one: not twice.
        taken = {"deaths": deaths, "token": held.token, "lease_until": until, "again": False}
        connection.execute(update(jobs).where(jobs.c.step == step, jobs.c.key == held.key).values(taken))
    for key in dead:
        buried = {"buried": True, "lease_until": None, "reason": "the worker died each time it held this job"}
        connection.execute(update(jobs).where(jobs.c.step == step, jobs.c.key == key).values(buried))
    return [held for held, _ in claimed]


def finish(connection: Connection, held: Job) -> None:
    """End a job inside the transaction that keeps its result. Raises LeaseLost when another worker has it."""
    fenced = and_(_is(held), jobs.c.lease_until.is_not(None))
    again = connection.execute(
        update(jobs)
        .where(fenced, jobs.c.again)
        .values(again=False, attempt=0, deaths=0, lease_until=None, reason="")
    )
    if again.rowcount:
        return
    if not connection.execute(delete(jobs).where(fenced)).rowcount:
        raise LeaseLost(f"{held.step} {held.key}: another worker has taken this job over")


def fail(connection: Connection, held: Job, reason: str, *, retry_at: datetime, attempts: int) -> bool:
    """Give a job back for later, or give it up after its last attempt (False): buried, but a poll rests a day."""
    last = held.attempt >= attempts
    rests = last and held.step is Step.POLL
    back = {
        "lease_until": None,
        "run_at": retry_at + POLL_REST if rests else retry_at,
        "attempt": 0 if rests else held.attempt,
        "buried": last and not rests,
        "reason": printable(reason),
    }
    connection.execute(update(jobs).where(_is(held)).values(back))
    return not last


def release(connection: Connection, held: Sequence[Job], *, run_at: datetime | None = None) -> None:
    """Give back jobs that were not begun, to run at once or at `run_at`; the attempt does not count."""
    for one in held:
        back: dict[str, object] = {"lease_until": None}
        if run_at is not None:
            back["run_at"] = run_at
        connection.execute(update(jobs).where(_is(one)).values(back))


def depth(connection: Connection, *, now: datetime) -> Mapping[Step, int]:
    """Jobs that are due or held, by step; buried ones are not counted."""
    rows = connection.execute(
        select(jobs.c.step, func.count()).where(~jobs.c.buried, jobs.c.run_at <= now).group_by(jobs.c.step)
    )
    return {Step(step): count for step, count in rows}


def free_leases(connection: Connection) -> int:
    """Take back every lease: its worker died, and the job can be claimed at once."""
    died = {"lease_until": None, "deaths": jobs.c.deaths + 1}
    return connection.execute(update(jobs).where(jobs.c.lease_until.is_not(None)).values(died)).rowcount


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


def printable(reason: str) -> str:
    """A reason as the file can keep it: at most 500 characters, lone surrogates replaced."""
    return reason[:500].encode(errors="replace").decode()


def _is(held: Job) -> ColumnElement[bool]:
    return and_(jobs.c.step == held.step, jobs.c.key == held.key, jobs.c.token == held.token)
