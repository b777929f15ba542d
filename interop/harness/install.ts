// Installs the foreign clients, each once: a digest of what it is made from tells whether it is still right.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type ProgramOptions, run, runOk } from './program.ts';
import { failureFile, installRoot, interopRoot, paths, stampFile, type Tool } from './tools.ts';

const INSTALL_TIMEOUT_MS = 8 * 60_000;

interface Recipe {
  /** Files and folders below `interop/` whose content decides whether an installation is still current. */
  readonly sources: readonly string[];
  /** What must be there for an installation to count as whole. */
  readonly product?: string;
  install(): Promise<void>;
}

const recipes: Readonly<Record<Tool, Recipe>> = {
  kcat: { sources: [], install: installKcat },
  java: { sources: ['java'], product: paths.javaClasses, install: installJava },
  'java-old': {
    sources: ['java-old'],
    product: paths.javaOld,
    install: installOldJavaClients,
  },
  'java-compaction': {
    sources: ['java-compaction'],
    product: paths.javaCompaction,
    install: installCompactionTester,
  },
  python: {
    sources: ['python/requirements.txt'],
    product: paths.python,
    install: () => installPython(paths.python, 'requirements.txt'),
  },
  'python-old': {
    sources: ['python/requirements-old.txt'],
    product: paths.pythonOld,
    install: () => installPython(paths.pythonOld, 'requirements-old.txt'),
  },
  go: { sources: ['go'], product: paths.goBinary, install: installGo },
  node: { sources: ['node/package-lock.json'], product: paths.nodeModules, install: installNode },
};

/** Installs the tools asked for, side by side; returns why each one failed that did. */
export async function installTools(tools: readonly Tool[]): Promise<Map<Tool, string>> {
  mkdirSync(join(installRoot, 'stamps'), { recursive: true });
  const failures = new Map<Tool, string>();
  await Promise.all(
    tools.map(async (tool) => {
      const failure = await installTool(tool);
      if (failure !== null) failures.set(tool, failure);
    }),
  );
  return failures;
}

async function installTool(tool: Tool): Promise<string | null> {
  const recipe = recipes[tool];
  const wanted = digest(recipe.sources);
  const stamp = stampFile(tool);
  const present = recipe.product === undefined || existsSync(recipe.product);
  const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && present;
  // kcat comes from the system, which may have lost it since.
  if (current && (tool !== 'kcat' || (await isCommand('kcat', ['-V'])))) {
    console.log(`interop: ${tool} is there`);
    return null;
  }
  rmSync(stamp, { force: true });
  rmSync(failureFile(tool), { force: true });
  const started = Date.now();
  try {
    await recipe.install();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.log(`interop: installing ${tool} failed:\n${message}`);
    const reason = `${tool} could not be installed: ${message.split('\n', 1)[0]}`;
    writeFileSync(failureFile(tool), reason);
    return reason;
  }
  writeFileSync(stamp, wanted);
  console.log(`interop: ${tool} installed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return null;
}

async function installKcat(): Promise<void> {
  if (await isCommand('kcat', ['-V'])) return;
  if (process.getuid?.() !== 0 || !(await isCommand('apt-get', ['--version']))) {
    throw new Error('it is not on the PATH, and only root on Debian can install it here');
  }
  await apt('kcat');
}

async function apt(name: string): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await step('apt-get', ['update', '-qq'], options);
  await step('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}

async function installJava(): Promise<void> {
  const goals = ['compile', 'dependency:copy-dependencies'];
  const libraries = `-DoutputDirectory=${paths.javaLibraries}`;
  await maven('java', [...goals, libraries, '-DincludeScope=runtime']);
}

async function installOldJavaClients(): Promise<void> {
  await maven('java-old', ['dependency:copy-dependencies']);
}

async function installCompactionTester(): Promise<void> {
  const libraries = `-DoutputDirectory=${paths.javaCompaction}`;
  await maven('java-compaction', ['dependency:copy-dependencies', libraries]);
}

/** Works on the project in `interop/<name>` and puts what it makes into the folder of that name. */
async function maven(name: string, goals: readonly string[]): Promise<void> {
  if (!(await isCommand('mvn', ['-v']))) throw new Error('Maven (mvn) is not on the PATH');
  await step('mvn', [
    ...['-q', '-B', '-f', join(interopRoot, name, 'pom.xml')],
    `-Dinterop.output=${join(installRoot, name)}`,
    ...goals,
  ]);
}

/** A virtual environment of its own for each list of requirements. */
async function installPython(python: string, requirements: string): Promise<void> {
  const environment = join(python, '..', '..');
  try {
    await step('python3', ['-m', 'venv', '--clear', environment]);
  } catch (error) {
    // Debian ships Python without ensurepip, which a virtual environment needs.
    if (process.getuid?.() !== 0 || !(await isCommand('apt-get', ['--version']))) throw error;
    await apt('python3-venv');
    await step('python3', ['-m', 'venv', '--clear', environment]);
  }
  const list = join(interopRoot, 'python', requirements);
  await step(python, ['-m', 'pip', 'install', '-q', '-r', list]);
}

async function installGo(): Promise<void> {
  if (!(await isCommand('go', ['version']))) throw new Error('Go (go) is not on the PATH');
  await step('go', ['build', '-o', paths.goBinary, '.'], { cwd: join(interopRoot, 'go') });
}

async function installNode(): Promise<void> {
  await step('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error', '--workspaces=false'], {
    cwd: join(interopRoot, 'node'),
  });
}

async function step(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<void> {
  await runOk(command, args, { timeoutMs: INSTALL_TIMEOUT_MS, ...options });
}

async function isCommand(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, args);
    return true;
  } catch {
    return false;
  }
}

function digest(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(join(interopRoot, source)))) {
    hash.update(`${relative(interopRoot, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Depth and count are bounded by our own source tree. */
function filesBelow(path: string): string[] {
  try {
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesBelow(join(path, name)));
  } catch {
    return [path];
  }
}
