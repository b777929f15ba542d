import { withCluster } from '../admin/connect.ts';
import { listGroups } from '../admin/groups.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { namePattern } from '../command/name-pattern.ts';
import { repeatedOption } from '../command/option.ts';
import { word } from '../command/values.ts';

const STATES = [
  'assigning',
  'completing-rebalance',
  'dead',
  'empty',
  'preparing-rebalance',
  'reconciling',
  'stable',
  'not-ready',
] as const;
const TYPES = ['classic', 'consumer', 'share', 'streams'] as const;

export const groupList = defineCommand({
  description:
    'Lists the groups of all brokers. In a pattern, * stands for any characters and ? for one.',
  operands: [{ name: 'PATTERN', isOptional: true, isRepeated: true, completion: 'group' }],
  options: {
    state: repeatedOption({
      value: 'STATE',
      summary: `only groups in this state: ${STATES.join(', ')}`,
      completion: { words: STATES },
      parse: word(STATES),
    }),
    type: repeatedOption({
      value: 'TYPE',
      summary: `only groups of this type: ${TYPES.join(', ')}`,
      completion: { words: TYPES },
      parse: word(TYPES),
    }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'group list', what: 'all groups' },
    {
      line: 'group list --state empty --type classic --json',
      what: 'those that nobody reads with',
    },
  ],
  async run({ options, operands }, output) {
    const all = await withCluster(options, listGroups);
    const patterns = operands.map(namePattern);
    const groups = all.filter(({ group, state, type }) => {
      const isState =
        options.state.length === 0 || options.state.some((one) => one === dashed(state));
      const isType =
        options.type.length === 0 || options.type.some((one) => one === (type ?? 'classic'));
      return isState && isType && (patterns.length === 0 || patterns.some((is) => is(group)));
    });
    output.result({ groups }, () =>
      output.table(
        [
          { title: 'GROUP', cell: ({ group }) => group },
          { title: 'TYPE', cell: ({ type }) => type },
          { title: 'STATE', cell: ({ state }) => state },
          { title: 'PROTOCOL', cell: ({ protocolType }) => protocolType },
          { title: 'COORDINATOR', isNumber: true, cell: ({ coordinator }) => coordinator },
        ],
        groups,
      ),
    );
    return 0;
  },
});

/** `PreparingRebalance` as it is typed. */
function dashed(state: string | null): string {
  return (state ?? '').replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
