// The admin calls of KafkaJS. Requests: see harness/admin-calls.ts.

import kafkajs from 'kafkajs';

const {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  AssignerProtocol,
  ConfigResourceTypes,
  ConfigSource,
  ResourcePatternTypes,
} = kafkajs;

const resourceTypes = { topic: ConfigResourceTypes.TOPIC, broker: ConfigResourceTypes.BROKER };

const entries = (configs) => Object.entries(configs).map(([name, value]) => ({ name, value }));

const rule = (topic) => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: 'User:someone',
  host: '*',
  operation: AclOperationTypes.READ,
  permissionType: AclPermissionTypes.ALLOW,
});

async function createTopic(admin, request, validateOnly) {
  const { topic, partitions, replicationFactor, configs } = request;
  const created = await admin.createTopics({
    validateOnly,
    waitForLeaders: false,
    topics: [
      { topic, numPartitions: partitions, replicationFactor, configEntries: entries(configs) },
    ],
  });
  // It swallows this one refusal, and answers with false.
  if (!created) throw Object.assign(new Error('the topic exists'), { code: 36 });
}

/** @param {import('kafkajs').Admin} admin */
export function adminOperations(admin) {
  return {
    newTopic: (request) => createTopic(admin, request, false),
    validateTopic: (request) => createTopic(admin, request, true),

    createPartitions: async ({ topic, total }) => {
      await admin.createPartitions({ topicPartitions: [{ topic, count: total }] });
    },

    describeTopic: async ({ topic }) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return {
        partitions: topics[0].partitions.map(({ partitionId, leader, replicas }) => ({
          partition: partitionId,
          leader,
          replicas,
        })),
      };
    },

    describeCluster: async () => {
      const { controller, brokers } = await admin.describeCluster();
      return {
        controller,
        brokers: brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
      };
    },

    describeConfigs: async ({ resource, name }) => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: resourceTypes[resource], name }],
      });
      const described = resources[0].configEntries.map(
        ({ configName, configValue, configSource }) => [
          configName,
          { value: configValue, isDefault: configSource === ConfigSource.DEFAULT_CONFIG },
        ],
      );
      return { configs: Object.fromEntries(described) };
    },

    alterConfigs: async ({ resource, name, configs }) => {
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: resourceTypes[resource], name, configEntries: entries(configs) }],
      });
    },

    listOffsets: async ({ topic, partition, timestamp }) => {
      if (timestamp >= 0) {
        const found = await admin.fetchTopicOffsetsByTimestamp(topic, timestamp);
        return { offset: Number(found.find((entry) => entry.partition === partition).offset) };
      }
      const offsets = await admin.fetchTopicOffsets(topic);
      const { low, high } = offsets.find((entry) => entry.partition === partition);
      return { offset: Number(timestamp === -1 ? high : low) };
    },

    deleteRecords: async ({ topic, partition, before }) => {
      const partitions = [{ partition, offset: String(before) }];
      // It looks for leaders before it has asked for them.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions });
    },

    listGroups: async () => {
      const { groups } = await admin.listGroups();
      return { groups: groups.map(({ groupId }) => groupId) };
    },

    describeGroup: async ({ group }) => {
      const { groups } = await admin.describeGroups([group]);
      const members = groups[0].members.map(({ memberAssignment }) => {
        const { assignment } = AssignerProtocol.MemberAssignment.decode(memberAssignment);
        return { partitions: Object.values(assignment).flat() };
      });
      return { state: groups[0].state.toLowerCase(), protocol: groups[0].protocol, members };
    },

    deleteGroup: async ({ group }) => {
      await admin.deleteGroups([group]);
    },

    listGroupOffsets: async ({ group, topic }) => {
      const fetched = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return {
        offsets: fetched[0].partitions
          .map(({ partition, offset }) => ({ partition, offset: Number(offset) }))
          .filter(({ offset }) => offset >= 0),
      };
    },

    // It pauses the topic as it joins: where that comes before its first fetch, it sleeps for maxWaitTimeInMs (5 s).
    alterGroupOffsets: async ({ group, topic, offsets }) => {
      await admin.setOffsets({
        groupId: group,
        topic,
        partitions: offsets.map(({ partition, offset }) => ({ partition, offset: String(offset) })),
      });
    },

    alterReassignment: async ({ topic, partition, replicas }) => {
      await admin.alterPartitionReassignments({
        topics: [{ topic, partitionAssignment: [{ partition, replicas }] }],
      });
    },

    listReassignments: async ({ topic, partition }) => {
      const { topics } = await admin.listPartitionReassignments({
        topics: [{ topic, partitions: [partition] }],
      });
      return { count: topics.length };
    },

    createAcl: async ({ topic }) => {
      await admin.createAcls({ acl: [rule(topic)] });
    },
    describeAcls: async ({ topic }) => {
      await admin.describeAcls(rule(topic));
    },
    deleteAcls: async ({ topic }) => {
      await admin.deleteAcls({ filters: [rule(topic)] });
    },
  };
}
