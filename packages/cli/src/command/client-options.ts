import { optionWithDefault, ValueError } from './option.ts';
import { durationMs } from './values.ts';

/** Where the brokers are, for every command that talks to one. */
export const CLIENT_OPTIONS = {
  bootstrap: optionWithDefault({
    value: 'HOST:PORT,…',
    short: 'b',
    aliases: ['bootstrap-server'],
    environment: 'MILLRACE_BOOTSTRAP',
    defaultText: '127.0.0.1:9092',
    summary: 'brokers to ask first, of any Kafka',
    parse: bootstrapServers,
  }),
  timeout: optionWithDefault({
    value: 'TIME',
    environment: 'MILLRACE_TIMEOUT',
    defaultText: '10s',
    summary: 'how long to wait for an answer',
    parse: durationMs,
  }),
};

/** `host:port` each; IPv6 addresses in brackets. The port is 9092 where it is left out. */
function bootstrapServers(value: string): string[] {
  const servers = value
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '');
  if (servers.length === 0) throw new ValueError('expected HOST:PORT, more of them after commas');
  return servers.map((server) => {
    const match = /^(?:[A-Z_0-9]+:\/\/)?(\[[0-9A-Fa-f:.%\w]+\]|[^\s:/[\]]+)(?::(\d+))?$/.exec(
      server,
    );
    const port = Number(match?.[2] ?? 9092);
    if (match === null || port < 1 || port > 65535) {
      throw new ValueError(
        `expected HOST:PORT, such as 127.0.0.1:9092 or [::1]:9092, not "${server}"`,
      );
    }
    return `${match[1]}:${port}`;
  });
}
