"""The keys under which the components hand a message's parts to each other.

What they keep in the parse data has its keys in `bot.dialogue.names`.
"""

from __future__ import annotations

PARTS = "parts"
"""list[str]: the whole normalised message, then its parts if it has several."""

PART_VECTORS = "part_vectors"
"""float32 [len(parts), dimension]: their sentence embeddings."""

PART_WORDS = "part_words"
"""list[tuple[Mention, ...]]: the clinical words of each."""
