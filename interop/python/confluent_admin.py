"""The admin calls of confluent-kafka. Requests: see harness/admin-calls.ts."""

from confluent_kafka import (
    ConsumerGroupTopicPartitions,
    ElectionType,
    KafkaException,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourcePatternType,
    ResourceType,
)

from driver_loop import WAIT_SECONDS


def only(futures):
    """The one result of a call that answers with futures by name."""
    (future,) = futures.values()
    return future.result(WAIT_SECONDS)


def offset_spec(timestamp):
    specs = {-1: OffsetSpec.latest, -2: OffsetSpec.earliest}
    return specs[timestamp]() if timestamp in specs else OffsetSpec.for_timestamp(timestamp)


def admin_operations(admin):
    def new_topic(r, validate_only=False):
        topic = NewTopic(r["topic"], r["partitions"], r["replicationFactor"], config=r["configs"])
        only(admin.create_topics([topic], validate_only=validate_only))

    def create_partitions(r):
        only(admin.create_partitions([NewPartitions(r["topic"], r["total"])]))

    def describe_topic(r):
        topic = only(admin.describe_topics(TopicCollection([r["topic"]])))
        return {
            "partitions": [
                {"partition": p.id, "leader": p.leader.id, "replicas": [n.id for n in p.replicas]}
                for p in topic.partitions
            ]
        }

    def describe_cluster(_r):
        cluster = admin.describe_cluster().result(WAIT_SECONDS)
        brokers = [{"id": n.id, "host": n.host, "port": n.port} for n in cluster.nodes]
        return {"controller": cluster.controller.id, "brokers": brokers}

    def describe_configs(r):
        configs = only(admin.describe_configs([ConfigResource(r["resource"], r["name"])]))
        return {
            "configs": {
                name: {"value": entry.value, "isDefault": entry.is_default}
                for name, entry in configs.items()
            }
        }

    def alter_configs(r):
        resource = ConfigResource(r["resource"], r["name"], set_config=r["configs"])
        only(admin.alter_configs([resource]))

    def incremental_alter_configs(r):
        def entry(name, value, operation):
            return ConfigEntry(name, value, incremental_operation=operation)

        changes = [entry(name, value, AlterConfigOpType.SET) for name, value in r["set"].items()]
        changes += [entry(name, None, AlterConfigOpType.DELETE) for name in r["remove"]]
        resource = ConfigResource(r["resource"], r["name"], incremental_configs=changes)
        only(admin.incremental_alter_configs([resource]))

    def list_offsets(r):
        partition = TopicPartition(r["topic"], r["partition"])
        return {"offset": only(admin.list_offsets({partition: offset_spec(r["timestamp"])})).offset}

    def delete_records(r):
        only(admin.delete_records([TopicPartition(r["topic"], r["partition"], r["before"])]))

    def list_groups(_r):
        listed = admin.list_consumer_groups().result(WAIT_SECONDS)
        if listed.errors:
            raise KafkaException(listed.errors[0])
        return {"groups": [group.group_id for group in listed.valid]}

    def describe_group(r):
        group = only(admin.describe_consumer_groups([r["group"]]))
        members = [
            {"partitions": [part.partition for part in member.assignment.topic_partitions]}
            for member in group.members
        ]
        state = group.state.name.lower()
        return {"state": state, "protocol": group.partition_assignor, "members": members}

    def delete_group(r):
        only(admin.delete_consumer_groups([r["group"]]))

    def list_group_offsets(r):
        wanted = ConsumerGroupTopicPartitions(r["group"])
        listed = only(admin.list_consumer_group_offsets([wanted]))
        return {
            "offsets": [
                {"partition": part.partition, "offset": part.offset}
                for part in listed.topic_partitions
                if part.topic == r["topic"]
            ]
        }

    def alter_group_offsets(r):
        partitions = [
            TopicPartition(r["topic"], o["partition"], o["offset"]) for o in r["offsets"]
        ]
        wanted = ConsumerGroupTopicPartitions(r["group"], partitions)
        for part in only(admin.alter_consumer_group_offsets([wanted])).topic_partitions:
            if part.error is not None:
                raise KafkaException(part.error)

    def elect_leader(r):
        partition = TopicPartition(r["topic"], r["partition"])
        elected = admin.elect_leaders(ElectionType.PREFERRED, [partition]).result(WAIT_SECONDS)
        for error in elected.values():
            if error is not None:
                raise KafkaException(error)

    rule = ("User:someone", "*", AclOperation.READ, AclPermissionType.ALLOW)

    def create_acl(r):
        binding = AclBinding(ResourceType.TOPIC, r["topic"], ResourcePatternType.LITERAL, *rule)
        only(admin.create_acls([binding]))

    def acl_filter(r):
        return AclBindingFilter(
            ResourceType.TOPIC, r["topic"], ResourcePatternType.LITERAL, *rule
        )

    def describe_acls(r):
        admin.describe_acls(acl_filter(r)).result(WAIT_SECONDS)

    def delete_acls(r):
        only(admin.delete_acls([acl_filter(r)]))

    return {
        "newTopic": new_topic,
        "validateTopic": lambda r: new_topic(r, validate_only=True),
        "createPartitions": create_partitions,
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
        "incrementalAlterConfigs": incremental_alter_configs,
        "listOffsets": list_offsets,
        "deleteRecords": delete_records,
        "listGroups": list_groups,
        "describeGroup": describe_group,
        "deleteGroup": delete_group,
        "listGroupOffsets": list_group_offsets,
        "alterGroupOffsets": alter_group_offsets,
        "electLeader": elect_leader,
        "createAcl": create_acl,
        "describeAcls": describe_acls,
        "deleteAcls": delete_acls,
    }
