import type { StartSettings } from './start-settings.ts';

export interface ConfigRow {
  readonly name: string;
  readonly value: string | null;
  /** Where the value came from, for people. */
  readonly origin: string;
}

/** What `millrace start` would use. */
export function configRows(settings: StartSettings): ConfigRow[] {
  const { port, host, advertisedHost, dataDir, brokerConfigs } = settings;
  const options = [
    { name: '--port', value: String(port.value), origin: port.origin },
    { name: '--host', value: host.value, origin: host.origin },
    {
      name: '--advertised-host',
      value: advertisedHost.value ?? null,
      origin: advertisedHost.origin,
    },
    { name: '--data-dir', value: dataDir.value, origin: dataDir.origin },
  ];
  const configs = [...brokerConfigs].map(([name, { value, origin }]) => ({ name, value, origin }));
  return [...options, ...configs];
}
