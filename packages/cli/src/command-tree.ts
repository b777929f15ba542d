import type { CommandGroup } from './command/command.ts';

/** All commands. Each is a file of its own in `commands/`, loaded when it runs. */
export const COMMANDS: CommandGroup = {
  name: 'millrace',
  summary:
    'an event-streaming broker that speaks the Kafka protocol, and tools for any Kafka broker',
  commands: [
    {
      name: 'start',
      summary: 'run a broker',
      load: async () => (await import('./commands/start.ts')).start,
    },
    {
      name: 'config',
      summary: 'print every value that start would use, and where it came from',
      load: async () => (await import('./commands/config.ts')).config,
    },
    {
      name: 'adopt',
      summary: 'take over the topics of a Kafka broker with their records',
      load: async () => (await import('./commands/adopt.ts')).adopt,
    },
    {
      name: 'produce',
      summary: 'write records to a topic, from standard input or a file',
      load: async () => (await import('./commands/produce.ts')).produce,
    },
    {
      name: 'consume',
      summary: 'read records of topics',
      load: async () => (await import('./commands/consume.ts')).consume,
    },
    {
      name: 'demo',
      summary: 'write and read the events of a made-up shop, to have something to look at',
      load: async () => (await import('./commands/demo.ts')).demo,
    },
    {
      name: 'topic',
      summary: 'create, look at, change and delete topics',
      commands: [
        {
          name: 'create',
          summary: 'create topics',
          load: async () => (await import('./commands/topic-create.ts')).topicCreate,
        },
        {
          name: 'list',
          summary: 'list topics',
          load: async () => (await import('./commands/topic-list.ts')).topicList,
        },
        {
          name: 'describe',
          summary: 'partitions, offsets, sizes and configs of topics',
          load: async () => (await import('./commands/topic-describe.ts')).topicDescribe,
        },
        {
          name: 'configure',
          summary: 'change configs of topics',
          load: async () => (await import('./commands/topic-configure.ts')).topicConfigure,
        },
        {
          name: 'add-partitions',
          summary: 'add partitions to topics',
          load: async () => (await import('./commands/topic-add-partitions.ts')).topicAddPartitions,
        },
        {
          name: 'trim',
          summary: 'remove the oldest records of topics',
          load: async () => (await import('./commands/topic-trim.ts')).topicTrim,
        },
        {
          name: 'delete',
          summary: 'delete topics with all their records',
          load: async () => (await import('./commands/topic-delete.ts')).topicDelete,
        },
      ],
    },
    {
      name: 'group',
      summary: 'look at, move and delete consumer groups',
      commands: [
        {
          name: 'list',
          summary: 'list groups',
          load: async () => (await import('./commands/group-list.ts')).groupList,
        },
        {
          name: 'describe',
          summary: 'members, committed offsets and lag of groups',
          load: async () => (await import('./commands/group-describe.ts')).groupDescribe,
        },
        {
          name: 'seek',
          summary: 'move a group to another place',
          load: async () => (await import('./commands/group-seek.ts')).groupSeek,
        },
        {
          name: 'delete',
          summary: 'delete groups',
          load: async () => (await import('./commands/group-delete.ts')).groupDelete,
        },
        {
          name: 'offset-delete',
          summary: 'forget what a group has committed for a topic',
          load: async () => (await import('./commands/group-offset-delete.ts')).groupOffsetDelete,
        },
      ],
    },
    {
      name: 'doctor',
      summary: 'find out why clients cannot connect, and what to change',
      load: async () => (await import('./commands/doctor.ts')).doctor,
    },
    {
      name: 'completion',
      summary: 'make a shell complete commands, options, topics and groups',
      load: async () => (await import('./commands/completion.ts')).completion,
    },
    {
      name: 'complete',
      summary: 'offer what can stand at the end of a command line',
      isHidden: true,
      load: async () => (await import('./commands/complete.ts')).complete,
    },
  ],
};
