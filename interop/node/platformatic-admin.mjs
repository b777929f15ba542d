// The admin calls of @platformatic/kafka. Requests: see harness/admin-calls.ts.

import {
  AclOperations,
  AclPermissionTypes,
  ConfigResourceTypes,
  ConfigSources,
  IncrementalAlterConfigOperationTypes,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';

const resourceTypes = { topic: ConfigResourceTypes.TOPIC, broker: ConfigResourceTypes.BROKER };

const entries = (configs) => Object.entries(configs).map(([name, value]) => ({ name, value }));

const rule = (topic) => ({
  resourceType: ResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: 'User:someone',
  host: '*',
  operation: AclOperations.READ,
  permissionType: AclPermissionTypes.ALLOW,
});

/** @param {import('@platformatic/kafka').Admin} admin */
export function adminOperations(admin) {
  return {
    newTopic: async ({ topic, partitions, replicationFactor, configs }) => {
      await admin.createTopics({
        topics: [topic],
        partitions,
        replicas: replicationFactor,
        configs: entries(configs),
      });
    },

    createPartitions: ({ topic, total }) =>
      admin.createPartitions({ topics: [{ name: topic, count: total, assignments: null }] }),

    describeTopic: async ({ topic }) => {
      const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true });
      return {
        partitions: topics.get(topic).partitions.map(({ leader, replicas }, partition) => ({
          partition,
          leader,
          replicas,
        })),
      };
    },

    describeCluster: async () => {
      const { controllerId, brokers } = await admin.metadata({ topics: [], forceUpdate: true });
      return {
        controller: controllerId,
        brokers: [...brokers].map(([id, { host, port }]) => ({ id, host, port })),
      };
    },

    describeConfigs: async ({ resource, name }) => {
      const described = await admin.describeConfigs({
        resources: [
          { resourceType: resourceTypes[resource], resourceName: name, configurationKeys: null },
        ],
      });
      const configs = described[0].configs.map(({ name, value, configSource }) => [
        name,
        { value, isDefault: configSource === ConfigSources.DEFAULT_CONFIG },
      ]);
      return { configs: Object.fromEntries(configs) };
    },

    alterConfigs: ({ resource, name, configs }) =>
      admin.alterConfigs({
        resources: [
          {
            resourceType: resourceTypes[resource],
            resourceName: name,
            configs: entries(configs),
          },
        ],
      }),

    incrementalAlterConfigs: ({ resource, name, set, remove }) =>
      admin.incrementalAlterConfigs({
        resources: [
          {
            resourceType: resourceTypes[resource],
            resourceName: name,
            configs: [
              ...entries(set).map((entry) => ({
                ...entry,
                configOperation: IncrementalAlterConfigOperationTypes.SET,
              })),
              ...remove.map((name) => ({
                name,
                value: null,
                configOperation: IncrementalAlterConfigOperationTypes.DELETE,
              })),
            ],
          },
        ],
      }),

    listOffsets: async ({ topic, partition, timestamp }) => {
      const partitions = [{ partitionIndex: partition, timestamp: BigInt(timestamp) }];
      const listed = await admin.listOffsets({ topics: [{ name: topic, partitions }] });
      return { offset: Number(listed[0].partitions[0].offset) };
    },

    deleteRecords: async ({ topic, partition, before }) => {
      const partitions = [{ partition, offset: BigInt(before) }];
      await admin.deleteRecords({ topics: [{ name: topic, partitions }] });
    },

    describeLogDirs: async ({ topic }) => {
      const described = await admin.describeLogDirs({
        topics: [{ name: topic, partitions: [0, 1] }],
      });
      return {
        sizes: described
          .flatMap(({ results }) => results)
          .flatMap(({ topics }) => topics)
          .flatMap(({ partitions }) => partitions)
          .map(({ partitionIndex, partitionSize }) => ({
            partition: partitionIndex,
            bytes: Number(partitionSize),
          })),
      };
    },

    listGroups: async () => ({ groups: [...(await admin.listGroups()).keys()] }),

    describeGroup: async ({ group }) => {
      const described = (await admin.describeGroups({ groups: [group] })).get(group);
      return {
        state: described.state.toLowerCase(),
        protocol: described.protocol,
        members: [...described.members.values()].map(({ assignments }) => ({
          partitions: [...assignments.values()].flatMap(({ partitions }) => partitions),
        })),
      };
    },

    deleteGroup: ({ group }) => admin.deleteGroups({ groups: [group] }),

    listGroupOffsets: async ({ group, topic }) => {
      const [listed] = await admin.listConsumerGroupOffsets({ groups: [group] });
      const partitions = listed.topics.find(({ name }) => name === topic)?.partitions ?? [];
      return {
        offsets: partitions.map(({ partitionIndex, committedOffset }) => ({
          partition: partitionIndex,
          offset: Number(committedOffset),
        })),
      };
    },

    alterGroupOffsets: ({ group, topic, offsets }) =>
      admin.alterConsumerGroupOffsets({
        groupId: group,
        topics: [
          {
            name: topic,
            partitionOffsets: offsets.map(({ partition, offset }) => ({
              partition,
              offset: BigInt(offset),
            })),
          },
        ],
      }),

    deleteGroupOffsets: async ({ group, topic, partition }) => {
      const topics = [{ name: topic, partitionIndexes: [partition] }];
      await admin.deleteConsumerGroupOffsets({ groupId: group, topics });
    },

    createAcl: ({ topic }) => admin.createAcls({ creations: [rule(topic)] }),
    describeAcls: async ({ topic }) => {
      await admin.describeAcls({ filter: rule(topic) });
    },
    deleteAcls: async ({ topic }) => {
      await admin.deleteAcls({ filters: [rule(topic)] });
    },
  };
}
