"""What the Python drivers share: requests in, answers and events out, and members that poll on threads of their own.

Requests and events: see "Drivers" in interop/README.md.
"""

import base64
import json
import queue
import sys
import threading
import time

BOOTSTRAP = sys.argv[1]
LARGE = 4 * 1024 * 1024
WAIT_SECONDS = 45

output_lock = threading.Lock()


def emit(message):
    with output_lock:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


def emit_assignment(member, partitions, generation=None):
    event = {"event": "assignment", "member": member, "partitions": sorted(partitions)}
    emit(event if generation is None else event | {"generation": generation})


def emit_failure(member, code):
    emit({"event": "failure", "member": member, "code": code})


def emit_record(member, partition, offset, value):
    record = {"event": "record", "member": member, "partition": partition, "offset": offset}
    emit(record | {"value": encode(value)})


def decode(text):
    return None if text is None else base64.b64decode(text)


def encode(data):
    return None if data is None else base64.b64encode(data).decode()


def read_record(partition, offset, timestamp, key, value, headers):
    return {
        "partition": partition,
        "offset": offset,
        "timestamp": timestamp,
        "key": encode(key),
        "value": encode(value),
        "headers": [[name, encode(data)] for name, data in headers or []],
    }


class PollingMember:
    """A group member: it polls on its own thread, and does what it is asked between polls."""

    def __init__(self, name):
        self.name = name
        self.left = False
        self.commands = queue.Queue()
        self.thread = threading.Thread(target=self.loop, daemon=True)

    def poll(self):
        """Waits a moment for records and emits them."""
        raise NotImplementedError

    def commit(self):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError

    def leave(self):
        self.left = True
        self.close()
        emit_assignment(self.name, [])

    def loop(self):
        while not self.left:
            try:
                command, done = self.commands.get_nowait()
            except queue.Empty:
                self.poll()
                continue
            try:
                command()
                done.put(None)
            except Exception as error:  # The asker gets it; the member goes on.
                done.put(error)

    def ask(self, command):
        error = self.begin(command).get(timeout=WAIT_SECONDS)
        if error is not None:
            raise error

    def begin(self, command):
        done = queue.Queue()
        self.commands.put((command, done))
        return done


def member_operations(make_member):
    """The operations of members; `make_member` takes the request of a join and returns one that is not started."""
    members = {}

    def join(request):
        members[request["member"]] = member = make_member(request)
        member.thread.start()

    def commit(request):
        member = members[request["member"]]
        member.ask(member.commit)

    def stall(request):
        members[request["member"]].begin(lambda: time.sleep(request["ms"] / 1000))

    def leave(request):
        member = members.pop(request["member"])
        member.ask(member.leave)

    def close():
        for member in list(members.values()):
            member.ask(member.leave)

    return {"join": join, "commit": commit, "stall": stall, "leave": leave}, close


def serve(operations, error_code, close):
    """Answers requests in turn until the input ends. `error_code` tells Kafka's code of an exception, or None."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            emit({"id": request["id"], "result": operations[request["op"]](request) or {}})
        except Exception as error:  # Whatever went wrong is the test's to judge.
            emit({"id": request["id"], "error": repr(error), "code": error_code(error)})
    close()


def serve_driver(make_member, error_code, plain, admin):
    """Serves a library whose members poll. `plain` are its functions for the five names below, `admin` its admin calls."""
    operations, close_members = member_operations(make_member)
    names = ("createTopic", "deleteTopic", "listTopics", "produce", "read")
    serve(operations | dict(zip(names, plain)) | admin, error_code, close_members)
