"""An idempotent librdkafka producer that keeps on through everything, until its input ends.

It sends the numbers 0, 1, 2 … to the partitions in turn, as the beginning of values of up to MAX_FILL bytes more, with the
number as key, or with KEYS of them (a multiple of the partitions) that come again and again. It writes one JSON line for each that is acknowledged:
{"event": "ack", "partition", "offset", "id"}; at the end one {"id": 1, "result": {"produced", "failures"}}.
"""

import json
import sys
import threading

from confluent_kafka import Producer

BOOTSTRAP, TOPIC, PARTITIONS, PER_SECOND = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
MAX_FILL = int(sys.argv[5]) if len(sys.argv) > 5 else 300
KEYS = int(sys.argv[6]) if len(sys.argv) > 6 else 0
BURST = 20

producer = Producer(
    {
        "bootstrap.servers": BOOTSTRAP,
        "enable.idempotence": True,
        "linger.ms": 5,
        # The broker is away for moments only; what is not delivered within minutes is a failure worth seeing.
        "message.timeout.ms": 240000,
        # A broker that does not answer for longer is asked again on a new connection, and must know what it did.
        "request.timeout.ms": 2000,
        "socket.timeout.ms": 2500,
        "reconnect.backoff.ms": 20,
        "reconnect.backoff.max.ms": 200,
        "retry.backoff.ms": 50,
    }
)
failures = []
input_ended = threading.Event()


def wait_for_end():
    sys.stdin.read()
    input_ended.set()


def acknowledged(number):
    def callback(error, message):
        if error is not None:
            failures.append(f"{number}: {error}")
            return
        ack = {"event": "ack", "partition": message.partition(), "offset": message.offset(), "id": number}
        sys.stdout.write(json.dumps(ack) + "\n")

    return callback


threading.Thread(target=wait_for_end, daemon=True).start()
number = 0
while not input_ended.is_set():
    for _ in range(BURST):
        while True:
            try:
                producer.produce(
                    TOPIC,
                    key=str(number % KEYS if KEYS else number),
                    value=f"{number} {'x' * (number % MAX_FILL)}",
                    partition=number % PARTITIONS,
                    on_delivery=acknowledged(number),
                )
                break
            except BufferError:  # The queue is full while the broker is away.
                producer.poll(0.1)
        number += 1
    producer.poll(0)
    sys.stdout.flush()
    input_ended.wait(BURST / PER_SECOND)

undelivered = producer.flush(240)
if undelivered:
    failures.append(f"{undelivered} were never delivered")
print(json.dumps({"id": 1, "result": {"produced": number, "failures": failures[:20]}}), flush=True)
