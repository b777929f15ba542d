import { ErrorCode } from '@millrace/protocol';
import { invalidRequest, Refusal } from '../refusal.ts';
import { repeated } from '../repeated.ts';
import { type ConfigChange, ConfigOperation } from './config-change.ts';
import { type ConfigKinds, unservedResource } from './config-kind.ts';

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

interface AlterOptions {
  /** AlterConfigs replaces all configs of a resource; IncrementalAlterConfigs changes those it names. */
  readonly replacesAll: boolean;
  readonly validateOnly: boolean;
}

const OPERATIONS = new Set<number>(Object.values(ConfigOperation));

/** What AlterConfigs and IncrementalAlterConfigs have in common. Each resource succeeds or fails on its own. */
export function alterResources(
  kinds: ConfigKinds,
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
        : await refusalOf(kinds, resource, options);
      const errorCode = refusal?.error ?? ErrorCode.NONE;
      return { errorCode, errorMessage: refusal?.message ?? null, resourceType, resourceName };
    }),
  );
}

/** Null when the resource was changed as asked. */
async function refusalOf(
  kinds: ConfigKinds,
  { resourceType, resourceName, changes }: ResourceChange,
  options: AlterOptions,
): Promise<Refusal | null> {
  const problem = changesProblem(changes);
  if (problem !== null) return invalidRequest(problem);
  const kind = kinds.get(resourceType);
  if (kind === undefined) return unservedResource(resourceType);
  try {
    await kind.apply({ resourceName, changes, ...options });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
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
  // Kafka stumbles over an operation that it does not know (UNKNOWN_SERVER_ERROR) for some kinds of resources.
  if (strange !== undefined) {
    return `Config operation ${strange.operation} of ${strange.name} is unknown; 0 to 3 are known.`;
  }
  return null;
}
