import { withCluster } from '../admin/connect.ts';
import { listGroups } from '../admin/groups.ts';
import { readArguments } from '../command/arguments.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { complete as completeWords, type LookUp, type Offer } from '../command/completion.ts';
import { printable } from '../command/table.ts';
import { COMMANDS } from '../command-tree.ts';
import type { ProcessContext } from '../process-context.ts';

/** Nobody waits longer for names when a key was pressed. */
const TIMEOUT_MS = 2000;

export const complete = defineCommand({
  description:
    'Offers what can stand at the end of a command line, for the scripts of millrace completion: a candidate a line, or ' +
    ':files or :directories.',
  operands: [{ name: 'WORD', isRepeated: true }],
  options: {},
  output: 'text',
  examples: [{ line: 'complete -- topic describe or', what: 'topics whose names begin with "or"' }],
  async run({ operands }, output, context) {
    output.lines(offerLines(await completeWords(COMMANDS, operands, lookUpIn(context))));
    return 0;
  },
});

function offerLines(offer: Offer): string[] {
  if (typeof offer === 'string') return [`:${offer}`];
  return offer.map(({ text, summary }) => `${printable(text)}\t${summary}`);
}

/** A broker that does not answer offers nothing: an error message in the middle of a line would help nobody. */
function lookUpIn({ environment }: ProcessContext): LookUp {
  return async (kind, words) => {
    const { options } = readArguments(
      { options: { bootstrap: CLIENT_OPTIONS.bootstrap }, operands: [] },
      bootstrapWords(words),
      environment,
    );
    const where = { ...options, timeout: TIMEOUT_MS };
    try {
      return await withCluster(where, async (cluster) => {
        if (kind === 'group') return (await listGroups(cluster)).map(({ group }) => group);
        const { topics } = await cluster.metadata(null);
        return topics.filter(({ isInternal }) => !isInternal).map(({ name }) => name);
      });
    } catch {
      return [];
    }
  };
}

/** `-b HOST:PORT` as far as it was typed; the rest of the line need not be right yet. */
function bootstrapWords(words: readonly string[]): string[] {
  const { short, aliases = [] } = CLIENT_OPTIONS.bootstrap;
  const spellings = ['--bootstrap', `-${short}`, ...aliases.map((alias) => `--${alias}`)];
  return words.flatMap((word, index) => {
    if (spellings.some((one) => word.startsWith(`${one}=`))) return [word];
    const value = words[index + 1];
    return spellings.includes(word) && value !== undefined ? [`--bootstrap=${value}`] : [];
  });
}
