"""Rows of what became of each proposed sentence, by version."""

import zlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import proof
from iroyin.model import Proof, Story, StoryId


def keep(connection: Connection, told: Story, proofs: Mapping[str, Sequence[Proof]]) -> None:
    """Keep the proofs of this version of a story, by language."""
    for language, found in proofs.items():
        data = zlib.compress(pack(tuple(found)), 6)
        row = insert(proof).values(story_id=told.id, language=language, version=told.version, data=data)
        keys = ["story_id", "language", "version"]
        connection.execute(row.on_conflict_do_update(index_elements=keys, set_={"data": row.excluded.data}))


def newest(connection: Connection, story_id: StoryId) -> dict[str, tuple[int, tuple[Proof, ...]]]:
    """The newest version of a story in each language that was tried, with its proofs."""
    rows = connection.execute(select(proof).where(proof.c.story_id == story_id).order_by(proof.c.version))
    return {row.language: (row.version, unpack(tuple[Proof, ...], zlib.decompress(row.data))) for row in rows}
