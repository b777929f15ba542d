// The foreign clients that `npm run interop` runs, read from what installs them and from the suites that use them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '../interop/harness/tools.ts';

const interop = join(import.meta.dirname, '..', 'interop');

export interface Library {
  readonly name: string;
  readonly version: string;
  /** What `npm run interop` calls the installation that it is part of. */
  readonly tool: Tool;
}

export interface Suite {
  /** Its file name up to `.test.ts`, which `npm run interop -- NAME` runs. */
  readonly name: string;
  /** The first sentences of its file. */
  readonly about: string;
  readonly needs: readonly Tool[];
}

/** Not clients, though the same manifests install them: codecs, what a client brings along, what reads metrics. */
const NO_CLIENT =
  /^(prometheus.*|lz4|python-snappy|zstandard|cramjam|kafkajs-snappy|lz4-napi|jackson-databind|slf4j-.*|kafka_2\.13)$/;

/** Clients and tools with their versions, in the order of the manifests. */
export function libraries(): Library[] {
  return [
    ...mavenLibraries('java', 'java'),
    ...mavenLibraries('java-old', 'java-old'),
    ...pythonLibraries('requirements.txt', 'python'),
    ...pythonLibraries('requirements-old.txt', 'python-old'),
    ...goLibraries(),
    ...nodeLibraries(),
  ].filter(({ name }) => !NO_CLIENT.test(name));
}

function mavenLibraries(folder: string, tool: Tool): Library[] {
  const files = readdirSync(join(interop, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('pom.xml'))
    .sort()
    .flatMap((file) => {
      const pom = readFileSync(join(interop, folder, file), 'utf8');
      const properties = new Map(
        [...pom.matchAll(/<([\w.]+)>([^<]+)<\/\1>/g)].map((match) => [match[1]!, match[2]!]),
      );
      const dependency =
        /<dependency>\s*<groupId>[^<]*<\/groupId>\s*<artifactId>([^<]+)<\/artifactId>\s*<version>([^<]+)<\/version>/g;
      return [...pom.matchAll(dependency)].map(([, name, version]) => ({
        name: name!,
        version: version!.replace(/\$\{(.+)\}/, (_, property) => properties.get(property) ?? ''),
        tool,
      }));
    });
}

function pythonLibraries(file: string, tool: Tool): Library[] {
  const text = readFileSync(join(interop, 'python', file), 'utf8');
  return Array.from(text.matchAll(/^([\w-]+)==(\S+)/gm), ([, name, version]) => ({
    name: name!,
    version: version!,
    tool,
  }));
}

function goLibraries(): Library[] {
  const text = readFileSync(join(interop, 'go', 'go.mod'), 'utf8');
  const required = /^\t(\S+) v(\S+)$/gm;
  return Array.from(text.matchAll(required), ([, path, version]) => ({
    name: path!.replace(/^github\.com\//, ''),
    version: version!,
    tool: 'go' as const,
  }));
}

function nodeLibraries(): Library[] {
  const { dependencies } = JSON.parse(readFileSync(join(interop, 'node', 'package.json'), 'utf8'));
  return Object.entries(dependencies as Record<string, string>).map(([name, version]) => ({
    name,
    version,
    tool: 'node' as const,
  }));
}

/** In the order of their names. */
export function suites(): Suite[] {
  return suiteFiles().map((file) => {
    const text = readFileSync(join(interop, file), 'utf8');
    const comment = /^((?:\/\/.*\n)+)/.exec(text)?.[1] ?? '';
    const about = comment
      .split('\n')
      .filter((line) => !line.startsWith('// Needs:'))
      .map((line) => line.replace(/^\/\/ ?/, ''))
      .join(' ')
      .trim();
    return { name: file.replace('.test.ts', ''), about, needs: toolsIn(text) };
  });
}

function suiteFiles(): string[] {
  return readdirSync(interop)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}

/** Those that a suite names in its `needs: [...]`, its "// Needs: …" line, or as a value of that type. */
function toolsIn(text: string): Tool[] {
  const named = [...text.matchAll(/needs: \[([^\]]*)\]|\/\/ Needs: (.*)/g)];
  const all: readonly Tool[] = ['kcat', 'java', 'java-old', 'python', 'python-old', 'go', 'node'];
  const texts = named.map((match) => match[1] ?? `'${match[2]}'`);
  // `needs: [tool]`: the suite runs once for each installation that it names elsewhere.
  const isIndirect = texts.some((one) => /^\s*\w+\s*$/.test(one));
  return all.filter((tool) => {
    const quoted = `'${tool}'`;
    return texts.some((one) => one.includes(quoted)) || (isIndirect && text.includes(quoted));
  });
}

const TOOL_NAME =
  /'((?:[a-z]+\.)*[A-Z][A-Za-z]*(?:Command|Tool|Test|Shell|Performance|Latency|Consumer|Producer|Resetter|Segments))'/g;

/** The classes of Kafka's command-line tools that suites run, without their packages. */
export function kafkaTools(): string[] {
  const below = (folder: string) =>
    readdirSync(join(interop, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file));
  const names = [...suiteFiles(), ...below('java-tools')].flatMap((file) => {
    const text = readFileSync(join(interop, file), 'utf8');
    return Array.from(text.matchAll(TOOL_NAME), (match) => match[1]!.split('.').at(-1)!);
  });
  return [...new Set(names)].sort();
}
