import type { MetadataStore } from '@millrace/storage';
import { topicErrorOf } from '../topics.ts';
import { Turns } from '../turns.ts';
import {
  type ConfigRows,
  type ConfigRules,
  changedConfigRows,
  replacedConfigRows,
} from './config-change.ts';
import type { ResourceConfigChange } from './config-kind.ts';

type Configs = ReadonlyMap<string, string>;

const NO_CONFIGS: Configs = new Map();

/** The stored configs of one type of resource that is no topic. */
export class StoredConfigs {
  readonly #metadata: MetadataStore;
  readonly #resourceType: number;
  readonly #rules: ConfigRules;
  readonly #turns = new Turns();

  constructor(metadata: MetadataStore, resourceType: number, rules: ConfigRules) {
    this.#metadata = metadata;
    this.#resourceType = resourceType;
    this.#rules = rules;
  }

  /** By resource name; the same object until one of them changes. */
  get all(): ReadonlyMap<string, Configs> {
    return this.#metadata.image.resourceConfigs(this.#resourceType);
  }

  of(resourceName: string): Configs {
    return this.all.get(resourceName) ?? NO_CONFIGS;
  }

  /** Resolves to what was stored, which is nothing when only validation was asked for; rejects with `Refusal`. */
  apply(change: ResourceConfigChange): Promise<ConfigRows> {
    const { resourceName, changes, replacesAll, validateOnly } = change;
    return this.#turns.take(resourceName, async () => {
      const rowsOf = replacesAll ? replacedConfigRows : changedConfigRows;
      const rows = rowsOf(this.of(resourceName), changes, this.#rules);
      if (validateOnly || rows.size === 0) return new Map();
      try {
        const resource = { resourceType: this.#resourceType, resourceName };
        await this.#metadata.alterResourceConfigs(resource, rows);
      } catch (error) {
        throw topicErrorOf(error);
      }
      return rows;
    });
  }
}
