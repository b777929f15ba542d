import { BROKER_CPU, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { awaitCoordinators, commitOffsets } from '../clients/offset-commits.ts';
import type { Scenario } from '../scenario.ts';

const GROUPS = 1000;
const CONNECTIONS = 50;

/** Groups that have one partition each and commit its offset as often as they are let. */
export const commitScenario: Scenario = {
  name: 'commits',
  group: 'groups',
  title: `${GROUPS} groups commit offsets over ${CONNECTIONS} connections`,
  client: 'prepared OffsetCommit requests',
  durability: 'own defaults',
  figures: [{ name: 'commits', unit: '/s', better: 'higher' }, cpuFigureIn('ms/1000 commits')],
  sink: true,
  measure: (stage) =>
    stage.withTopic(1, 'own defaults', async (broker, topic) => {
      const { seconds } = stage;
      const run = { port: broker.port, topic, groups: GROUPS, connections: CONNECTIONS, seconds };
      await awaitCoordinators(run);
      const { result: commits, processorSeconds } = await withBrokerCost(broker, () =>
        commitOffsets(run),
      );
      return {
        figures: {
          commits: commits / seconds,
          ...(processorSeconds === null
            ? {}
            : { [BROKER_CPU]: (processorSeconds * 1000) / (commits / 1000) }),
        },
        command: 'npm run bench -- compare --only=commits',
      };
    }),
};
