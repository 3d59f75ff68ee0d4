"""Running the queue: steps in order, many hosts at once, one job at a time where order matters.

This is one of the two places that catch everything: a job that fails unexpectedly is given back with its
reason, and the others go on.
"""

import time
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from threading import Event

import structlog

from iroyin.desk import Desk
from iroyin.errors import FetchError, LeaseLost
from iroyin.model import Job, Step
from iroyin.ports import Jobs

WAITS_ON_HOSTS = (Step.POLL, Step.READ)
RETRY_SECONDS = 60.0

Report = Callable[[Step, int, int], None]


class Runner:
    """Drains the queue through the desk's steps; `stop` ends it after the jobs that are under way."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        *,
        workers: int,
        clock: Callable[[], datetime],
        report: Report,
        stop: Event,
    ) -> None:
        self._desk, self._jobs, self._workers = desk, jobs, workers
        self._clock, self._report, self._stop = clock, report, stop
        self._began = clock()
        self._log = structlog.get_logger()
        self.seconds: dict[Step, float] = dict.fromkeys(Step, 0.0)
        self.done: dict[Step, int] = dict.fromkeys(Step, 0)
        self.failed = 0  # attempts, also those that a later one made good

    def drain(self, *, patience: float = float("inf"), steps: Collection[Step] = tuple(Step)) -> int:
        """Run until nothing is due or `stop` is set; each step is left after `patience` seconds. Jobs done."""
        total = 0
        while not self._stop.is_set():
            done = sum(self._step(step, patience) for step in Step if step in steps)
            total += done
            if not done:
                break
        return total

    def _step(self, step: Step, patience: float) -> int:
        began = time.monotonic()
        run = self._abreast if step in WAITS_ON_HOSTS else self._in_order
        done = run(step, began + patience)
        self.seconds[step] += time.monotonic() - began
        self.done[step] += done
        return done

    def _in_order(self, step: Step, until: float) -> int:
        done = 0
        while not self._stop.is_set() and time.monotonic() < until:
            claimed = self._jobs.claim(step, limit=32, now=self._clock())
            if not claimed:
                break
            for at, job in enumerate(claimed):
                if self._stop.is_set() or (at and time.monotonic() >= until):  # one slow job holds up no news
                    self._jobs.release(claimed[at:])
                    return done
                self._run(job)
                done += 1
                self._tell(step, done)
        return done

    def _abreast(self, step: Step, until: float) -> int:
        done = 0
        running: dict[Future[None], str] = {}
        with ThreadPoolExecutor(self._workers, thread_name_prefix=step) as pool:
            while True:
                room = self._workers - len(running)
                if room and not self._stop.is_set() and time.monotonic() < until:
                    busy = {lane for lane in running.values() if lane}
                    for job in self._jobs.claim(step, limit=room, now=self._clock(), busy=busy):
                        running[pool.submit(self._run, job)] = job.lane
                if not running:
                    return done
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    future.result()
                    del running[future]
                    done += 1
                self._tell(step, done)

    def _run(self, job: Job) -> None:
        try:
            self._desk.do(job)
        except LeaseLost as lost:
            self._log.warning("lease lost", step=job.step, key=job.key, reason=str(lost))
        except Exception as error:
            self._give_back(job, error)

    def _give_back(self, job: Job, error: Exception) -> None:
        """Keep a failed job for later. A host that is to be left alone was not asked: that costs no attempt."""
        now = self._clock()
        moves = now != self._began  # a fixed clock never comes to a later time: there a retry is due at once
        asked = error.retry_after if isinstance(error, FetchError) and error.retry_after else 0.0
        wait = timedelta(seconds=max(asked, RETRY_SECONDS * job.attempt)) if moves else timedelta(0)
        if moves and isinstance(error, FetchError) and error.reason == "silence":
            return self._jobs.release([job], run_at=now + wait)
        self.failed += 1
        reason = f"{type(error).__name__}: {error}"
        again = self._jobs.fail(job, reason, retry_at=now + wait)
        log = self._log.warning if again else self._log.critical
        log(
            "job failed", step=job.step, key=job.key, reason=reason, again=again, exc_info=None if again else error
        )
        return None

    def _tell(self, step: Step, done: int) -> None:
        self._report(step, done, self._jobs.depth(now=self._clock()).get(step, 0))
