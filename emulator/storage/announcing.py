"""What Pub/Sub is told of a new object ("Pub/Sub notifications for Cloud Storage").

It is kept with the object, in one commit, until it was handed over: killed in between, it goes
with the next start, perhaps once more.
"""

import json
from collections.abc import Callable, Mapping

from emulator.storage.buckets import Bucket
from emulator.storage.resources import resource_of
from emulator.storage.store import Store
from emulator.storage.stored import Stored
from emulator.storage.times import written

Publish = Callable[[str, bytes, Mapping[str, str]], None]  # topic, data, attributes


class Announcements:
    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, bucket: Bucket, new: Stored, before: int | None) -> None:
        """Inside of `Store.writing`. `before`: the generation that it takes the place of."""
        for number, told in enumerate(bucket.notifications, start=1):
            if new.name.startswith(told.prefix):
                usual = _attributes(bucket.name, number, new, before)
                values = (told.topic, _data(new), json.dumps({**told.attributes, **usual}))
                self._store.connection.execute(_NOTE, values)

    def hand_over(self, publish: Publish) -> None:
        """Whatever `publish` raises leaves the rest for later."""
        for row in self._store.rows("SELECT * FROM announcements ORDER BY id"):
            publish(row["topic"], row["data"], json.loads(row["attributes"]))
            with self._store.writing() as connection:
                connection.execute("DELETE FROM announcements WHERE id = ?", (row["id"],))


_NOTE = "INSERT INTO announcements (topic, data, attributes) VALUES (?, ?, ?)"


def _data(new: Stored) -> bytes:
    return json.dumps(resource_of(new), indent=2).encode()


def _attributes(bucket: str, number: int, new: Stored, before: int | None) -> Mapping[str, str]:
    replaced = {} if before is None else {"overwroteGeneration": str(before)}
    return {
        "notificationConfig": f"projects/_/buckets/{bucket}/notificationConfigs/{number}",
        "eventType": "OBJECT_FINALIZE",
        "payloadFormat": "JSON_API_V1",
        "bucketId": bucket,
        "objectId": new.name,
        "objectGeneration": str(new.generation),
        "eventTime": written(new.created),
        **replaced,
    }
