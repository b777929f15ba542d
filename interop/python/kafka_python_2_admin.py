"""The admin calls of kafka-python 2.0, and of aiokafka, whose admin client comes from it.

Both answer with what came over the wire. Requests: see harness/admin-calls.ts.
"""


def shared_operations(library, admin, errors, wait):
    """`library` is their module `admin`, `errors` their module of errors; `wait` gives what a call comes to."""

    def check(entries):
        for entry in entries:
            if entry[0] != 0:
                raise errors.for_code(entry[0])(entry[1])

    def new_topic(r, validate_only=False):
        topic = library.NewTopic(
            r["topic"], r["partitions"], r["replicationFactor"], topic_configs=r["configs"]
        )
        created = wait(admin.create_topics([topic], validate_only=validate_only))
        check([entry[1:] for entry in created.topic_errors])

    def create_partitions(r):
        total = library.NewPartitions(r["total"])
        wait(admin.create_partitions({r["topic"]: total}))

    def describe_topic(r):
        (topic,) = wait(admin.describe_topics([r["topic"]]))
        return {
            "partitions": [
                {key: part[key] for key in ("partition", "leader", "replicas")}
                for part in topic["partitions"]
            ]
        }

    def describe_cluster(_r):
        cluster = wait(admin.describe_cluster())
        brokers = [
            {"id": broker["node_id"], "host": broker["host"], "port": broker["port"]}
            for broker in cluster["brokers"]
        ]
        return {"controller": cluster["controller_id"], "brokers": brokers}

    def describe_configs(r):
        resource = library.config_resource.ConfigResource(r["resource"], r["name"])
        (response,) = wait(admin.describe_configs([resource]))
        check(response.resources)
        (described,) = response.resources
        # From version 1 on an entry tells its source, of which 5 is the default.
        return {
            "configs": {
                entry[0]: {"value": entry[1], "isDefault": entry[3] == 5} for entry in described[4]
            }
        }

    def alter_configs(r):
        resource = library.config_resource.ConfigResource(r["resource"], r["name"], r["configs"])
        responses = wait(admin.alter_configs([resource]))
        # Of topics 2.0 answers with the one response, aiokafka with a list.
        for response in responses if isinstance(responses, list) else [responses]:
            check(response.resources)

    def list_groups(_r):
        return {"groups": [group[0] for group in wait(admin.list_consumer_groups())]}

    def list_group_offsets(r):
        listed = wait(admin.list_consumer_group_offsets(r["group"]))
        return {
            "offsets": [
                {"partition": partition.partition, "offset": committed.offset}
                for partition, committed in listed.items()
                if partition.topic == r["topic"]
            ]
        }

    return {
        "newTopic": new_topic,
        "validateTopic": lambda r: new_topic(r, validate_only=True),
        "createPartitions": create_partitions,
        "describeTopic": describe_topic,
        "describeCluster": describe_cluster,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
        "listGroups": list_groups,
        "listGroupOffsets": list_group_offsets,
    }


def described(state, protocol, assignments):
    """A group as the contract wants it; an assignment is a list of topics with their partitions."""
    members = [
        {"partitions": [partition for _topic, partitions in topics for partition in partitions]}
        for topics in assignments
    ]
    return {"state": state.lower(), "protocol": protocol, "members": members}


def admin_operations(admin):
    """All that kafka-python 2.0 has."""
    import kafka.admin as library
    import kafka.errors as errors

    def describe_group(r):
        (group,) = admin.describe_consumer_groups([r["group"]])
        assignments = [member.member_assignment.assignment for member in group.members]
        return described(group.state, group.protocol, assignments)

    def check(error):
        if error.errno != 0:
            raise error()

    def delete_group(r):
        ((_group, error),) = admin.delete_consumer_groups([r["group"]])
        check(error)

    rule = ("User:someone", "*", library.ACLOperation.READ, library.ACLPermissionType.ALLOW)

    def create_acl(r):
        pattern = library.ResourcePattern(library.ResourceType.TOPIC, r["topic"])
        for _acl, error in admin.create_acls([library.ACL(*rule, pattern)])["failed"]:
            check(error)

    def acl_filter(r):
        literal = library.ACLResourcePatternType.LITERAL
        pattern = library.ResourcePatternFilter(library.ResourceType.TOPIC, r["topic"], literal)
        return library.ACLFilter(*rule, pattern)

    def describe_acls(r):
        _acls, error = admin.describe_acls(acl_filter(r))
        check(error)

    def delete_acls(r):
        for _filter, _acls, error in admin.delete_acls([acl_filter(r)]):
            check(error)

    return shared_operations(library, admin, errors, lambda result: result) | {
        "describeGroup": describe_group,
        "deleteGroup": delete_group,
        "createAcl": create_acl,
        "describeAcls": describe_acls,
        "deleteAcls": delete_acls,
    }
