// The rules of this repository that no linter knows, as functions from its files to findings. `tidy.test.ts` runs them
// on the repository and tries each one on files that break it. A finding says what to do instead.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file by its path from the root, with `/` between the parts. */
export interface RepoFile {
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  /** Counted from 1; 0 when the finding is about the whole file. */
  readonly line: number;
  readonly message: string;
}

export type Rule = (files: readonly RepoFile[]) => Finding[];

/**
 * Which packages of ours a package may import: the arrows of the design, which only point down. A package that is new
 * gets its line here.
 */
const arrows: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'millrace',
    [
      '@millrace/console',
      '@millrace/streams',
      '@millrace/amqp',
      '@millrace/broker',
      '@millrace/client',
      '@millrace/storage',
      '@millrace/protocol',
    ],
  ],
  ['@millrace/console', []],
  ['@millrace/streams', ['@millrace/client', '@millrace/protocol']],
  ['@millrace/amqp', ['@millrace/storage']],
  ['@millrace/broker', ['@millrace/storage', '@millrace/protocol']],
  ['@millrace/client', ['@millrace/protocol']],
  ['@millrace/storage', ['@millrace/protocol']],
  ['@millrace/protocol', []],
]);

/** Names that say nothing about what is inside. */
const vagueWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'misc']);

export const maxFileLines = 600;

/** Generated files are as long as what they are generated from. */
const generatedFolders = ['packages/protocol/src/messages/'];

/** Files that name what the rules forbid, since they are the rules. */
const rulesThemselves = ['tools/tidy.ts', 'tools/tidy.test.ts'];

/**
 * Files that may name the folder of reference material outside the repository, each with the reason. They take
 * its path from an environment variable and skip what needs it when it is not there.
 */
export const mayNameShared: ReadonlyMap<string, string> = new Map([
  [
    'packages/protocol/test/schemas.test.ts',
    "compares our schemas with Kafka's own definitions where a copy of those is at hand, else skips",
  ],
]);

/** Tests that `npm test` leaves out, by folder, each with who runs them. */
const testsRunElsewhere: ReadonlyMap<string, string> = new Map([
  ['interop/', 'npm run interop: they need clients in other languages'],
]);

/** Where the globs of `npm test` and of the check command stand. */
const testRunners = ['tools/with-project-node.mjs', 'tools/check.ts'];

const sourceEndings = ['.ts', '.mjs', '.js'];
const codeEndings = [...sourceEndings, '.json', '.sh', '.py', '.go', '.java', '.yml', '.yaml'];

/** Folders that are made, not written. Folders that start with a dot are left out too, except those of `.ci`. */
const skippedFolders = new Set(['node_modules', 'dist', 'target', '__pycache__', 'millrace-data']);

/** Reads all files that are written by hand, and what is generated and committed. */
export function readRepo(root: string): RepoFile[] {
  const files: RepoFile[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        const isHidden = entry.name.startsWith('.') && entry.name !== '.ci';
        if (!isHidden && !skippedFolders.has(entry.name)) visit(path);
      } else if (entry.isFile() && (endsIn(path, codeEndings) || path.startsWith('.ci/'))) {
        files.push({ path, text: readFileSync(join(root, path), 'utf8') });
      }
    }
  };
  visit('');
  return files;
}

export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ path, line, message }) => `${line === 0 ? path : `${path}:${line}`}: ${message}`)
    .join('\n');
}

/** Imports between packages: by package name, only downwards, and declared. */
export const importArrows: Rule = (files) => {
  const manifests = readManifests(files);
  return sourceFiles(files).flatMap((file) =>
    importsOf(file).flatMap(({ specifier, line }) => {
      const message = specifier.startsWith('.')
        ? judgeRelativeImport(file.path, specifier, manifests)
        : judgeNamedImport(file.path, specifier, manifests);
      return message === null ? [] : [{ path: file.path, line, message }];
    }),
  );
};

function judgeRelativeImport(
  path: string,
  specifier: string,
  manifests: readonly Manifest[],
): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  const from = manifestOf(path, manifests);
  const to = manifestOf(target, manifests);
  if (from?.folder === to?.folder) return null;
  // What packages have for tests has no name to import it by; other tests outside the packages may use it.
  if (from === undefined && target.startsWith(`${to?.folder}/test/`)) return null;
  return to === undefined
    ? `'${specifier}' leaves the package; move what is shared into a package below and import it by name`
    : `'${specifier}' reaches into another package; import '${to.name}' by name`;
}

function judgeNamedImport(
  path: string,
  specifier: string,
  manifests: readonly Manifest[],
): string | null {
  if (specifier.startsWith('node:')) return null;
  const from = manifestOf(path, manifests);
  const [name, subpath] = splitSpecifier(specifier);
  const to = manifests.find((manifest) => manifest.name === name);
  if (to !== undefined) {
    const keys = Object.keys(to.json.exports ?? {});
    if (!keys.some((key) => posix.matchesGlob(subpath, key))) {
      return `'${name}' does not export '${subpath}'; export what is needed from its index.ts`;
    }
  }
  // Tools, benchmarks and examples stand outside the packages and may import them all.
  if (from === undefined) return null;
  if (name === from.name) {
    return path.startsWith(`${from.folder}/src/`)
      ? `the package imports itself; import the file by its relative path`
      : null;
  }
  if (arrows.has(name)) {
    return (arrows.get(from.name) ?? []).includes(name) ? null : upwards(from.name, name);
  }
  return isDeclared(path, name, from, manifests)
    ? null
    : `'${name}' is not in ${from.folder}/package.json; add it to its dependencies or do without`;
}

/** What is published declares its own; tests and generators also have what the workspace has. */
function isDeclared(
  path: string,
  name: string,
  from: Manifest,
  manifests: readonly Manifest[],
): boolean {
  if (name in (from.json.dependencies ?? {})) return true;
  const root = manifests.find((manifest) => manifest.folder === '');
  const isPublished =
    path.startsWith(`${from.folder}/src/`) && !/\.(test|fuzz|bench|conformance)\.ts$/.test(path);
  return !isPublished && name in (root?.json.devDependencies ?? {});
}

function upwards(from: string, to: string): string {
  const allowed = arrows.get(from) ?? [];
  const list = allowed.length === 0 ? 'nothing of ours' : allowed.join(', ');
  return `${from} must not import ${to}: arrows only point down, and it may import ${list}`;
}

/** The same arrows in the manifests, and a line in `arrows` for every package. */
export const dependencyArrows: Rule = (files) =>
  packageManifests(files).flatMap(({ path, name, json }) => {
    if (!arrows.has(name)) {
      const message = `the package ${name} has no line in the arrows of tools/tidy.ts; add what it may import`;
      return [{ path, line: 0, message }];
    }
    const ours = Object.keys(json.dependencies ?? {}).filter((other) => arrows.has(other));
    const wrong = ours.filter((other) => !arrows.get(name)!.includes(other));
    return wrong.map((other) => ({ path, line: 0, message: upwards(name, other) }));
  });

/** Dependencies are exact versions, and those between packages the version that the repository has. */
export const pinnedDependencies: Rule = (files) => {
  const manifests = readManifests(files);
  const versions = new Map(manifests.map(({ name, json }) => [name, json.version]));
  return manifests.flatMap(({ path, json }) => {
    const all = { ...json.dependencies, ...json.devDependencies, ...json.optionalDependencies };
    return Object.entries(all).flatMap(([name, version]) => {
      if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) {
        return [{ path, line: 0, message: `pin ${name} to an exact version, not '${version}'` }];
      }
      const own = versions.get(name);
      if (own === undefined || own === version) return [];
      return [{ path, line: 0, message: `${name} is ${own} in this repository, not ${version}` }];
    });
  });
};

/** Licence, module type, Node version and exports are the same in every package, and the exports exist. */
export const manifestConsistency: Rule = (files) => {
  const paths = files.map(({ path }) => path);
  const manifests = packageManifests(files);
  const first = manifests[0];
  return manifests.flatMap(({ path, folder, json }) => {
    const messages: string[] = [];
    const expect = (isRight: boolean, message: string) => {
      if (!isRight) messages.push(message);
    };
    expect(json.license === 'Apache-2.0', 'set "license" to "Apache-2.0"');
    expect(json.type === 'module', 'set "type" to "module"');
    expect(json.description !== undefined, 'say in "description" what the package is');
    expect(json.files?.includes('dist') ?? false, 'put "dist" into "files": it is what we publish');
    expect(json.version === first?.json.version, `set "version" to ${first?.json.version}`);
    expect(
      json.engines?.node === first?.json.engines?.node,
      `set "engines.node" to "${first?.json.engines?.node}" as the other packages have it`,
    );
    expect('.' in (json.exports ?? {}), 'export "."');
    for (const [key, value] of Object.entries(json.exports ?? {})) {
      messages.push(...judgeExport(key, value, folder, paths));
    }
    for (const target of Object.values(json.bin ?? {})) {
      const source = sourceOf(target, folder);
      expect(paths.includes(source), `"bin" points at ${target}, but there is no ${source}`);
    }
    return messages.map((message) => ({ path, line: 0, message }));
  });
};

/** Node takes the first condition that holds, so the source comes first and the default last. */
function judgeExport(
  key: string,
  value: Readonly<Record<string, string>>,
  folder: string,
  paths: readonly string[],
): string[] {
  const stem = value.default?.match(/^\.\/dist\/(.+)\.js$/)?.[1];
  const expected = {
    '@millrace/source': `./src/${stem}.ts`,
    types: `./dist/${stem}.d.ts`,
    default: `./dist/${stem}.js`,
  };
  if (stem === undefined || JSON.stringify(value) !== JSON.stringify(expected)) {
    return [
      `export "${key}" as "@millrace/source" (./src/NAME.ts), "types" (./dist/NAME.d.ts) and "default" (./dist/NAME.js), in this order`,
    ];
  }
  const source = sourceOf(value.default!, folder);
  return paths.some((path) => posix.matchesGlob(path, source))
    ? []
    : [`"${key}" is exported, but there is no ${source}`];
}

/** The source of what the build makes, such as `packages/cli/src/main.ts` for `./dist/main.js`. */
function sourceOf(target: string, folder: string): string {
  return posix.join(folder, target.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts'));
}

/** Files and folders in kebab-case, named after what is inside. */
export const fileNames: Rule = (files) =>
  sourceFiles(files).flatMap(({ path }) => {
    const name = posix.basename(path);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(name)) {
      const message = 'name the file in kebab-case after what it exports';
      return [{ path, line: 0, message }];
    }
    const vague = path.split(/[/.-]/).find((word) => vagueWords.has(word));
    if (vague === undefined) return [];
    const message = `'${vague}' says nothing; name it after its one subject`;
    return [{ path, line: 0, message }];
  });

export const fileLength: Rule = (files) =>
  sourceFiles(files).flatMap(({ path, text }) => {
    if (generatedFolders.some((folder) => path.startsWith(folder))) return [];
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines <= maxFileLines) return [];
    const message = `${lines} lines, ${maxFileLines} are allowed; split it by subject`;
    return [{ path, line: 0, message }];
  });

/** An open end names its issue: `TODO(#12): what is missing`. */
export const openEnds: Rule = (files) =>
  matchLines(
    sourceFiles(files),
    /\b(?:TODO|FIXME)\b(?!\(#\d+\): \S)/,
    'finish it, or leave it out and file an issue: TODO(#NUMBER): what is missing',
  );

export const leftovers: Rule = (files) => [
  ...matchLines(
    sourceFiles(files),
    /\.only\(|\bonly: true\b/,
    'remove "only": it hides all other tests',
  ),
  ...matchLines(sourceFiles(files), /^\s*debugger\b/, 'remove "debugger"'),
];

/** The reference material outside the repository is there for us to read, not for the project to need. */
export function sharedMentions(allowed: ReadonlyMap<string, string> = mayNameShared): Rule {
  return (files) => {
    const found = matchLines(
      files.filter(({ path }) => endsIn(path, codeEndings) || path.startsWith('.ci/')),
      /\.\.\/shared\/|\/work\/shared\b|\bshared\/reference\b|'shared', 'reference'/,
      'do without it: bring the facts into the repository, or take the path from an environment variable, skip without it, and list the file with its reason in mayNameShared',
    );
    const unused = [...allowed.keys()].filter((path) => !found.some((one) => one.path === path));
    return [
      ...found.filter(({ path }) => !allowed.has(path)),
      ...unused.map((path) => ({
        path,
        line: 0,
        message: 'take it off the list mayNameShared: it names nothing outside the repository',
      })),
    ];
  };
}

/** Every test file is one that `npm test` runs, and the check command runs the same ones. */
export const testsAreRun: Rule = (files) => {
  const globs = files
    .filter(({ path }) => testRunners.includes(path))
    .map(({ path, text }) => ({
      path,
      patterns: [...text.matchAll(/'([^'\s]*\*[^'\s]*\.test\.ts)'/g)].map((match) => match[1]!),
    }));
  return files
    .filter(({ path }) => path.endsWith('.test.ts'))
    .filter(({ path }) => ![...testsRunElsewhere.keys()].some((folder) => path.startsWith(folder)))
    .flatMap(({ path }) =>
      globs
        .filter(({ patterns }) => !patterns.some((pattern) => posix.matchesGlob(path, pattern)))
        .map((runner) => ({
          path,
          line: 0,
          message: `no glob of ${runner.path} matches this test; move it beside its source or add a glob there`,
        })),
    );
};

export const rules: ReadonlyMap<string, Rule> = new Map([
  ['imports point down, by package name, and are declared', importArrows],
  ['dependencies between packages point down', dependencyArrows],
  ['dependencies are pinned', pinnedDependencies],
  ['package.json files agree and export what exists', manifestConsistency],
  ['files are named in kebab-case after their subject', fileNames],
  ['files are short', fileLength],
  ['open ends name their issue', openEnds],
  ['nothing is left from debugging', leftovers],
  ['the project stands alone', sharedMentions()],
  ['npm test runs every test', testsAreRun],
]);

interface ManifestJson {
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly path: string;
  /** `packages/storage`; empty for the root. */
  readonly folder: string;
  readonly name: string;
  readonly json: ManifestJson;
}

function readManifests(files: readonly RepoFile[]): Manifest[] {
  return files
    .filter(({ path }) => posix.basename(path) === 'package.json')
    .map(({ path, text }) => {
      const json = JSON.parse(text) as ManifestJson;
      const folder = posix.dirname(path).replace(/^\.$/, '');
      return { path, folder, name: json.name ?? '', json };
    });
}

function packageManifests(files: readonly RepoFile[]): Manifest[] {
  return readManifests(files).filter(({ folder }) => /^packages\/[^/]+$/.test(folder));
}

/** The package that a file belongs to; undefined outside `packages/`. */
function manifestOf(path: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests.find(
    ({ folder }) => folder.startsWith('packages/') && path.startsWith(`${folder}/`),
  );
}

/** `@millrace/protocol/messages/x` is the package `@millrace/protocol` and its subpath `./messages/x`. */
function splitSpecifier(specifier: string): [name: string, subpath: string] {
  const parts = specifier.split('/');
  const name = parts.splice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return [name, ['.', ...parts].join('/')];
}

/** Static imports and re-exports stand at the start of a line; dynamic ones and type imports anywhere but in comments. */
function importsOf(file: RepoFile): { readonly specifier: string; readonly line: number }[] {
  const patterns = [
    /^(?:import|export)\s[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /^import\s+['"]([^'"]+)['"]/gm,
    /^(?!\s*(?:\/\/|\*|\/\*)).*?\bimport\(\s*['"]([^'"]+)['"]/gm,
  ];
  return patterns.flatMap((pattern) =>
    [...file.text.matchAll(pattern)].map((match) => ({
      specifier: match[1]!,
      line: file.text.slice(0, match.index + match[0].length).split('\n').length,
    })),
  );
}

function sourceFiles(files: readonly RepoFile[]): RepoFile[] {
  return files.filter(({ path }) => endsIn(path, sourceEndings));
}

function matchLines(files: readonly RepoFile[], pattern: RegExp, message: string): Finding[] {
  return files
    .filter(({ path }) => !rulesThemselves.includes(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [{ path, line: index + 1, message }] : [])),
    );
}

function endsIn(path: string, endings: readonly string[]): boolean {
  return endings.some((ending) => path.endsWith(ending));
}
