"""Transactions of one librdkafka producer: committed and aborted ones in turn, over two partitions.

    transactions.py BOOTSTRAP TOPIC COUNT
"""

import sys

from confluent_kafka import Producer

BOOTSTRAP, TOPIC, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])

producer = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": f"{TOPIC}-writer"})
producer.init_transactions(30)
for number in range(COUNT):
    producer.begin_transaction()
    for record in range(5):
        producer.produce(TOPIC, key=f"key-{record}", value=f"{number}/{record}", partition=record % 2)
    producer.flush()
    if number % 3 == 2:
        producer.abort_transaction(30)
    else:
        producer.commit_transaction(30)
