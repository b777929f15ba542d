import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '@millrace/broker';
import { DataDirectoryError } from './data-directory-lock.ts';
import { startCommand } from './start-command.ts';

/** What a command needs of the process around it; passed in so that tests can stand in for it. */
export interface ProcessContext {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  onSignal(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

const USAGE = `millrace: an event-streaming broker that speaks the Kafka protocol

  millrace start [--port 9092] [--host 127.0.0.1] [--data-dir ./millrace-data] [--advertised-host HOST]

  --port N             port to listen on; 0 lets the system choose
  --host ADDRESS       address to bind; :: or 0.0.0.0 for all of them
  --advertised-host H  the host that clients are told to connect to, when it is not the bound one
  --data-dir DIR       where records and metadata are kept
  --http-port N        serve /metrics (Prometheus) and /health/live, /health/ready there
  --set NAME=VALUE     a broker config by its Kafka name, such as num.partitions=3; may be repeated
  --help, --version
`;

/** Resolves to the exit code: 0 for a clean end, 1 for a failure, 2 for a command line that cannot be understood. */
export async function run(args: readonly string[], context: ProcessContext): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    context.stderr.write(`millrace: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    context.stdout.write(USAGE);
    return 0;
  }
  if (values.version === true) {
    context.stdout.write(`${await version()}\n`);
    return 0;
  }
  const [command, ...rest] = positionals;
  if (command !== 'start' || rest.length > 0) {
    const problem =
      command === undefined ? 'no command given' : `unknown command "${positionals.join(' ')}"`;
    context.stderr.write(`millrace: ${problem}\n\n${USAGE}`);
    return 2;
  }
  for (const option of ['port', 'http-port'] as const) {
    const text = values[option];
    if (text === undefined || (/^\d+$/.test(text) && Number(text) <= 65535)) continue;
    context.stderr.write(`millrace: --${option} ${text}: expected a number from 0 to 65535\n`);
    return 2;
  }
  const port = Number(values.port);
  const httpPort = values['http-port'];
  try {
    return await startCommand(
      {
        port,
        host: values.host,
        dataDir: values['data-dir'],
        advertisedHost: values['advertised-host'],
        httpPort: httpPort === undefined ? undefined : Number(httpPort),
        config: settings(values.set ?? []),
      },
      context,
    );
  } catch (error) {
    context.stderr.write(`millrace: ${explain(error, port, values.host)}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '9092' },
      host: { type: 'string', default: '127.0.0.1' },
      'advertised-host': { type: 'string' },
      'http-port': { type: 'string' },
      'data-dir': { type: 'string', default: './millrace-data' },
      set: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

/** Throws `ConfigError` for text without an equals sign. */
function settings(pairs: readonly string[]): Record<string, string> {
  const config: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) throw new ConfigError(`--set ${pair}: expected NAME=VALUE`);
    config[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return config;
}

async function version(): Promise<string> {
  // The same place from the source and from the build.
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function explain(error: unknown, port: number, host: string): string {
  if (error instanceof DataDirectoryError || error instanceof ConfigError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    const taken = (error as { port?: number }).port ?? port;
    const option = taken === port ? '--port' : '--http-port';
    return `port ${taken} on ${host} is taken, perhaps by another broker. Choose another with ${option}.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is not an address of this machine (${code}). Choose another with --host.`;
  }
  if (code === 'EACCES') return `no permission to listen on port ${port} of ${host}.`;
  return message ?? String(error);
}
