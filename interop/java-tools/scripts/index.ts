// Every script, by the name of its test.

import type { ToolPeer } from '../tool-peer.ts';
import { adminClientScripts } from './admin-client.ts';
import { clusterScripts } from './cluster.ts';
import { configScripts } from './configs.ts';
import { groupScripts } from './groups.ts';
import { offsetScripts } from './offsets.ts';
import { reassignmentScripts } from './reassignment.ts';
import { resetScripts } from './reset-offsets.ts';
import { topicScripts } from './topics.ts';
import { workloadScripts } from './workloads.ts';

export type Script = (peer: ToolPeer) => Promise<void>;

export const allScripts: Readonly<Record<string, Script>> = {
  ...adminClientScripts,
  ...topicScripts,
  ...configScripts,
  ...offsetScripts,
  ...groupScripts,
  ...resetScripts,
  ...clusterScripts,
  ...reassignmentScripts,
  ...workloadScripts,
};
