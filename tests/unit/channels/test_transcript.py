"""The transcript numbers what was said and hands out what a page has not seen."""

from __future__ import annotations

from bot.channels.transcript import MOST_ENTRIES, Shelf, Transcript


def filled(count: int) -> Transcript:
    transcript = Transcript()
    for number in range(1, count + 1):
        transcript.add({"text": str(number)})
    return transcript


def numbers(packet: dict[str, object]) -> list[int]:
    entries = packet["entries"]
    assert isinstance(entries, list)
    return [entry["seq"] for entry in entries]


def test_entries_are_numbered_from_one() -> None:
    assert numbers(filled(3).since(None, None)) == [1, 2, 3]


def test_a_page_gets_what_came_after_the_last_it_has_seen() -> None:
    transcript = filled(3)
    assert numbers(transcript.since(transcript.epoch, 2)) == [3]
    assert numbers(transcript.since(transcript.epoch, 3)) == []


def test_a_page_that_knows_another_epoch_gets_everything() -> None:
    assert numbers(filled(2).since("another", 2)) == [1, 2]
    assert numbers(filled(2).since(None, "2")) == [1, 2]


def test_numbers_go_on_after_starting_over() -> None:
    transcript = filled(3)
    transcript.forget_before(3)
    transcript.add({"text": "4"})
    packet = transcript.since(transcript.epoch, 0)
    assert numbers(packet) == [3, 4]
    assert packet["first"] == 3


def test_an_empty_transcript_says_where_it_will_go_on() -> None:
    transcript = filled(2)
    transcript.forget_before(3)
    assert transcript.since(None, 0)["first"] == 3


def test_the_beginning_of_a_very_long_conversation_is_let_go() -> None:
    transcript = filled(MOST_ENTRIES + 5)
    assert transcript.since(None, 0)["first"] == 6
    assert transcript.find(5) is None
    assert transcript.find(6) == {"seq": 6, "text": "6"}


def test_two_transcripts_have_different_epochs() -> None:
    assert Transcript().epoch != Transcript().epoch


def test_a_shelf_keeps_conversations_apart_and_forgets_on_request() -> None:
    shelf = Shelf()
    shelf.of("a").add({"text": "hello"})
    assert shelf.of("b").entries == []
    shelf.remove("a")
    assert "a" not in shelf
    assert shelf.of("a").entries == []


def test_a_full_shelf_lets_go_of_the_one_used_longest_ago() -> None:
    shelf = Shelf(most=2)
    for name in ("a", "b", "a", "c"):
        shelf.of(name)
    assert "a" in shelf and "c" in shelf and "b" not in shelf


def test_what_nobody_used_for_long_is_let_go() -> None:
    now = [0.0]
    shelf = Shelf(idle_seconds=10.0, clock=lambda: now[0])
    shelf.of("a")
    now[0] = 11.0
    shelf.of("b")
    assert "a" not in shelf
