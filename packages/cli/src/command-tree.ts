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
  ],
};
