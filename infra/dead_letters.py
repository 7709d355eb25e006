"""What functions gave up on: the pull subscriptions of the dead-letter topics."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.letters import Letter

_PAGE = 100
# Long enough to look and decide; what is not taken away comes back by itself.
_HELD_SECONDS = 600
_SECONDS = 20
_SOURCE = "CloudPubSubDeadLetterSource"


@dataclass(slots=True)
class DeadLetters:
    """One topic. `looks`: a pull may be empty though something is there, so it is asked again."""

    subscriber: Any
    project: str
    topic: str
    looks: int = 2
    _held: dict[str, str] = field(default_factory=dict)

    def letters(self) -> Iterator[Letter]:
        """Held back from others until `take_away`, `give_back` or ten minutes."""
        empty = 0
        while empty < self.looks:
            page = self._pulled()
            empty = 0 if page else empty + 1
            for each in page:
                yield _letter(self.topic, each)

    def take_away(self, letter: Letter) -> None:
        self.subscriber.acknowledge(subscription=self._name, ack_ids=[letter.handle])
        del self._held[letter.id]

    def give_back(self) -> None:
        """All that was not taken away."""
        if self._held:
            self.subscriber.modify_ack_deadline(
                subscription=self._name, ack_ids=list(self._held.values()), ack_deadline_seconds=0
            )
            self._held.clear()

    def _pulled(self) -> list[Any]:
        """New ones only."""
        answer = self.subscriber.pull(subscription=self._name, max_messages=_PAGE, timeout=_SECONDS)
        received = list(answer.received_messages)
        if received:
            self.subscriber.modify_ack_deadline(
                subscription=self._name,
                ack_ids=[each.ack_id for each in received],
                ack_deadline_seconds=_HELD_SECONDS,
            )
        new = [each for each in received if each.message.message_id not in self._held]
        self._held |= {each.message.message_id: each.ack_id for each in received}
        return new

    @property
    def _name(self) -> str:
        """A dead-letter topic and its subscription have one name."""
        return f"projects/{self.project}/subscriptions/{self.topic}"


def _letter(topic: str, received: Any) -> Letter:
    attributes = dict(received.message.attributes)
    published = {name: attributes[name] for name in attributes if not name.startswith(_SOURCE)}
    tries = attributes.get(f"{_SOURCE}DeliveryCount", "?")
    return Letter(
        id=received.message.message_id,
        place=topic,
        reason=f"{attributes.get(f'{_SOURCE}Subscription', '?')} gave up after {tries} tries",
        since=attributes.get(f"{_SOURCE}TopicPublishTime", ""),
        data=received.message.data,
        handle=received.ack_id,
        attributes=published,
    )
