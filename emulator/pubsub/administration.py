"""Topics and subscriptions made, changed, listed and deleted."""

from collections.abc import Iterable, Mapping
from typing import Any

from emulator.pubsub.limits import check_retention
from emulator.pubsub.names import check_name, check_project, project_of
from emulator.pubsub.protocol import Config, FieldMask, Topic, from_json, message_class
from emulator.pubsub.registry import Registry
from emulator.pubsub.subscriptions import FIXED, check, completed
from emulator.rpc.status import invalid, unimplemented

_MOST_LISTED = 1000
_FOREIGN = ("schema_settings", "ingestion_data_source_settings", "message_transforms")
ListTopicsResponse = message_class("ListTopicsResponse")
ListTopicSubscriptionsResponse = message_class("ListTopicSubscriptionsResponse")
ListSubscriptionsResponse = message_class("ListSubscriptionsResponse")


class Administration:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def create_topic(self, topic: Topic) -> Topic:
        check_name(topic.name, "topics")
        kept = _checked(topic)
        self._registry.put_topic(kept, new=True)
        return kept

    def update_topic(self, request: Any) -> Topic:
        kept = Topic()
        kept.CopyFrom(self._registry.topic(request.topic.name))
        _merge(request.update_mask, request.topic, kept, frozenset({"name"}))
        self._registry.put_topic(_checked(kept), new=False)
        return kept

    def get_topic(self, request: Any) -> Topic:
        return self._registry.topic(check_name(request.topic, "topics"))

    def list_topics(self, request: Any) -> Any:
        prefix = f"{check_project(request.project)}/"
        names = [topic.name for topic in self._registry.topics if topic.name.startswith(prefix)]
        page, token = _page(names, request)
        topics = [self._registry.topic(name) for name in page]
        return ListTopicsResponse(topics=topics, next_page_token=token)

    def list_topic_subscriptions(self, request: Any) -> Any:
        self._registry.topic(check_name(request.topic, "topics"))
        names = sorted(each.name for each in self._registry.of_topic(request.topic))
        page, token = _page(names, request)
        return ListTopicSubscriptionsResponse(subscriptions=page, next_page_token=token)

    def delete_topic(self, request: Any) -> None:
        self._registry.remove_topic(check_name(request.topic, "topics"))

    def create_subscription(self, config: Config) -> Config:
        check_name(config.name, "subscriptions")
        check_name(config.topic, "topics")
        whole = completed(config)
        check(whole)
        self._registry.add(whole)
        return whole

    def declare(self, topics: Iterable[str], subscriptions: Iterable[Mapping[str, Any]]) -> None:
        """Makes them so, whatever there is already; what stands in no list stays as it is.

        A subscription is written as in the REST API. It keeps what it has still to deliver,
        unless one of what cannot be changed is different: then it is made anew.
        """
        for name in topics:
            if not self._registry.has_topic(name):
                self.create_topic(Topic(name=name))
        for subscription in subscriptions:
            self._declare(from_json(subscription, Config()))

    def update_subscription(self, request: Any) -> Config:
        changed = Config()
        changed.CopyFrom(self._registry.config(request.subscription.name))
        _merge(request.update_mask, request.subscription, changed, FIXED)
        return self._change(changed)

    def modify_push_config(self, request: Any) -> None:
        changed = Config()
        changed.CopyFrom(self._registry.config(request.subscription))
        changed.push_config.CopyFrom(request.push_config)
        self._change(changed)

    def get_subscription(self, request: Any) -> Config:
        return self._registry.config(check_name(request.subscription, "subscriptions"))

    def list_subscriptions(self, request: Any) -> Any:
        project = check_project(request.project)
        configs = self._registry.configs
        names = [each.name for each in configs if f"projects/{project_of(each.name)}" == project]
        page, token = _page(names, request)
        found = [self._registry.config(name) for name in page]
        return ListSubscriptionsResponse(subscriptions=found, next_page_token=token)

    def delete_subscription(self, request: Any) -> None:
        self._registry.remove(check_name(request.subscription, "subscriptions"))

    def _declare(self, wanted: Config) -> None:
        config = completed(wanted)
        known = {each.name: each for each in self._registry.configs}.get(config.name)
        if known and all(getattr(known, name) == getattr(config, name) for name in FIXED):
            self._change(config)
            return
        if known:
            self._registry.remove(config.name)
        self.create_subscription(config)

    def _change(self, config: Config) -> Config:
        whole = completed(config)
        check(whole)
        if whole.HasField("dead_letter_policy"):
            self._registry.topic(whole.dead_letter_policy.dead_letter_topic)
        self._registry.change(whole)
        return whole


def _checked(topic: Topic) -> Topic:
    for name in _FOREIGN:
        if getattr(topic, name) != getattr(Topic(), name):
            unimplemented(f"Topic.{name}")
    if topic.HasField("message_retention_duration"):
        check_retention(topic.message_retention_duration)
    kept = Topic()
    kept.CopyFrom(topic)
    kept.state = Topic.State.Value("ACTIVE")
    return kept


def _merge(mask: FieldMask, source: Any, target: Any, fixed: Iterable[str]) -> None:
    if not mask.paths:
        invalid("The update_mask must be set, and must contain a non-empty paths list.")
    if not mask.IsValidForDescriptor(target.DESCRIPTOR):
        invalid(f"Invalid update_mask: {', '.join(mask.paths)}.")
    for name in fixed:
        if name in mask.paths:
            invalid(f"Invalid update_mask: {name} cannot be changed.")
    for path in mask.paths:
        if "." not in path:
            target.ClearField(path)
    mask.MergeMessage(source, target, replace_repeated_field=True)


def _page(names: list[str], request: Any) -> tuple[list[str], str]:
    """The token is the last name that was listed."""
    rest = [name for name in names if name > request.page_token]
    size = min(request.page_size, _MOST_LISTED) if request.page_size > 0 else _MOST_LISTED
    page = rest[:size]
    return page, page[-1] if len(rest) > size else ""
