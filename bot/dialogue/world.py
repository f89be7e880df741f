"""All that the planner knows besides the conversation: topics, vocabulary, cues, replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.check import CheckCues
from bot.dialogue.choices import load_choices
from bot.dialogue.focus import Vocabulary
from bot.dialogue.replies import load_replies
from bot.knowledge.loader import load_topics
from bot.knowledge.records import Topic
from bot.knowledge.table import load_table
from bot.lexicon.extractor import ClinicalLexicon


@dataclass(frozen=True)
class World:
    """The closed knowledge that plans are made with.

    topics: the curated topics by id.
    choices: the label that each offered button's words stand for, by folded words.
    replies: the response for each intent that needs nothing but its reply.
    """

    topics: Mapping[str, Topic]
    vocabulary: Vocabulary
    cues: CheckCues
    choices: Mapping[str, str]
    replies: Mapping[str, str]

    @classmethod
    def load(cls, data_dir: Path, lexicon: ClinicalLexicon | None = None) -> World:
        """Load everything from the data directory; a broken file stops with a clear message.

        Args:
            data_dir: the directory that holds knowledge/, lexicon/ and rules/.
            lexicon: the lexicon of that directory, where it is loaded already.
        """
        lexicon = lexicon or ClinicalLexicon.load(data_dir / "lexicon")
        table = load_table(data_dir)
        return cls(
            topics=load_topics(data_dir),
            vocabulary=Vocabulary(
                name=lexicon.name,
                as_cancer_type=lexicon.as_cancer_type,
                as_body_site=lexicon.as_body_site,
                pair_state=table.pair_state,
                site_list=table.site_list,
            ),
            cues=CheckCues.load(data_dir / "knowledge" / "check_cues.yml"),
            choices=load_choices(data_dir),
            replies=load_replies(data_dir / "rules"),
        )
