"""The worker without a process: the same work, done on the spot."""

from __future__ import annotations

from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker.messages import Counts, FolderJob, FolderRead, Read, ReadJob, StoreJob
from bot.ingest.worker.pool import WorkerPool
from bot.ingest.worker.store_batches import StoreBatches
from bot.ingest.worker.tasks import read, read_folder


class LocalWorkerPool(WorkerPool):
    """Reads and stores in the test's own process."""

    def __init__(self, intake: IngestPipeline) -> None:
        super().__init__("")
        self._stores = StoreBatches(intake)

    async def read(self, job: ReadJob, body: bytes) -> Read:
        return read(job, body)

    async def read_folder(self, job: FolderJob) -> FolderRead:
        return read_folder(job)

    async def store(self, job: StoreJob) -> Counts:
        return await self._stores.add(job)
