"""Submit: files of requests become batches of the provider's, each once, whatever breaks off in between."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.batch.provider.manifest import Folder, Manifest, RequestFile
from summarizer.models.openai.batches import Batches


def submit(folder: Folder, batches: Batches) -> Iterator[RequestFile]:
    """Has every file answered that is not yet, also one that was refused as a whole; gives each as it then stands.

    The manifest is saved after every step, and a batch whose creation was not heard of is looked for, so that
    nothing is paid for twice. Raises ModelError where one fails; the same again goes on from there.
    """
    manifest = folder.load()
    for number, file in enumerate(manifest.files):
        refused = bool(file.batch and batches.state(file.batch.id).status == "failed")
        if file.batch is None or refused:
            manifest = _submit(folder, batches, manifest, number)
        yield manifest.files[number]


def _submit(folder: Folder, batches: Batches, manifest: Manifest, number: int) -> Manifest:
    file = manifest.files[number]
    file_id, found = file.file_id, None
    if file_id:
        found = batches.find(file_id)
    else:
        file_id = batches.upload(folder.path / file.name)
        manifest = folder.save(manifest.changed(number, file_id=file_id))
    return folder.save(manifest.changed(number, batch=found or batches.create(file_id)))


def refreshed(folder: Folder, batches: Batches) -> Manifest:
    """The manifest with what the provider says today."""
    manifest = folder.load()
    for number, file in enumerate(manifest.files):
        if file.batch and not file.batch.ended:
            manifest = folder.save(manifest.changed(number, batch=batches.state(file.batch.id)))
    return manifest
