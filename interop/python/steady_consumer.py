"""Reads all partitions of a topic from their beginning, through everything, until its input ends; then up to their end.

Writes one JSON line for what each poll gave: {"event": "read", "rows": [[partition, offset, number, value size], …]}; at
the end one {"id": 1, "result": {"ends"}} with the end offset of each partition.
"""

import json
import sys
import threading
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

BOOTSTRAP, TOPIC, PARTITIONS = sys.argv[1], sys.argv[2], int(sys.argv[3])
AT_MOST_S = 120

consumer = Consumer(
    {
        "bootstrap.servers": BOOTSTRAP,
        "group.id": "steady-reader",
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",
        "check.crcs": True,
        "fetch.wait.max.ms": 100,
        "reconnect.backoff.ms": 20,
        "reconnect.backoff.max.ms": 200,
    }
)
consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in range(PARTITIONS)])
positions = [0] * PARTITIONS
input_ended = threading.Event()


def wait_for_end():
    sys.stdin.read()
    input_ended.set()


def read_some():
    rows = []
    for message in consumer.consume(1000, 0.1):
        if message.error() is not None:
            continue
        positions[message.partition()] = message.offset() + 1
        number = int(message.value().split(b" ", 1)[0])
        rows.append([message.partition(), message.offset(), number, len(message.value())])
    if rows:
        sys.stdout.write(json.dumps({"event": "read", "rows": rows}) + "\n")
        sys.stdout.flush()


def end_offsets():
    # Up to the last record that can be read: of a compacted log the last ones may be gone, but never the very last.
    while True:
        try:
            return [
                consumer.get_watermark_offsets(TopicPartition(TOPIC, partition), timeout=10)[1]
                for partition in range(PARTITIONS)
            ]
        except KafkaException:
            time.sleep(0.1)


threading.Thread(target=wait_for_end, daemon=True).start()
while not input_ended.is_set():
    read_some()
ends = end_offsets()
deadline = time.monotonic() + AT_MOST_S
while any(position < end for position, end in zip(positions, ends)) and time.monotonic() < deadline:
    read_some()
print(json.dumps({"id": 1, "result": {"ends": ends}}), flush=True)
