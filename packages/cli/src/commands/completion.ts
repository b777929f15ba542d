import { defineCommand } from '../command/command.ts';
import { UsageError } from '../command/errors.ts';
import { COMPLETION_SCRIPTS, SHELLS } from './completion-scripts.ts';

export const completion = defineCommand({
  description:
    'Prints the script that makes a shell complete the commands and options of millrace, and the names of topics and groups.',
  operands: [{ name: 'SHELL', completion: { words: SHELLS } }],
  options: {},
  output: 'text',
  examples: [
    { line: 'completion bash > ~/.local/share/bash-completion/completions/millrace', what: 'bash' },
    {
      line: 'completion zsh > ~/.zfunc/_millrace',
      what: 'zsh, where ~/.zfunc is in fpath before compinit',
    },
    { line: 'completion fish > ~/.config/fish/completions/millrace.fish', what: 'fish' },
  ],
  async run({ operands: [name] }, output) {
    const shell = SHELLS.find((one) => one === name);
    if (shell === undefined) {
      throw new UsageError(`there is no completion for ${name}; there is for ${SHELLS.join(', ')}`);
    }
    await output.bytes(COMPLETION_SCRIPTS[shell]);
    return 0;
  },
});
