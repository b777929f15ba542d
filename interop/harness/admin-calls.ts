// What a driver's admin client is asked, beside the requests of `Driver`. Offsets of −2 and −1 are Kafka's earliest and
// latest wherever a time (ms) is asked for.

export type ConfigResource = 'topic' | 'broker';

export interface AdminCalls {
  /** Unlike `createTopic` it does not wait for the metadata, and may be refused. */
  newTopic: Call<NewTopic>;
  /** As `newTopic`, and makes none. */
  validateTopic: Call<NewTopic>;
  /** `total` counts those that are there. */
  createPartitions: Call<{ topic: string; total: number }>;
  describeTopic: Call<
    { topic: string },
    { partitions: { partition: number; leader: number; replicas: number[] }[] }
  >;
  describeCluster: Call<
    object,
    { controller: number; brokers: { id: number; host: string; port: number }[] }
  >;
  describeConfigs: Call<
    { resource: ConfigResource; name: string },
    { configs: Record<string, { value: string | null; isDefault: boolean }> }
  >;
  /** What is not given goes back to its default. */
  alterConfigs: Call<{
    resource: ConfigResource;
    name: string;
    configs: Readonly<Record<string, string>>;
  }>;
  incrementalAlterConfigs: Call<{
    resource: ConfigResource;
    name: string;
    set: Readonly<Record<string, string>>;
    remove: readonly string[];
  }>;
  listOffsets: Call<{ topic: string; partition: number; timestamp: number }, { offset: number }>;
  deleteRecords: Call<{ topic: string; partition: number; before: number }>;
  describeLogDirs: Call<{ topic: string }, { sizes: { partition: number; bytes: number }[] }>;
  listGroups: Call<object, { groups: string[] }>;
  /** The state in lower case. */
  describeGroup: Call<
    { group: string },
    { state: string; protocol: string; members: { partitions: number[] }[] }
  >;
  deleteGroup: Call<{ group: string }>;
  /** Of the partitions that have one. */
  listGroupOffsets: Call<
    { group: string; topic: string },
    { offsets: { partition: number; offset: number }[] }
  >;
  alterGroupOffsets: Call<{
    group: string;
    topic: string;
    offsets: readonly { partition: number; offset: number }[];
  }>;
  deleteGroupOffsets: Call<{ group: string; topic: string; partition: number }>;
  electLeader: Call<{ topic: string; partition: number }>;
  alterReassignment: Call<{ topic: string; partition: number; replicas: readonly number[] }>;
  listReassignments: Call<{ topic: string; partition: number }, { count: number }>;
  /** A rule that lets User:someone read the topic. */
  createAcl: Call<{ topic: string }>;
  describeAcls: Call<{ topic: string }>;
  deleteAcls: Call<{ topic: string }>;
}

export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

interface Call<Parameters, Result = object> {
  readonly parameters: Parameters;
  readonly result: Result;
}

export type AdminCall = keyof AdminCalls;
