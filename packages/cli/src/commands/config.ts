import { defineCommand } from '../command/command.ts';
import { configRows } from '../config-rows.ts';
import { START_OPTIONS, settingsOf } from './start-options.ts';

export const config = defineCommand({
  description:
    'Prints every value that start would use, and where it came from. Takes the same options as start.',
  options: START_OPTIONS,
  output: 'document',
  examples: [
    {
      line: 'config --config server.properties',
      what: 'what a property file and the environment come to',
    },
  ],
  async run({ options }, output, context) {
    const settings = await settingsOf(options, context);
    for (const warning of settings.warnings) context.stderr.write(`millrace: ${warning}\n`);
    const rows = configRows(settings);
    output.result({ configs: rows }, () =>
      output.table(
        [
          { title: 'NAME', cell: ({ name }) => name },
          { title: 'VALUE', cell: ({ value }) => value ?? '(none)' },
          { title: 'FROM', cell: ({ origin }) => origin },
        ],
        rows,
      ),
    );
    return 0;
  },
});
