"""The keys under which the components hand a message's parts to each other."""

from __future__ import annotations

PARTS = "parts"
"""list[str]: the whole normalised message, then its parts if it has several."""

PART_VECTORS = "part_vectors"
"""float32 [len(parts), dimension]: their sentence embeddings."""

PART_WORDS = "part_words"
"""list[tuple[Mention, ...]]: the clinical words of each."""

READING = "reading"
"""dict: what the message was read as; kept in the parse data."""

SAFETY = "safety"
"""dict: the guard's assessment; kept in the parse data."""
