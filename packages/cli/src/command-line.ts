import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '@millrace/broker';
import { configReport } from './config-command.ts';
import { DataDirectoryError } from './data-directory-lock.ts';
import { startCommand } from './start-command.ts';
import { startSettings } from './start-settings.ts';

/** What a command needs of the process around it; passed in so that tests can stand in for it. */
export interface ProcessContext {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
  onSignal(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

const USAGE = `millrace: an event-streaming broker that speaks the Kafka protocol

  millrace start [--port 9092] [--host 127.0.0.1] [--data-dir ./millrace-data] [--advertised-host HOST]
  millrace config      print every value that start would use, and where it came from; takes the same options

  --port N             port to listen on; 0 lets the system choose
  --host ADDRESS       address to bind; :: or 0.0.0.0 for all of them
  --advertised-host H  the host that clients are told to connect to, when it is not the bound one
  --data-dir DIR       where records and metadata are kept
  --http-port N        serve /metrics (Prometheus) and /health/live, /health/ready there
  --set NAME=VALUE     a broker config by its Kafka name, such as num.partitions=3; may be repeated
  --config FILE        a property file like Kafka's server.properties
  --help, --version

Configs also come from the environment, as in Kafka's image: KAFKA_NUM_PARTITIONS is num.partitions.
An option counts more than --set, --set more than the environment, the environment more than the file.
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
  if ((command !== 'start' && command !== 'config') || rest.length > 0) {
    const problem =
      command === undefined ? 'no command given' : `unknown command "${positionals.join(' ')}"`;
    context.stderr.write(`millrace: ${problem}\n\n${USAGE}`);
    return 2;
  }
  try {
    return await runCommand(command, values, context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    context.stderr.write(`millrace: ${error.message}\n`);
    return 2;
  }
}

/** Rejects with `ConfigError` for a value that cannot be used. */
async function runCommand(
  command: 'start' | 'config',
  values: ReturnType<typeof parse>['values'],
  context: ProcessContext,
): Promise<number> {
  const options = {
    port: portOption('port', values.port),
    host: values.host,
    advertisedHost: values['advertised-host'],
    dataDir: values['data-dir'],
  };
  const httpPort = portOption('http-port', values['http-port']);
  const { environment } = context;
  const file = values.config === undefined ? null : await configFile(values.config);
  const settings = startSettings(options, { file, environment, set: values.set ?? [] });
  for (const warning of settings.warnings) context.stderr.write(`millrace: ${warning}\n`);
  if (command === 'config') {
    context.stdout.write(configReport(settings));
    return 0;
  }
  const port = settings.port.value;
  const host = settings.host.value;
  const dataDir = settings.dataDir.value;
  const advertisedHost = settings.advertisedHost.value;
  const { config } = settings;
  try {
    return await startCommand({ port, host, dataDir, advertisedHost, httpPort, config }, context);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    context.stderr.write(`millrace: ${explain(error, port, host)}\n`);
    return 1;
  }
}

function portOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new ConfigError(`--${option} ${text}: expected a number from 0 to 65535`);
}

async function configFile(path: string): Promise<{ path: string; text: string }> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    throw new ConfigError(`--config ${path} cannot be read: ${(error as Error).message}`);
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'advertised-host': { type: 'string' },
      'http-port': { type: 'string' },
      'data-dir': { type: 'string' },
      set: { type: 'string', multiple: true },
      config: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

async function version(): Promise<string> {
  // The same place from the source and from the build.
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function explain(error: unknown, port: number, host: string): string {
  if (error instanceof DataDirectoryError) return error.message;
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
