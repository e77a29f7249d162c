"""Sends usage events that the official client has made, in all three modes, and prints the statuses of each answer."""

import json
import sys
import urllib.request
from datetime import datetime

from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

url, token, app_id, time = sys.argv[1:]


def make_event(event_id):
    attributes = {
        "id": event_id,
        "source": "urn:python:official",
        "type": "aps.usage.v1",
        "specversion": "1.0",
        "subject": app_id,
        "time": datetime.fromisoformat(time.replace("Z", "+00:00")),
        "datacontenttype": "application/json; charset=utf-8",
    }
    return CloudEvent(attributes, {"meter": "model-derivative-simple-job", "quantity": 1})


def send(headers, body):
    all_headers = {**headers, "authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{url}/v1/usage", body, all_headers)
    with urllib.request.urlopen(request) as answer:
        print(*[row["status"] for row in json.load(answer)["results"]])


messages = [
    to_structured_event(make_event("a")),
    to_binary_event(make_event("b")),
    to_binary_event(make_event("a")),
]
for message in messages:
    send(message.headers, message.body)
batch = b"[" + b",".join(JSONFormat().write(make_event(name)) for name in ("c", "d")) + b"]"
send({"content-type": "application/cloudevents-batch+json"}, batch)
