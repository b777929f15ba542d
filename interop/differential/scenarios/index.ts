// All scenarios, in the order in which they run: what reads comes before what changes.

import type { Scenario } from '../scenario.ts';
import * as administration from './administration.ts';
import * as cluster from './cluster.ts';
import * as configs from './configs.ts';
import { fetchingRecords } from './fetch.ts';
import * as fetchRules from './fetch-rules.ts';
import * as groups from './groups.ts';
import * as logRules from './log-rules.ts';
import * as members from './member-rules.ts';
import * as offsetRules from './offset-rules.ts';
import * as offsets from './offsets.ts';
import { producingRecords } from './produce.ts';
import * as produceRules from './produce-rules.ts';
import * as quotas from './quotas.ts';
import * as records from './records.ts';
import * as security from './security.ts';
import * as topicRules from './topic-rules.ts';
import * as topics from './topics.ts';

export const allScenarios: readonly Scenario[] = [
  cluster.apiVersions,
  cluster.describingCluster,
  topics.describingTopics,
  topicRules.describingStrangely,
  topics.describingPartitions,
  topicRules.pagingStrangely,
  fetchingRecords,
  fetchRules.fetchingStrangely,
  fetchRules.misusingSessions,
  records.listingOffsets,
  logRules.listingStrangely,
  records.leaderEpochs,
  logRules.leaderEpochsStrangely,
  records.producerIds,
  logRules.producerIdsStrangely,
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
  offsetRules.committingWrongly,
  offsetRules.fetchingWrongly,
  offsetRules.droppingWrongly,
  offsetRules.describingForgottenGroups,
  groups.listingGroups,
  members.listingSomeGroups,
  members.deletingGroupsInUse,
  groups.deletingGroups,
  producingRecords,
  produceRules.producingStrangeBatches,
  produceRules.producingStrangely,
  produceRules.producingToConfiguredTopics,
  records.describingProducers,
  logRules.describingProducersStrangely,
  records.deletingRecords,
  logRules.deletingStrangely,
  topics.creatingTopics,
  topicRules.creatingStrangely,
  topics.growingTopics,
  topicRules.growingStrangely,
  cluster.alteringConfigs,
  configs.replacingBrokers,
  cluster.alteringConfigsBySteps,
  configs.alteringBrokers,
  configs.alteringRetention,
  configs.alteringSubscriptions,
  configs.alteringGroups,
  configs.alteringLoggers,
  topics.deletingTopics,
  topicRules.deletingStrangely,
].flatMap(({ list }) => list);
