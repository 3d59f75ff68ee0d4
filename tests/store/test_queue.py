"""The queue against a plain dictionary: nothing lost, nothing held twice, a stale worker's result refused."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.event import listen

from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.connect import engine
from iroyin.errors import LeaseLost
from iroyin.model import LAST, LATE, Job, Step

START = datetime(2026, 1, 5, tzinfo=UTC)
LEASE = 60.0
KEYS = st.sampled_from(["a", "b", "c", "d"])


class Queue(RuleBasedStateMachine):
    """Workers come and go; the model is a dictionary of what must still be done."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = SqlStore(Path(self.folder.name) / "q.db", lease=LEASE, attempts=1000)
        self.now = START
        self.asked: dict[str, int] = {}  # key -> times the work was asked for and not yet begun after
        self.held: list[tuple[Job, datetime]] = []
        self.newest: dict[str, int] = {}  # key -> token of its newest claim, while it is not finished

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(key=KEYS)
    def ask(self, key: str) -> None:
        self.store.enqueue(Step.REPORT, key, run_at=self.now)
        self.asked[key] = 1

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        for job in self.store.claim(Step.REPORT, limit=limit, now=self.now):
            alive = [j for j, until in self.held if until >= self.now and self.newest.get(j.key) == j.token]
            assert job.key not in {j.key for j in alive}, "two live leases on one job"
            assert job.key in self.asked
            self.asked[job.key] = 0
            self.newest[job.key] = job.token
            self.held.append((job, self.now + timedelta(seconds=LEASE)))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        job, _ = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        if self.newest.get(job.key) != job.token:
            with pytest.raises(LeaseLost):
                self.store.drop(job)
            return
        self.store.drop(job)
        del self.newest[job.key]
        if not self.asked[job.key]:
            del self.asked[job.key]

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def worker_dies(self, data: st.DataObject) -> None:
        self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))

    @rule()
    def leases_run_out(self) -> None:
        self.now += timedelta(seconds=LEASE + 1)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = SqlStore(Path(self.folder.name) / "q.db", lease=LEASE, attempts=1000)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert len(self.asked) == self.store.depth(now=self.now).get(Step.REPORT, 0)


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(tmp_path / "s.db", lease=LEASE, attempts=3)


def test_one_lane_runs_one_job_at_a_time(store: SqlStore) -> None:
    for key, lane in [("1", "a.example"), ("2", "a.example"), ("3", "b.example"), ("4", ""), ("5", "")]:
        store.enqueue(Step.READ, key, lane=lane, run_at=START)

    first = store.claim(Step.READ, limit=9, now=START)
    second = store.claim(Step.READ, limit=9, now=START, busy={"a.example"})

    assert ["1", "3", "4", "5"] == [job.key for job in first]
    assert [] == second


def test_a_job_is_buried_after_its_last_attempt_with_its_reason(store: SqlStore) -> None:
    store.enqueue(Step.READ, "bad", run_at=START)

    kept = [
        store.fail(store.claim(Step.READ, limit=1, now=START)[0], "it hurts", retry_at=START) for _ in range(3)
    ]

    assert [True, True, False] == kept
    assert [(Step.READ, "bad", "it hurts")] == store.buried()


def test_work_asked_for_while_it_runs_runs_again(store: SqlStore) -> None:
    store.enqueue(Step.REPORT, "s1", run_at=START)
    held = store.claim(Step.REPORT, limit=1, now=START)[0]
    store.enqueue(Step.REPORT, "s1", run_at=START)

    store.drop(held)

    assert ["s1"] == [job.key for job in store.claim(Step.REPORT, limit=5, now=START)]


def test_work_that_waits_behind_all_others_goes_first_once_it_is_pressing(store: SqlStore) -> None:
    for key in ("a", "b", "c"):
        store.enqueue(Step.PUBLISH, key, order=LATE, run_at=START)
    store.enqueue(Step.PUBLISH, "all", order=LAST, run_at=START)
    store.enqueue(Step.PUBLISH, "c", run_at=START)
    store.enqueue(Step.PUBLISH, "c", order=LATE, run_at=START)

    assert ["c", "a", "b", "all"] == [job.key for job in store.claim(Step.PUBLISH, limit=9, now=START)]


def test_a_stopped_worker_that_comes_back_cannot_commit(store: SqlStore) -> None:
    store.enqueue(Step.REPORT, "s1", run_at=START)
    stale = store.claim(Step.REPORT, limit=1, now=START)[0]
    later = START + timedelta(seconds=LEASE + 1)
    fresh = store.claim(Step.REPORT, limit=1, now=later)[0]

    with pytest.raises(LeaseLost):
        store.drop(stale)
    store.drop(fresh)

    assert {} == store.depth(now=later)


def test_a_buried_job_that_is_asked_for_again_has_all_its_attempts(store: SqlStore) -> None:
    store.enqueue(Step.REPORT, "s1", run_at=START)
    for _ in range(3):
        store.fail(store.claim(Step.REPORT, limit=1, now=START)[0], "full disk", retry_at=START)

    store.enqueue(Step.REPORT, "s1", run_at=START)

    assert [1] == [job.attempt for job in store.claim(Step.REPORT, limit=1, now=START)]


def test_a_poll_that_always_fails_rests_and_is_never_given_up(store: SqlStore) -> None:
    store.enqueue(Step.POLL, "f1", run_at=START)
    again = [store.fail(store.claim(Step.POLL, limit=1, now=START)[0], "locked", retry_at=START) for _ in range(3)]
    soon, late = START + timedelta(hours=23), START + timedelta(hours=25)

    assert [True, True, False] == again
    assert [] == store.buried()
    assert [] == store.claim(Step.POLL, limit=1, now=soon)
    assert [1] == [job.attempt for job in store.claim(Step.POLL, limit=1, now=late)]


def test_a_job_given_back_unbegun_has_its_attempt_and_waits_as_asked(store: SqlStore) -> None:
    store.enqueue(Step.READ, "e1", run_at=START)
    later = START + timedelta(minutes=5)
    store.release(store.claim(Step.READ, limit=1, now=START), run_at=later)

    assert [] == store.claim(Step.READ, limit=1, now=START)
    assert [1] == [job.attempt for job in store.claim(Step.READ, limit=1, now=later)]


def test_a_reason_that_no_file_can_keep_is_kept_as_far_as_it_goes(store: SqlStore) -> None:
    store.enqueue(Step.READ, "e1", run_at=START)
    for _ in range(3):
        store.fail(store.claim(Step.READ, limit=1, now=START)[0], "half a \ud800 pair", retry_at=START)

    assert [(Step.READ, "e1", "half a ? pair")] == store.buried()


def test_a_job_that_kills_its_worker_every_time_is_buried_and_the_others_go_on(store: SqlStore) -> None:
    for key in ("a", "b"):
        store.enqueue(Step.READ, key, lane="a.example", run_at=START)
    now = START
    for _ in range(30):
        assert ["a"] == [job.key for job in store.claim(Step.READ, limit=1, now=now)]
        now += timedelta(seconds=LEASE + 1)

    assert ["b"] == [job.key for job in store.claim(Step.READ, limit=1, now=now)]
    assert ["a"] == [key for _, key, _ in store.buried()]


@pytest.mark.parametrize("death", ["its lease runs out", "the desk is started again"])
def test_a_job_that_was_interrupted_can_still_fail_as_often_as_any_other(store: SqlStore, death: str) -> None:
    store.enqueue(Step.READ, "e1", run_at=START)
    now = START
    for _ in range(5):
        assert [1] == [job.attempt for job in store.claim(Step.READ, limit=1, now=now)]
        if death == "the desk is started again":
            store.free_leases()
        else:
            now += timedelta(seconds=LEASE + 1)

    kept = [store.fail(store.claim(Step.READ, limit=1, now=now)[0], "it hurts", retry_at=now) for _ in range(3)]

    assert [True, True, False] == kept


def test_a_claim_reads_the_queue_by_its_index_and_sorts_nothing(store: SqlStore) -> None:
    """With 50,000 reads waiting, sorting them at every claim took 196 ms; by the index it takes 1 ms."""
    sent: list[tuple[str, tuple[object, ...]]] = []
    listen(store._writer, "before_cursor_execute", lambda _c, _u, sql, given, *_: sent.append((sql, given)))
    store.enqueue(Step.READ, "e1", run_at=START)
    store.claim(Step.READ, limit=1, now=START, busy={"a.example"})
    sql, given = next(one for one in sent if one[0].startswith("SELECT"))
    with engine(store.path, readonly=True).connect() as connection:
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]

    assert ["job_turn"] == [word for step in plan for word in step.split() if word.startswith("job_")]
    assert [] == [step for step in plan if "TEMP B-TREE" in step]
