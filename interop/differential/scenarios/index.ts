// All scenarios, in the order in which they run: what reads comes before what changes.

import type { Scenario } from '../scenario.ts';
import * as administration from './administration.ts';
import * as cluster from './cluster.ts';
import * as configs from './configs.ts';
import { fetchingRecords } from './fetch.ts';
import * as groups from './groups.ts';
import * as members from './member-rules.ts';
import * as offsets from './offsets.ts';
import { producingRecords } from './produce.ts';
import * as produceRules from './produce-rules.ts';
import * as quotas from './quotas.ts';
import * as records from './records.ts';
import * as security from './security.ts';
import * as topics from './topics.ts';

export const allScenarios: readonly Scenario[] = [
  cluster.apiVersions,
  cluster.describingCluster,
  topics.describingTopics,
  topics.describingPartitions,
  fetchingRecords,
  records.listingOffsets,
  records.leaderEpochs,
  records.producerIds,
  cluster.describingConfigs,
  configs.describingAllConfigs,
  cluster.listingConfigResources,
  configs.listingAllResources,
  quotas.describingQuotas,
  quotas.alteringQuotas,
  quotas.describingCredentials,
  quotas.alteringCredentials,
  administration.describingLogDirectories,
  administration.movingLogs,
  administration.electingLeaders,
  administration.reassigningPartitions,
  administration.listingReassignments,
  administration.updatingFeatures,
  administration.unregisteringBrokers,
  security.describingAcls,
  security.creatingAcls,
  security.deletingAcls,
  security.creatingTokens,
  security.renewingTokens,
  security.expiringTokens,
  security.describingTokens,
  groups.findingCoordinators,
  groups.joiningGroups,
  groups.syncingGroups,
  groups.heartbeats,
  groups.leavingGroups,
  members.joiningWrongly,
  members.syncingWrongly,
  members.heartbeatsWrongly,
  members.leavingWrongly,
  members.describingNoGroups,
  groups.describingGroups,
  offsets.committingOffsets,
  offsets.fetchingOffsets,
  offsets.droppingOffsets,
  groups.listingGroups,
  members.listingSomeGroups,
  members.deletingGroupsInUse,
  groups.deletingGroups,
  producingRecords,
  produceRules.producingStrangeBatches,
  produceRules.producingStrangely,
  produceRules.producingToConfiguredTopics,
  records.describingProducers,
  records.deletingRecords,
  topics.creatingTopics,
  topics.growingTopics,
  cluster.alteringConfigs,
  configs.replacingBrokers,
  cluster.alteringConfigsBySteps,
  configs.alteringBrokers,
  configs.alteringSubscriptions,
  configs.alteringGroups,
  topics.deletingTopics,
].flatMap(({ list }) => list);
