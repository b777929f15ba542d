// Writes docs/command-line.md from the declarations of the commands. With --check it writes nothing and fails when what is
// there differs from what it would write.

import { commandReference } from 'millrace/command-reference';
import { writePage } from './written-page.ts';

writePage(
  'command-line.md',
  await commandReference(),
  'node tools/with-project-node.mjs tools/command-page.ts',
);
