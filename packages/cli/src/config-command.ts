import type { StartSettings } from './start-settings.ts';

/** What `millrace start` would use, a line each: name, value, where the value came from. */
export function configReport(settings: StartSettings): string {
  const { port, host, advertisedHost, dataDir, brokerConfigs } = settings;
  const rows: (readonly [name: string, value: string, origin: string])[] = [
    ['--port', String(port.value), port.origin],
    ['--host', host.value, host.origin],
    ['--advertised-host', advertisedHost.value ?? '(the bound one)', advertisedHost.origin],
    ['--data-dir', dataDir.value, dataDir.origin],
  ];
  for (const [name, { value, origin }] of brokerConfigs) {
    rows.push([name, value ?? '(none)', origin]);
  }
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const [names, values] = [width(0), width(1)];
  const lines = rows.map(
    ([name, value, origin]) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}`,
  );
  return `${lines.join('\n')}\n`;
}
