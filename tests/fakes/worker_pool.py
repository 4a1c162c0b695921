"""The worker without a process: the same work, done on the spot."""

from __future__ import annotations

from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker import tasks as bench
from bot.ingest.worker.messages import Counts, FolderJob, FolderRead, Read, ReadJob, StoreJob
from bot.ingest.worker.pool import WorkerPool


class LocalWorkerPool(WorkerPool):
    """Reads and stores in the test's own process."""

    def __init__(self, intake: IngestPipeline) -> None:
        super().__init__("")
        self._intake = intake

    async def read(self, job: ReadJob, body: bytes) -> Read:
        return bench.read(job, body)

    async def read_folder(self, job: FolderJob) -> FolderRead:
        return bench.read_folder(job)

    async def store(self, job: StoreJob) -> Counts:
        return await bench.store(job, self._intake)
