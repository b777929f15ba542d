// Writes docs/metrics.md from the definitions that the broker serves its metrics by. With --check it writes nothing and
// fails when what is there differs from what it would write.

import { metricReference } from 'millrace/metric-reference';
import { writePage } from './written-page.ts';

writePage(
  'metrics.md',
  metricReference(),
  'node tools/with-project-node.mjs tools/metrics-page.ts',
);
