"""The confluent-kafka (librdkafka) driver. Requests and events: see "Drivers" in interop/README.md.

A thread an operation would be overkill: requests are served in turn on the main thread, and each group member polls on
a thread of its own, as librdkafka wants one poller a consumer.
"""

import base64
import json
import queue
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

BOOTSTRAP = sys.argv[1]
LARGE = 4 * 1024 * 1024
WAIT_SECONDS = 45

output_lock = threading.Lock()


def emit(message):
    with output_lock:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


def decode(text):
    return None if text is None else base64.b64decode(text)


def encode(data):
    return None if data is None else base64.b64encode(data).decode()


def create_topic(request):
    topic = NewTopic(request["topic"], request["partitions"], 1, config=request["configs"])
    for future in admin.create_topics([topic]).values():
        future.result(WAIT_SECONDS)
    deadline = time.time() + WAIT_SECONDS
    while request["topic"] not in admin.list_topics(timeout=10).topics:
        if time.time() > deadline:
            raise TimeoutError("the new topic does not show in the metadata")
        time.sleep(0.05)
    return {}


def delete_topic(request):
    for future in admin.delete_topics([request["topic"]]).values():
        future.result(WAIT_SECONDS)
    return {}


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
                {
                    "partition": message.partition(),
                    "offset": message.offset(),
                    "timestamp": message.timestamp()[1],
                    "key": encode(message.key()),
                    "value": encode(message.value()),
                    "headers": [[name, encode(value)] for name, value in message.headers() or []],
                }
            )
        return {"records": records}
    finally:
        consumer.close()


class Member:
    """A group member: it polls on its own thread, and takes `commit` and `leave` from a queue between polls."""

    def __init__(self, name, group, topic):
        self.name = name
        self.owned = []
        self.commands = queue.Queue()
        self.consumer = Consumer(
            {
                "bootstrap.servers": BOOTSTRAP,
                "group.id": group,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "session.timeout.ms": 10000,
                "heartbeat.interval.ms": 300,
            }
        )
        self.consumer.subscribe([topic], on_assign=self.assigned, on_revoke=self.revoked)
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def assigned(self, _consumer, partitions):
        self.own([part.partition for part in partitions])

    def revoked(self, _consumer, _partitions):
        self.commit()
        self.own([])

    def own(self, partitions):
        self.owned = partitions
        emit({"event": "assignment", "member": self.name, "partitions": partitions})

    def commit(self):
        try:
            self.consumer.commit(asynchronous=False)
        except KafkaException as error:
            if error.args[0].name() != "_NO_OFFSET":
                raise

    def loop(self):
        while True:
            try:
                command, done = self.commands.get_nowait()
            except queue.Empty:
                message = self.consumer.poll(0.1)
                if message is not None and not message.error():
                    emit(
                        {
                            "event": "record",
                            "member": self.name,
                            "partition": message.partition(),
                            "offset": message.offset(),
                            "value": encode(message.value()),
                        }
                    )
                continue
            try:
                if command == "commit":
                    self.commit()
                else:
                    self.consumer.close()
                    self.own([])
                done.put(None)
            except Exception as error:  # The asker gets it; the member goes on.
                done.put(error)
            if command == "leave":
                return

    def ask(self, command):
        done = queue.Queue()
        self.commands.put((command, done))
        error = done.get(timeout=WAIT_SECONDS)
        if error is not None:
            raise error


members = {}


def join(request):
    members[request["member"]] = Member(request["member"], request["group"], request["topic"])
    return {}


def commit(request):
    members[request["member"]].ask("commit")
    return {}


def leave(request):
    members.pop(request["member"]).ask("leave")
    return {}


operations = {
    "createTopic": create_topic,
    "deleteTopic": delete_topic,
    "listTopics": list_topics,
    "produce": produce,
    "read": read,
    "join": join,
    "commit": commit,
    "leave": leave,
}

admin = AdminClient({"bootstrap.servers": BOOTSTRAP})

for line in sys.stdin:
    request = json.loads(line)
    try:
        emit({"id": request["id"], "result": operations[request["op"]](request)})
    except Exception as error:  # Whatever went wrong is the test's to judge.
        emit({"id": request["id"], "error": repr(error)})

for member in list(members.values()):
    member.ask("leave")
