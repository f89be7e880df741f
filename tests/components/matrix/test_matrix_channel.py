"""Matrix connects by itself, and must bear a homeserver that is away, busy or unwilling."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.matrix.channel import HOMESERVER, TOKEN, USER, MatrixInput
from bot.channels.messaging.settings import ChannelError
from bot.launch.ports import free_port
from tests.channels.counterparts.matrix import SERVER, Matrix
from tests.channels.homeserver import API
from tests.channels.rooms import BOT
from tests.components.matrix.conftest import ANN, heard, is_up, running, until


async def test_there_is_no_webhook(platform: Matrix) -> None:
    async with running(platform), platform.client.post("/webhooks/matrix/webhook") as answer:
        assert answer.status == 404


async def test_a_homeserver_that_is_away_keeps_nobody_waiting_and_is_found_when_it_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    port = free_port()
    async with Matrix() as platform:
        assert isinstance(platform, Matrix)
        await platform.homeserver.stop()
        back = Matrix()
        async with running(platform, **{HOMESERVER: f"http://127.0.0.1:{port}"}) as recorder:
            assert await is_up(platform)
            await until(lambda: "tried again" in caplog.text)
            await back.homeserver.start(port)
            back.mounted(platform.client, platform.reception)
            await back.homeserver.create("!room", ANN)
            content = {"msgtype": "m.text", "body": "hello"}
            await back.homeserver.happen("!room", ANN, "m.room.message", content=content)
            await until(lambda: heard(recorder) == ["hello"])
        await back.homeserver.stop()
    reasons = [record for record in caplog.records if "tried again" in record.message]
    assert len(reasons) == 1, "said once, however long it takes"


async def test_what_came_while_it_was_away_is_answered_once_and_nothing_older(
    platform: Matrix,
) -> None:
    async with running(platform):
        await platform.say("Ann", "hello")
    room = await platform.room_of("Ann")
    content = {"msgtype": "m.text", "body": "meanwhile"}
    await platform.homeserver.add(room, ANN, "m.room.message", content=content)
    async with running(platform) as recorder:
        await until(lambda: heard(recorder) == ["meanwhile"])
        await platform.say("Ann", "now")
        assert heard(recorder) == ["meanwhile", "now"]


async def test_what_was_said_before_the_first_start_is_not_answered(platform: Matrix) -> None:
    platform.homeserver.members["!room"] = [ANN, BOT]
    content = {"msgtype": "m.text", "body": "long ago"}
    await platform.homeserver.add("!room", ANN, "m.room.message", content=content)
    async with running(platform) as recorder:
        await platform.say("Ann", "now")
        assert heard(recorder) == ["now"]


async def test_a_mark_that_the_homeserver_does_not_know_is_given_up(
    platform: Matrix, tmp_path: Path
) -> None:
    async with running(platform):
        await platform.say("Ann", "hello")
    [kept] = Path(platform.kept.name).iterdir()
    for content in ("of-another-server", "", "\x00\xff"):
        kept.write_text(content, encoding="latin-1")
        platform.homeserver.expect_new_reader()
        async with running(platform) as recorder:
            await platform.homeserver.read()
            await platform.say("Ann", "again")
            assert heard(recorder) == ["again"]


async def test_of_two_processes_one_reads(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform) as first:
        reception = platform.reception
        async with running(platform) as second:
            await until(lambda: "another process" in caplog.text)
            platform.reception = reception
            await platform.say("Ann", "hello")
            assert (heard(first), heard(second)) == (["hello"], [])


async def test_where_the_mark_cannot_be_kept_it_works_all_the_same(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    platform.kept.cleanup()
    Path(platform.kept.name).write_text("a file where a directory should be", encoding="ascii")
    async with running(platform) as recorder:
        await platform.say("Ann", "hello")
        assert heard(recorder) == ["hello"]
    assert "cannot be kept" in caplog.text
    Path(platform.kept.name).unlink()


async def test_a_message_without_a_receipt_is_shown_once(platform: Matrix) -> None:
    async with running(platform):
        await platform.room_of("Ann")
        platform.homeserver.losing = 2
        assert len(await platform.say("Ann", "hello")) == 1


async def test_a_busy_homeserver_is_given_the_time_that_it_asks_for(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform):
        await platform.say("Ann", "hello")
        platform.homeserver.refusals = [("M_LIMIT_EXCEEDED", 429, {"retry_after_ms": 50})] * 2
        assert len(await platform.say("Ann", "hello")) == 1
    assert "M_LIMIT_EXCEEDED); again in 0.1 s" in caplog.text


async def test_a_room_that_it_was_put_out_of_is_not_tried_again(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform):
        await platform.say("Ann", "hello")
        platform.homeserver.refusals = [("M_FORBIDDEN", 403, {})] * 2
        assert await platform.say("Ann", "hello") == []
    assert "again in" not in caplog.text


async def test_a_token_that_is_not_accepted_is_said_and_does_not_stop_the_server(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform, **{TOKEN: "a-secret-of-before"}):
        await until(lambda: "M_UNKNOWN_TOKEN" in caplog.text)
        assert await is_up(platform)
    assert "a-secret-of-before" not in caplog.text


async def test_the_token_of_somebody_else_is_not_used(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform, **{USER: f"@other:{SERVER}"}):
        await until(lambda: "is not that of" in caplog.text)


async def test_an_invitation_is_accepted_though_the_homeserver_is_busy(platform: Matrix) -> None:
    async with running(platform) as recorder:
        await platform.homeserver.read()
        platform.homeserver.refusals = [("M_LIMIT_EXCEEDED", 429, {"retry_after_ms": 10})]
        assert await platform.say("Ann", "hello")
        assert heard(recorder) == ["hello"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"COMPANION_MATRIX_ALLOWED": "companion.test,"}, "COMPANION_MATRIX_ALLOWED"),
        ({"COMPANION_MATRIX_ALLOWED": "@ann"}, "COMPANION_MATRIX_ALLOWED"),
        ({HOMESERVER: "companion.test"}, HOMESERVER),
        ({USER: "companion"}, USER),
    ],
)
async def test_a_value_that_cannot_be_right_is_one_clear_error(
    platform: Matrix, changed: dict[str, str], named: str
) -> None:
    with pytest.raises(ChannelError, match=named):
        MatrixInput({**platform.environment, **changed})


def test_the_protocol_of_the_stub_is_the_one_of_the_library() -> None:
    from nio.api import MATRIX_API_PATH_V3

    assert MATRIX_API_PATH_V3 == API
