"""The kafka-python driver: of the newest version, and of 2.0, which many programs still have."""

import time

import kafka
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor

from driver_loop import (
    BOOTSTRAP,
    LARGE,
    WAIT_SECONDS,
    PollingMember,
    decode,
    emit_assignment,
    emit_record,
    read_record,
    serve_driver,
)

OLD = kafka.__version__.startswith("2.0.")
if OLD:
    from kafka_python_2_admin import admin_operations
else:
    from kafka_python_admin import admin_operations


def create_topic(request):
    topic = NewTopic(request["topic"], request["partitions"], 1, topic_configs=request["configs"])
    admin.create_topics([topic])
    deadline = time.time() + WAIT_SECONDS
    while request["topic"] not in admin.list_topics():
        if time.time() > deadline:
            raise TimeoutError("the new topic does not show in the metadata")
        time.sleep(0.05)


def delete_topic(request):
    admin.delete_topics([request["topic"]])


def list_topics(_request):
    return {"topics": list(admin.list_topics())}


# One a codec and guarantee: at most ten.
producers = {}


def producer_for(codec, idempotent):
    if (codec, idempotent) not in producers:
        # 2.0 knows no producer ids.
        guarantee = {} if OLD else {"enable_idempotence": idempotent}
        producers[codec, idempotent] = KafkaProducer(
            bootstrap_servers=BOOTSTRAP,
            compression_type=None if codec == "none" else codec,
            acks="all",
            max_request_size=LARGE,
            linger_ms=5,
            # 2.0 by default gives up where a new topic's leader is not known everywhere yet.
            retries=10,
            **guarantee,
        )
    return producers[codec, idempotent]


def produce(request):
    producer = producer_for(request["codec"], request["idempotent"])
    futures = [
        producer.send(
            request["topic"],
            key=decode(record["key"]),
            value=decode(record["value"]),
            partition=record["partition"],
            headers=[(name, decode(value)) for name, value in record["headers"]],
            timestamp_ms=record["timestamp"],
        )
        for record in request["records"]
    ]
    return {"offsets": [future.get(WAIT_SECONDS).offset for future in futures]}


def read(request):
    consumer = KafkaConsumer(
        bootstrap_servers=BOOTSTRAP,
        group_id=None,
        max_partition_fetch_bytes=LARGE,
        auto_offset_reset=request["reset"],
    )
    try:
        partition = TopicPartition(request["topic"], request["partition"])
        consumer.assign([partition])
        if "timestamp" in request["from"]:
            found = consumer.offsets_for_times({partition: request["from"]["timestamp"]})
            consumer.seek(partition, found[partition].offset)
        else:
            consumer.seek(partition, request["from"]["offset"])
        records = []
        deadline = time.time() + WAIT_SECONDS
        while len(records) < request["count"]:
            if time.time() > deadline:
                raise TimeoutError(f"read {len(records)} of {request['count']} records in time")
            for polled in consumer.poll(500).values():
                records += polled
        return {
            "records": [
                read_record(r.partition, r.offset, r.timestamp, r.key, r.value, r.headers)
                for r in records[: request["count"]]
            ]
        }
    finally:
        consumer.close()


ASSIGNORS = {"range": RangePartitionAssignor, "roundrobin": RoundRobinPartitionAssignor}
if not OLD:
    from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor

    ASSIGNORS["cooperative-sticky"] = CooperativeStickyAssignor


def join_options(request):
    """What a join may ask for, in this library's words."""
    names = {
        "instanceId": "group_instance_id",
        "sessionTimeoutMs": "session_timeout_ms",
        "rebalanceTimeoutMs": "max_poll_interval_ms",
        "metadataMaxAgeMs": "metadata_max_age_ms",
    }
    config = {names[name]: request[name] for name in names if name in request}
    if "assignor" in request:
        config["partition_assignment_strategy"] = [ASSIGNORS[request["assignor"]]]
    return config


class Member(PollingMember, kafka.ConsumerRebalanceListener):
    def __init__(self, request):
        super().__init__(request["member"])
        self.owned = set()
        self.consumer = KafkaConsumer(
            bootstrap_servers=BOOTSTRAP,
            group_id=request["group"],
            # Without a period it commits only as partitions are taken; from a listener a commit would block in 3.0.
            enable_auto_commit=True,
            auto_commit_interval_ms=1 << 30,
            auto_offset_reset="earliest",
            heartbeat_interval_ms=300,
            **{"session_timeout_ms": 10000} | join_options(request),
        )
        self.consumer.subscribe([request["topic"]], listener=self)

    # Of a cooperative assignor these are only the changes.
    def on_partitions_assigned(self, assigned):
        self.own(self.owned | {part.partition for part in assigned})

    def on_partitions_revoked(self, revoked):
        self.own(self.owned - {part.partition for part in revoked})

    def own(self, partitions):
        self.owned = partitions
        emit_assignment(self.name, partitions)

    def commit(self):
        self.consumer.commit()

    def poll(self):
        # 3.0.12 for ever loses an assignment that comes as a poll's time runs out, where it joined again only because
        # the topic had come into its metadata; a real Kafka that is slow to answer SyncGroup makes it hang too.
        wait_ms = 100 if self.owned else 2000
        for polled in self.consumer.poll(wait_ms).values():
            for record in polled:
                emit_record(self.name, record.partition, record.offset, record.value)

    def close(self):
        self.consumer.close()


def error_code(error):
    return getattr(error, "errno", None)


admin = KafkaAdminClient(bootstrap_servers=BOOTSTRAP)
plain = (create_topic, delete_topic, list_topics, produce, read)
serve_driver(Member, error_code, plain, admin_operations(admin))
