"""The confluent-kafka (librdkafka) driver."""

import sys
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from confluent_admin import admin_operations
from driver_loop import (
    BOOTSTRAP,
    LARGE,
    WAIT_SECONDS,
    PollingMember,
    decode,
    emit_assignment,
    emit_failure,
    emit_record,
    read_record,
    serve_driver,
)


def create_topic(request):
    topic = NewTopic(request["topic"], request["partitions"], 1, config=request["configs"])
    for future in admin.create_topics([topic]).values():
        future.result(WAIT_SECONDS)
    deadline = time.time() + WAIT_SECONDS
    while request["topic"] not in admin.list_topics(timeout=10).topics:
        if time.time() > deadline:
            raise TimeoutError("the new topic does not show in the metadata")
        time.sleep(0.05)


def delete_topic(request):
    for future in admin.delete_topics([request["topic"]]).values():
        future.result(WAIT_SECONDS)


def list_topics(_request):
    return {"topics": list(admin.list_topics(timeout=10).topics)}


# One a codec and guarantee: at most ten.
producers = {}


def producer_for(codec, idempotent):
    if (codec, idempotent) not in producers:
        producers[codec, idempotent] = Producer(
            {
                "bootstrap.servers": BOOTSTRAP,
                "compression.codec": codec,
                "enable.idempotence": idempotent,
                "message.max.bytes": LARGE,
                "linger.ms": 5,
            }
        )
    return producers[codec, idempotent]


def produce(request):
    producer = producer_for(request["codec"], request["idempotent"])
    offsets = [None] * len(request["records"])
    failures = []

    def delivered(index):
        def callback(error, message):
            if error is not None:
                failures.append(str(error))
            else:
                offsets[index] = message.offset()

        return callback

    for index, record in enumerate(request["records"]):
        producer.produce(
            request["topic"],
            key=decode(record["key"]),
            value=decode(record["value"]),
            partition=record["partition"],
            headers=[(name, decode(value)) for name, value in record["headers"]],
            timestamp=record["timestamp"],
            on_delivery=delivered(index),
        )
    if producer.flush(WAIT_SECONDS) > 0:
        failures.append("not everything was delivered in time")
    if failures:
        raise RuntimeError(failures[0])
    return {"offsets": offsets}


def read(request):
    consumer = Consumer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": "unused",
            "enable.auto.commit": False,
            "fetch.message.max.bytes": LARGE,
            "enable.partition.eof": False,
            "auto.offset.reset": {"none": "error"}.get(request["reset"], request["reset"]),
        }
    )
    try:
        start = TopicPartition(request["topic"], request["partition"])
        if "timestamp" in request["from"]:
            start.offset = request["from"]["timestamp"]
            start = consumer.offsets_for_times([start], timeout=WAIT_SECONDS)[0]
        else:
            start.offset = request["from"]["offset"]
        consumer.assign([start])
        records = []
        deadline = time.time() + WAIT_SECONDS
        while len(records) < request["count"]:
            if time.time() > deadline:
                raise TimeoutError(f"read {len(records)} of {request['count']} records in time")
            message = consumer.poll(0.5)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            records.append(
                read_record(
                    message.partition(),
                    message.offset(),
                    message.timestamp()[1],
                    message.key(),
                    message.value(),
                    message.headers(),
                )
            )
        return {"records": records}
    finally:
        consumer.close()


LOST_PLACE = (
    KafkaError.ILLEGAL_GENERATION,
    KafkaError.UNKNOWN_MEMBER_ID,
    KafkaError.REBALANCE_IN_PROGRESS,
    KafkaError._TRANSPORT,
    KafkaError._TIMED_OUT,
    KafkaError._WAIT_COORD,
    KafkaError._ALL_BROKERS_DOWN,
    KafkaError.REQUEST_TIMED_OUT,
)

# What a join may ask for, and librdkafka's names.
JOIN_OPTIONS = {
    "assignor": "partition.assignment.strategy",
    "instanceId": "group.instance.id",
    "sessionTimeoutMs": "session.timeout.ms",
    "rebalanceTimeoutMs": "max.poll.interval.ms",
    "metadataMaxAgeMs": "topic.metadata.refresh.interval.ms",
}


class Member(PollingMember):
    def __init__(self, request):
        super().__init__(request["member"])
        config = {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": request["group"],
            "client.id": request["member"],
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "session.timeout.ms": 10000,
            "heartbeat.interval.ms": 300,
        }
        config |= {JOIN_OPTIONS[name]: request[name] for name in JOIN_OPTIONS if name in request}
        self.consumer = Consumer(config)
        self.owned = set()
        self.consumer.subscribe(
            [request["topic"]], on_assign=self.assigned, on_revoke=self.revoked, on_lost=self.lost
        )

    # Of a cooperative assignor the callbacks tell only the changes.
    def assigned(self, consumer, partitions):
        self.owned |= {part.partition for part in partitions}
        # What transactions are given of the group; librdkafka writes a mark of seven bytes, then the generation.
        generation = int.from_bytes(consumer.consumer_group_metadata()[7:11], sys.byteorder, signed=True)
        emit_assignment(self.name, self.owned, generation)

    def revoked(self, consumer, partitions):
        try:
            self.commit()
        except KafkaException as error:
            # It lost its place before it could: others have its partitions now, or will.
            if error.args[0].code() not in LOST_PLACE:
                raise
        self.lost(consumer, partitions)

    def lost(self, _consumer, partitions):
        self.owned -= {part.partition for part in partitions}
        emit_assignment(self.name, self.owned)

    def commit(self):
        try:
            self.consumer.commit(asynchronous=False)
        except KafkaException as error:
            if error.args[0].name() != "_NO_OFFSET":
                raise

    def poll(self):
        message = self.consumer.poll(0.1)
        if message is None:
            return
        if message.error():
            emit_failure(self.name, message.error().code())
        else:
            emit_record(self.name, message.partition(), message.offset(), message.value())

    def close(self):
        self.consumer.close()


def error_code(error):
    """Negative codes are librdkafka's own."""
    cause = error.args[0] if isinstance(error, KafkaException) else None
    return cause.code() if isinstance(cause, KafkaError) and cause.code() > 0 else None


admin = AdminClient({"bootstrap.servers": BOOTSTRAP})
plain = (create_topic, delete_topic, list_topics, produce, read)
serve_driver(Member, error_code, plain, admin_operations(admin))
