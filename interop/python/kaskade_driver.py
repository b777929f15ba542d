"""The console Kaskade, worked by its keys in a terminal that nobody sees; what its tables show is the answer.

Requests: `topics`, `describe {topic}`, `create {topic, partitions, retentionMs}`, `delete {topic}`, `browse {topic, count}`.
"""

import asyncio
import time

from driver_loop import BOOTSTRAP, WAIT_SECONDS, serve
from kaskade.admin import KaskadeAdmin, ListTopics, TopicDataTable
from kaskade.consumer import KaskadeConsumer, RecordDataTable
from kaskade.deserializers import Deserialization
from textual.widgets import DataTable, Input

SIZE = (200, 60)


async def until(pilot, what, holds):
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the console does not show {what}")
        await pilot.pause(0.05)


def rows(table):
    return [[str(cell) for cell in table.get_row_at(index)] for index in range(table.row_count)]


def names(table):
    return [row[0] for row in rows(table)]


async def loaded(pilot):
    """The table of topics, once it is filled with what the console asks after their names, and takes keys."""
    topics = pilot.app.query_one(ListTopics)
    await until(pilot, "topics", lambda: topics.last_updated_at is not None)
    table = pilot.app.query_one(TopicDataTable)
    await until(pilot, "the table", lambda: not table.loading)
    table.focus()
    await pilot.pause()
    return table


async def select(pilot, topic):
    table = await loaded(pilot)
    table.move_cursor(row=names(table).index(topic))
    await pilot.pause()
    return table


def admin(session):
    """Runs `session` with the console's administration open."""

    async def run(request):
        app = KaskadeAdmin({"bootstrap.servers": BOOTSTRAP}, refresh_interval=0)
        async with app.run_test(size=SIZE) as pilot:
            answer = await session(pilot, request)
            # What the console still asks after would fail when its tables are gone.
            await pilot.app.workers.wait_for_complete()
            return answer

    return lambda request: asyncio.run(run(request))


async def topics(pilot, _request):
    return {"rows": rows(await loaded(pilot))}


async def describe(pilot, request):
    await select(pilot, request["topic"])
    await pilot.press("d")
    await until(pilot, "the topic", lambda: pilot.app.screen.query("#partitions-table"))
    tables = pilot.app.screen.query(DataTable)
    return {"tables": {table.id.removesuffix("-table"): rows(table) for table in tables}}


async def create(pilot, request):
    table = await loaded(pilot)
    await pilot.press("n")
    await until(pilot, "the form", lambda: pilot.app.screen.query("#partitions"))
    form = {"name": "topic", "partitions": "partitions", "retention": "retentionMs"}
    for field, name in form.items():
        pilot.app.screen.query_one(f"#{field}", Input).value = str(request[name])
    await pilot.press("f2")
    await until(pilot, "the new topic", lambda: request["topic"] in names(table))


async def delete(pilot, request):
    table = await select(pilot, request["topic"])
    await pilot.press("ctrl+d")
    await until(pilot, "the question", lambda: pilot.app.screen.query("#topic-confirmation"))
    pilot.app.screen.query_one("#topic-confirmation", Input).value = request["topic"]
    await pilot.press("enter")
    await until(pilot, "that it is gone", lambda: request["topic"] not in names(table))


def browse(request):
    async def run():
        kafka = {"bootstrap.servers": BOOTSTRAP, "auto.offset.reset": "earliest"}
        text = Deserialization.STRING
        app = KaskadeConsumer(request["topic"], kafka, {}, {}, {}, text, text)
        async with app.run_test(size=SIZE) as pilot:
            table = pilot.app.query_one(RecordDataTable)
            await until(pilot, "the records", lambda: table.row_count >= request["count"])
            return {"rows": rows(table)}

    return asyncio.run(run())


serve(
    {
        "topics": admin(topics),
        "describe": admin(describe),
        "create": admin(create),
        "delete": admin(delete),
        "browse": browse,
    },
    error_code=lambda _error: None,
    close=lambda: None,
)
