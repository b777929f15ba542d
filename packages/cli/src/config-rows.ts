import { advertisedListenersText, listenersText } from './listener-settings.ts';
import type { StartSettings } from './start-settings.ts';

export interface ConfigRow {
  readonly name: string;
  readonly value: string | null;
  /** Where the value came from, for people. */
  readonly origin: string;
}

/** What `millrace start` would use. */
export function configRows(settings: StartSettings): ConfigRow[] {
  const { listeners, dataDir, brokerConfigs } = settings;
  const options = [
    { name: 'listeners', value: listenersText(listeners.value), origin: listeners.origin },
    {
      name: 'advertised.listeners',
      value: advertisedListenersText(listeners.value),
      origin: listeners.advertisedOrigin,
    },
    { name: '--data-dir', value: dataDir.value, origin: dataDir.origin },
  ];
  const configs = [...brokerConfigs].map(([name, { value, origin }]) => ({ name, value, origin }));
  return [...options, ...configs];
}
