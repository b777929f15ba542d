import { ErrorCode } from '@millrace/protocol';
import { nearestName } from '../nearest-name.ts';
import { repeated } from '../repeated.ts';
import type { TopicConfigChanges } from '../topic-config-changes.ts';
import { TopicError } from '../topics.ts';
import { BROKER_CONFIGS } from './broker-configs.ts';
import { type ConfigChange, ConfigOperation } from './config-change.ts';
import { ConfigResource } from './config-resource.ts';

export interface ResourceChange {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly changes: readonly ConfigChange[];
}

export interface ResourceOutcome {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
}

interface Dependencies {
  readonly topicConfigChanges: TopicConfigChanges;
  readonly nodeId: number;
}

interface AlterOptions {
  /** AlterConfigs replaces all configs of a resource; IncrementalAlterConfigs changes those it names. */
  readonly replacesAll: boolean;
  readonly validateOnly: boolean;
}

const BROKER_CONFIG_NAMES = BROKER_CONFIGS.map(({ name }) => name);
const OPERATIONS = new Set<number>(Object.values(ConfigOperation));

/** What AlterConfigs and IncrementalAlterConfigs have in common. Each resource succeeds or fails on its own. */
export function alterResources(
  dependencies: Dependencies,
  resources: readonly ResourceChange[],
  options: AlterOptions,
): Promise<ResourceOutcome[]> {
  const key = ({ resourceType, resourceName }: ResourceChange) => `${resourceType}:${resourceName}`;
  const twice = repeated(resources.map(key));
  return Promise.all(
    resources.map(async (resource) => {
      const { resourceType, resourceName } = resource;
      const refusal = twice.has(key(resource))
        ? invalidRequest('Each resource must appear at most once.')
        : await refusalOf(dependencies, resource, options);
      const errorCode = refusal?.error ?? ErrorCode.NONE;
      return { errorCode, errorMessage: refusal?.message ?? null, resourceType, resourceName };
    }),
  );
}

/** Null when the resource was changed as asked. */
async function refusalOf(
  dependencies: Dependencies,
  { resourceType, resourceName, changes }: ResourceChange,
  options: AlterOptions,
): Promise<TopicError | null> {
  const problem = changesProblem(changes);
  if (problem !== null) return invalidRequest(problem);
  if (resourceType === ConfigResource.BROKER) {
    return brokerRefusal(resourceName, changes, dependencies.nodeId);
  }
  if (resourceType !== ConfigResource.TOPIC) {
    return invalidRequest(
      `Configs of resource type ${resourceType} are not served; topics (2) and brokers (4) are.`,
    );
  }
  if (resourceName === '') return invalidRequest('Default topic resources are not allowed.');
  try {
    await dependencies.topicConfigChanges.apply({ topic: resourceName, changes, ...options });
    return null;
  } catch (error) {
    if (error instanceof TopicError) return error;
    throw error;
  }
}

/** What Kafka looks at before it looks at the resource. */
function changesProblem(changes: readonly ConfigChange[]): string | null {
  if (repeated(changes.map(({ name }) => name)).size > 0) {
    return 'Error due to duplicate config keys';
  }
  const withoutValue = changes
    .filter(({ operation, value }) => value === null && operation !== ConfigOperation.DELETE)
    .map(({ name }) => name);
  if (withoutValue.length > 0) return `Null value not supported for : ${withoutValue.join(',')}`;
  const strange = changes.find(({ operation }) => !OPERATIONS.has(operation));
  // Kafka stumbles over an operation that it does not know (UNKNOWN_SERVER_ERROR).
  if (strange !== undefined) {
    return `Config operation ${strange.operation} of ${strange.name} is unknown; 0 to 3 are known.`;
  }
  return null;
}

/**
 * Broker configs are read when the broker starts and stay as they are, so each is answered as Kafka answers for a
 * read-only one. Removing a value that was never set is no change.
 */
function brokerRefusal(
  name: string,
  changes: readonly ConfigChange[],
  nodeId: number,
): TopicError | null {
  if (name !== '' && !/^[+-]?\d+$/.test(name)) {
    return invalidRequest(`Node id must be an integer, but it is: ${name}`);
  }
  if (name !== '' && Number(name) !== nodeId) {
    return invalidRequest(`Unexpected broker id, expected ${nodeId}, but received ${name}`);
  }
  const wanted = changes.filter(({ operation }) => operation !== ConfigOperation.DELETE);
  if (wanted.length === 0) return null;
  const appended = wanted.find(({ operation }) => operation !== ConfigOperation.SET);
  if (appended !== undefined) {
    const verb = appended.operation === ConfigOperation.APPEND ? 'append' : 'subtract';
    return new TopicError(
      ErrorCode.INVALID_CONFIG,
      `Config value ${verb} is not allowed for config key: ${appended.name}`,
    );
  }
  const unknown = wanted.find((change) => !BROKER_CONFIG_NAMES.includes(change.name));
  const near = unknown === undefined ? null : nearestName(unknown.name, BROKER_CONFIG_NAMES);
  const names = wanted.map((change) => change.name).join(', ');
  return invalidRequest(
    `Cannot update these configs dynamically: [${names}]. Broker configs are read when the broker starts.` +
      (near === null ? '' : ` ${unknown!.name} is unknown. Did you mean ${near}?`),
  );
}

function invalidRequest(message: string): TopicError {
  return new TopicError(ErrorCode.INVALID_REQUEST, message);
}
