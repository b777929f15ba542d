"""The admin calls of kafka-python 3. Requests: see harness/admin-calls.ts."""

import re

import kafka.errors
from kafka import OffsetAndMetadata, TopicPartition
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    AlterConfigOp,
    ConfigResource,
    NewTopic,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)


def check(error):
    """Some calls answer with an error's class, its name or its text ("[Error 40] …") instead of raising it."""
    if isinstance(error, str):
        code = re.match(r"\[Error (\d+)\]", error)
        if error == "OK":
            error = None
        elif code:
            error = kafka.errors.for_code(int(code[1]))
        else:
            error = getattr(kafka.errors, error)
    if error is not None and error.errno != 0:
        raise error()


def admin_operations(admin):
    def new_topic(r, validate_only=False):
        topic = NewTopic(
            r["topic"], r["partitions"], r["replicationFactor"], topic_configs=r["configs"]
        )
        admin.create_topics([topic], validate_only=validate_only)

    def create_partitions(r):
        admin.create_partitions({r["topic"]: r["total"]})

    def describe_topic(r):
        (topic,) = admin.describe_topics([r["topic"]])
        return {
            "partitions": [
                {
                    "partition": part["partition_index"],
                    "leader": part["leader_id"],
                    "replicas": part["replica_nodes"],
                }
                for part in topic["partitions"]
            ]
        }

    def describe_cluster(_r):
        cluster = admin.describe_cluster()
        brokers = [
            {"id": broker["broker_id"], "host": broker["host"], "port": broker["port"]}
            for broker in cluster["brokers"]
        ]
        return {"controller": cluster["controller_id"], "brokers": brokers}

    def describe_configs(r):
        resource = ConfigResource(r["resource"], r["name"])
        configs = admin.describe_configs([resource], config_filter="all")[r["resource"]][r["name"]]
        return {
            "configs": {
                name: {"value": entry["value"], "isDefault": entry["config_source"] == "DEFAULT_CONFIG"}
                for name, entry in configs.items()
            }
        }

    def incremental_alter_configs(r):
        configs = {name: (AlterConfigOp.SET, value) for name, value in r["set"].items()}
        configs |= {name: (AlterConfigOp.DELETE, None) for name in r["remove"]}
        resource = ConfigResource(r["resource"], r["name"], configs)
        changed = admin.alter_configs([resource], raise_on_unknown=False)
        check(changed[r["resource"]][r["name"]])

    def list_offsets(r):
        partition = TopicPartition(r["topic"], r["partition"])
        return {"offset": admin.list_partition_offsets({partition: r["timestamp"]})[partition].offset}

    def delete_records(r):
        admin.delete_records({TopicPartition(r["topic"], r["partition"]): r["before"]})

    def describe_log_dirs(r):
        return {
            "sizes": [
                {"partition": part["partition_index"], "bytes": part["partition_size"]}
                for broker in admin.describe_log_dirs([r["topic"]])
                for directory in broker["log_dirs"]
                for topic in directory["topics"]
                for part in topic["partitions"]
            ]
        }

    def list_groups(_r):
        return {"groups": [group["group_id"] for group in admin.list_groups()]}

    def describe_group(r):
        group = admin.describe_groups([r["group"]])[r["group"]]
        members = [
            {
                "partitions": [
                    partition
                    for topic in member["member_assignment"]["assigned_partitions"]
                    for partition in topic["partitions"]
                ]
            }
            for member in group["members"]
        ]
        state = group["group_state"].lower()
        return {"state": state, "protocol": group["protocol_data"], "members": members}

    def delete_group(r):
        check(admin.delete_groups([r["group"]])[r["group"]])

    def list_group_offsets(r):
        listed = admin.list_group_offsets(r["group"])[r["group"]]
        return {
            "offsets": [
                {"partition": partition.partition, "offset": committed.offset}
                for partition, committed in listed.items()
                if partition.topic == r["topic"]
            ]
        }

    def alter_group_offsets(r):
        offsets = {
            TopicPartition(r["topic"], o["partition"]): OffsetAndMetadata(o["offset"], "", -1)
            for o in r["offsets"]
        }
        for error in admin.alter_group_offsets(r["group"], offsets).values():
            check(error)

    def delete_group_offsets(r):
        partition = TopicPartition(r["topic"], r["partition"])
        for error in admin.delete_group_offsets(r["group"], [partition]).values():
            check(error)

    def elect_leader(r):
        # It takes an election that is not needed for a success unless it is told to raise nothing.
        elected = admin.elect_leaders(0, {r["topic"]: [r["partition"]]}, raise_errors=False)
        for topic in elected.replica_election_results:
            for part in topic.partition_result:
                check(kafka.errors.for_code(part.error_code))

    def alter_reassignment(r):
        partition = TopicPartition(r["topic"], r["partition"])
        for error in admin.alter_partition_reassignments({partition: r["replicas"]}).values():
            check(error)

    def list_reassignments(r):
        return {"count": len(admin.list_partition_reassignments({r["topic"]: [r["partition"]]}))}

    rule = ("User:someone", "*", ACLOperation.READ, ACLPermissionType.ALLOW)

    def create_acl(r):
        pattern = ResourcePattern(ResourceType.TOPIC, r["topic"], ACLResourcePatternType.LITERAL)
        for error in admin.create_acls([ACL(*rule, pattern)])["failed"]:
            check(error)

    def acl_filter(r):
        pattern = ResourcePatternFilter(
            ResourceType.TOPIC, r["topic"], ACLResourcePatternType.LITERAL
        )
        return ACLFilter(*rule, pattern)

    def describe_acls(r):
        admin.describe_acls(acl_filter(r))

    def delete_acls(r):
        for _filter, _acls, error in admin.delete_acls([acl_filter(r)]):
            check(error)

    return {
        "newTopic": new_topic,
        "validateTopic": lambda r: new_topic(r, validate_only=True),
        "createPartitions": create_partitions,
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "incrementalAlterConfigs": incremental_alter_configs,
        "listOffsets": list_offsets,
        "deleteRecords": delete_records,
        "describeLogDirs": describe_log_dirs,
        "listGroups": list_groups,
        "describeGroup": describe_group,
        "deleteGroup": delete_group,
        "listGroupOffsets": list_group_offsets,
        "alterGroupOffsets": alter_group_offsets,
        "deleteGroupOffsets": delete_group_offsets,
        "electLeader": elect_leader,
        "alterReassignment": alter_reassignment,
        "listReassignments": list_reassignments,
        "createAcl": create_acl,
        "describeAcls": describe_acls,
        "deleteAcls": delete_acls,
    }
