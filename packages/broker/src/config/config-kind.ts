import { invalidRequest, type Refusal } from '../refusal.ts';
import type { ConfigChange } from './config-change.ts';
import { ConfigResource } from './config-resource.ts';
import type { DescribedConfig } from './describe-configs.ts';

export interface ResourceConfigChange {
  readonly resourceName: string;
  readonly changes: readonly ConfigChange[];
  /** Configs that are not in `changes` go back to their defaults (AlterConfigs). */
  readonly replacesAll: boolean;
  readonly validateOnly: boolean;
}

/** One kind of resource that has configs, such as topics. */
export interface ConfigKind {
  /** Names of the resources that ListConfigResources lists. */
  names(): Iterable<string>;
  /** Every config of a resource; throws `Refusal` when there is no such resource. */
  describe(resourceName: string): readonly DescribedConfig[];
  /** Resolves when the change is durable and in effect; rejects with `Refusal`. */
  apply(change: ResourceConfigChange): Promise<void>;
}

/** The kinds that are served, by `ConfigResource`. */
export type ConfigKinds = ReadonlyMap<number, ConfigKind>;

/** Why nothing is known of a type of resource. */
export function unservedResource(resourceType: number): Refusal {
  return invalidRequest(
    resourceType === ConfigResource.BROKER_LOGGER
      ? 'This broker was started without a log whose levels could be changed.'
      : `Unknown resource type ${resourceType}`,
  );
}
