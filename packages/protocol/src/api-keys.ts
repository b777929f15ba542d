import { ApiKey, apiTable } from './messages/api-table.ts';

export { ApiKey };

/** What the codec knows of one API; what a broker serves may be less. */
export interface ApiInfo {
  readonly apiKey: number;
  /** Kafka's name of the API, such as `Fetch`. */
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with compact types and tagged fields; `Infinity` when there is none. */
  readonly flexibleVersion: number;
  /** True when `maxVersion` may still change. */
  readonly latestVersionUnstable: boolean;
}

const byKey: readonly (ApiInfo | undefined)[] = Array.from(
  { length: apiTable.at(-1)!.apiKey + 1 },
  (_, key) => apiTable.find((api) => api.apiKey === key),
);

/** All APIs that the codec has messages for, in the order of their keys. */
export function apis(): readonly ApiInfo[] {
  return apiTable;
}

/** The API with this key; undefined for a key that the codec has no messages for. */
export function apiInfo(apiKey: number): ApiInfo | undefined {
  return byKey[apiKey];
}

/** Kafka's name of an API; `unknown(n)` for a key that the codec has no messages for. */
export function apiName(apiKey: number): string {
  return byKey[apiKey]?.name ?? `unknown(${apiKey})`;
}
