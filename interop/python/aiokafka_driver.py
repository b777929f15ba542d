"""The aiokafka driver: all of it on one event loop, requests read by a thread."""

import asyncio
import time

import aiokafka.admin
import aiokafka.errors
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.records_to_delete import RecordsToDelete
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError, for_code

from driver_loop import (
    BOOTSTRAP,
    LARGE,
    WAIT_SECONDS,
    decode,
    emit_assignment,
    emit_record,
    read_record,
    serve,
)
from kafka_python_2_admin import described, shared_operations

loop = asyncio.new_event_loop()


def wait(coroutine):
    """Runs it to its end on the loop, where group members go on beside it; called on another thread."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def on_loop(operation):
    return lambda request: wait(operation(request))


def check(response):
    """This admin client returns answers as they came; the first error in one is raised."""
    for entry in response.topic_errors if hasattr(response, "topic_errors") else response.topic_error_codes:
        if entry[1] != 0:
            raise for_code(entry[1])(entry[2] if len(entry) > 2 else entry[0])


async def create_topic(request):
    topic = NewTopic(request["topic"], request["partitions"], 1, topic_configs=request["configs"])
    check(await admin.create_topics([topic]))
    deadline = time.time() + WAIT_SECONDS
    while request["topic"] not in await admin.list_topics():
        if time.time() > deadline:
            raise TimeoutError("the new topic does not show in the metadata")
        await asyncio.sleep(0.05)


async def delete_topic(request):
    check(await admin.delete_topics([request["topic"]]))


async def list_topics(_request):
    return {"topics": list(await admin.list_topics())}


# One a codec and guarantee: at most ten.
producers = {}


async def producer_for(codec, idempotent):
    if (codec, idempotent) not in producers:
        producer = AIOKafkaProducer(
            bootstrap_servers=BOOTSTRAP,
            compression_type=None if codec == "none" else codec,
            enable_idempotence=idempotent,
            acks="all",
            max_request_size=LARGE,
            linger_ms=5,
        )
        await producer.start()
        producers[codec, idempotent] = producer
    return producers[codec, idempotent]


async def produce(request):
    producer = await producer_for(request["codec"], request["idempotent"])
    futures = [
        await producer.send(
            request["topic"],
            key=decode(record["key"]),
            value=decode(record["value"]),
            partition=record["partition"],
            headers=[(name, decode(value)) for name, value in record["headers"]],
            timestamp_ms=record["timestamp"],
        )
        for record in request["records"]
    ]
    return {"offsets": [(await future).offset for future in futures]}


async def read(request):
    consumer = AIOKafkaConsumer(
        bootstrap_servers=BOOTSTRAP,
        max_partition_fetch_bytes=LARGE,
        auto_offset_reset=request["reset"],
    )
    await consumer.start()
    try:
        partition = TopicPartition(request["topic"], request["partition"])
        consumer.assign([partition])
        if "timestamp" in request["from"]:
            found = await consumer.offsets_for_times({partition: request["from"]["timestamp"]})
            consumer.seek(partition, found[partition].offset)
        else:
            consumer.seek(partition, request["from"]["offset"])
        records = []
        async with asyncio.timeout(WAIT_SECONDS):
            while len(records) < request["count"]:
                records.append(await consumer.getone())
        return {
            "records": [
                read_record(r.partition, r.offset, r.timestamp, r.key, r.value, r.headers)
                for r in records
            ]
        }
    finally:
        await consumer.stop()


ASSIGNORS = {"range": RangePartitionAssignor, "roundrobin": RoundRobinPartitionAssignor}


class Member(ConsumerRebalanceListener):
    def __init__(self, request):
        self.name = request["member"]
        self.topic = request["topic"]
        self.consumer = AIOKafkaConsumer(
            bootstrap_servers=BOOTSTRAP,
            group_id=request["group"],
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=request.get("sessionTimeoutMs", 10000),
            heartbeat_interval_ms=300,
            partition_assignment_strategy=(ASSIGNORS[request.get("assignor", "range")],),
            group_instance_id=request.get("instanceId"),
            metadata_max_age_ms=request.get("metadataMaxAgeMs", 300000),
        )

    async def start(self):
        self.consumer.subscribe([self.topic], listener=self)
        await self.consumer.start()
        self.reading = asyncio.create_task(self.poll())

    async def poll(self):
        async for record in self.consumer:
            emit_record(self.name, record.partition, record.offset, record.value)

    async def on_partitions_assigned(self, assigned):
        emit_assignment(self.name, [part.partition for part in assigned])

    async def on_partitions_revoked(self, revoked):
        if revoked:
            await self.commit()
        emit_assignment(self.name, [])

    async def commit(self):
        try:
            await self.consumer.commit()
        except IllegalStateError:
            pass  # Nothing is assigned.

    async def leave(self):
        self.reading.cancel()
        try:
            await self.commit()
        except CommitFailedError:
            # It lost its place before it could: others have its partitions now, or will.
            pass
        await self.consumer.stop()
        emit_assignment(self.name, [])


members = {}


async def join(request):
    members[request["member"]] = member = Member(request)
    await member.start()


async def commit(request):
    await members[request["member"]].commit()


async def leave(request):
    await members.pop(request["member"]).leave()


async def describe_group(r):
    (response,) = await admin.describe_consumer_groups([r["group"]])
    ((code, _group, state, _type, protocol, members, *_),) = response.groups
    if code != 0:
        raise for_code(code)()
    assignments = [ConsumerProtocolMemberAssignment.decode(member[-1]).assignment for member in members]
    return described(state, protocol, assignments)


async def delete_records(r):
    partition = TopicPartition(r["topic"], r["partition"])
    await admin.delete_records({partition: RecordsToDelete(before_offset=r["before"])})


def error_code(error):
    return error.errno if isinstance(error, KafkaError) and getattr(error, "errno", 0) > 0 else None


async def close():
    for member in list(members.values()):
        await member.leave()
    for producer in producers.values():
        await producer.stop()
    await admin.close()


async def main():
    global admin
    admin = AIOKafkaAdminClient(bootstrap_servers=BOOTSTRAP)
    await admin.start()
    operations = {
        "createTopic": create_topic,
        "deleteTopic": delete_topic,
        "listTopics": list_topics,
        "produce": produce,
        "read": read,
        "join": join,
        "commit": commit,
        "leave": leave,
        "describeGroup": describe_group,
        "deleteRecords": delete_records,
    }
    from_thread = shared_operations(aiokafka.admin, admin, aiokafka.errors, wait)
    from_thread |= {name: on_loop(operation) for name, operation in operations.items()}
    await asyncio.to_thread(serve, from_thread, error_code, lambda: None)
    await close()


loop.run_until_complete(main())
