import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  dependencyArrows,
  type Finding,
  fileLength,
  fileNames,
  formatFindings,
  importArrows,
  leftovers,
  manifestConsistency,
  maxFileLines,
  openEnds,
  pinnedDependencies,
  type RepoFile,
  type Rule,
  readRepo,
  rules,
  sharedMentions,
  testsAreRun,
} from './tidy.ts';

describe('this repository', () => {
  const files = readRepo(join(import.meta.dirname, '..'));
  for (const [name, rule] of rules) {
    test(name, () => {
      const findings = rule(files);
      assert.ok(findings.length === 0, `\n${formatFindings(findings)}`);
    });
  }
});

/** A package's manifest as the rules want it, with `fields` on top. */
function manifest(folder: string, name: string, fields: object = {}): RepoFile {
  const json = {
    name,
    version: '0.1.0',
    description: 'One of the packages.',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=24' },
    files: ['dist'],
    exports: {
      '.': {
        '@millrace/source': './src/index.ts',
        types: './dist/index.d.ts',
        default: './dist/index.js',
      },
    },
    ...fields,
  };
  return { path: `packages/${folder}/package.json`, text: JSON.stringify(json) };
}

const broker = manifest('broker', '@millrace/broker', { dependencies: { snappy: '7.4.3' } });
const storage = manifest('storage', '@millrace/storage');
const root: RepoFile = {
  path: 'package.json',
  text: JSON.stringify({ name: 'workspace', devDependencies: { 'fast-check': '4.10.2' } }),
};

function file(path: string, text = ''): RepoFile {
  return { path, text };
}

function at(findings: readonly Finding[]): string[] {
  return findings.map(({ path, line }) => `${path}:${line}`);
}

/** The rule's findings on one import, in a repository with two packages. */
function judgeImport(path: string, statement: string): string[] {
  const indexes = [file('packages/broker/src/index.ts'), file('packages/storage/src/index.ts')];
  const files = [root, broker, storage, ...indexes, file(path, statement)];
  return importArrows(files).map(({ message }) => message);
}

function assertFinds(rule: Rule, files: readonly RepoFile[], message: RegExp): void {
  const findings = rule(files);
  assert.equal(findings.length, 1, formatFindings(findings));
  assert.match(findings[0]!.message, message);
}

test('imports: downwards, by name, within the package, of Node and of what is declared', () => {
  for (const statement of [
    "import { LogStore } from '@millrace/storage';",
    "import type { LogStore } from '@millrace/storage';",
    "import { x } from '../x.ts';",
    "import { join } from 'node:path';",
    "import snappy from 'snappy';",
    "// import { x } from '@millrace/console'",
    " * import { x } from '@millrace/console';",
  ]) {
    assert.deepEqual(judgeImport('packages/broker/src/deep/file.ts', statement), [], statement);
  }
});

test('imports that point up are found in every form', () => {
  for (const statement of [
    "import { Broker } from '@millrace/broker';",
    "import type { Broker } from '@millrace/broker';",
    "import '@millrace/broker';",
    "import {\n  Broker,\n  type Handler,\n} from '@millrace/broker';",
    "export * from '@millrace/broker';",
    "export { Broker } from '@millrace/broker';",
    "const { Broker } = await import('@millrace/broker');",
    "function f(): import('@millrace/broker').Broker {}",
  ]) {
    const messages = judgeImport('packages/storage/src/file.ts', statement);
    assert.equal(messages.length, 1, statement);
    assert.match(messages[0]!, /arrows only point down, and it may import @millrace\/protocol/);
  }
  const inTest = judgeImport('packages/storage/test/x.test.ts', "import '@millrace/broker';");
  assert.equal(inTest.length, 1, 'tests too');
});

test('the line of an import is that of its specifier', () => {
  const text = "import { a } from 'node:fs';\n\nimport {\n  Broker,\n} from '@millrace/broker';\n";
  const files = [broker, storage, file('packages/storage/src/file.ts', text)];
  assert.deepEqual(at(importArrows(files)), ['packages/storage/src/file.ts:5']);
});

test('relative imports stay in the package', () => {
  const source = 'packages/broker/src/file.ts';
  assert.match(
    judgeImport(source, "import '../../storage/src/clock.ts';")[0]!,
    /reaches into another package; import '@millrace\/storage' by name/,
  );
  assert.match(judgeImport(source, "import '../../../tools/check.ts';")[0]!, /leaves the package/);
  const tool = 'tools/tool.ts';
  assert.match(judgeImport(tool, "import '../packages/storage/src/clock.ts';")[0]!, /by name/);
  assert.deepEqual(judgeImport(tool, "import '../packages/storage/test/seeds.ts';"), []);
  assert.deepEqual(judgeImport(tool, "import './check.ts';"), []);
  assert.deepEqual(judgeImport(tool, "import '@millrace/broker';"), []);
});

test('imports name what a package exports', () => {
  const path = 'packages/broker/src/file.ts';
  assert.match(
    judgeImport(path, "import '@millrace/storage/src/clock.ts';")[0]!,
    /does not export '.\/src\/clock.ts'/,
  );
});

test('a package does not import itself, except by its tests', () => {
  const statement = "import { LogStore } from '@millrace/storage';";
  assert.match(judgeImport('packages/storage/src/file.ts', statement)[0]!, /imports itself/);
  assert.deepEqual(judgeImport('packages/storage/test/program.ts', statement), []);
});

test('what is imported is declared: by the package, or by the workspace for tests', () => {
  const statement = "import fc from 'fast-check';";
  assert.match(judgeImport('packages/broker/src/file.ts', statement)[0]!, /add it to its depend/);
  assert.deepEqual(judgeImport('packages/broker/src/file.test.ts', statement), []);
  assert.deepEqual(judgeImport('packages/broker/src/file.fuzz.ts', statement), []);
  assert.match(judgeImport('packages/broker/src/file.test.ts', "import 'lodash';")[0]!, /lodash/);
});

test('dependencies between packages point down, and every package has its arrows', () => {
  assert.deepEqual(dependencyArrows([broker, storage]), []);
  const upward = manifest('storage', '@millrace/storage', {
    dependencies: { '@millrace/broker': '0.1.0' },
  });
  assertFinds(dependencyArrows, [upward], /@millrace\/storage must not import @millrace\/broker/);
  assertFinds(dependencyArrows, [manifest('new', '@millrace/new')], /no line in the arrows/);
});

test('dependencies are exact versions', () => {
  assert.deepEqual(pinnedDependencies([root, broker, storage]), []);
  for (const version of ['^1.2.3', '~1.2.3', '1.2', '*', 'latest', '>=1.0.0', 'workspace:*']) {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      const loose = manifest('broker', '@millrace/broker', { [kind]: { snappy: version } });
      assertFinds(pinnedDependencies, [loose], /pin snappy to an exact version/);
    }
  }
  const stale = manifest('broker', '@millrace/broker', {
    dependencies: { '@millrace/storage': '0.0.9' },
  });
  assertFinds(pinnedDependencies, [storage, stale], /is 0\.1\.0 in this repository, not 0\.0\.9/);
});

test('package.json files agree with each other and with the files', () => {
  const index = file('packages/broker/src/index.ts');
  assert.deepEqual(manifestConsistency([broker, index]), []);
  const broken: readonly [object, RegExp][] = [
    [{ license: 'MIT' }, /Apache-2\.0/],
    [{ type: 'commonjs' }, /"module"/],
    [{ description: undefined }, /description/],
    [{ files: ['src'] }, /"dist"/],
    [{ exports: {} }, /export "\."/],
    [{ bin: { millrace: './dist/main.js' } }, /there is no packages\/broker\/src\/main\.ts/],
  ];
  for (const [fields, message] of broken) {
    const changed = manifest('broker', '@millrace/broker', fields);
    assertFinds(manifestConsistency, [changed, index], message);
  }
  const other = file('packages/storage/src/index.ts');
  for (const fields of [{ version: '0.2.0' }, { engines: { node: '>=20' } }]) {
    const changed = manifest('storage', '@millrace/storage', fields);
    assertFinds(manifestConsistency, [broker, index, changed, other], /^set "/);
  }
});

test('exports put the source first, the default last, and exist', () => {
  const judge = (conditions: object, path = 'packages/broker/src/index.ts') =>
    manifestConsistency([
      manifest('broker', '@millrace/broker', { exports: { '.': conditions } }),
      file(path),
    ]).length;
  const source = { '@millrace/source': './src/index.ts' };
  const types = { types: './dist/index.d.ts' };
  const built = { default: './dist/index.js' };
  assert.equal(judge({ ...source, ...types, ...built }), 0);
  assert.equal(judge({ ...source, ...built, ...types }), 1);
  assert.equal(judge({ ...types, ...built }), 1);
  assert.equal(judge({ ...source, ...types, default: './dist/other.js' }), 1);
  assert.equal(judge({ ...source, ...types, ...built }, 'packages/broker/src/other.ts'), 1);
});

test('file names are kebab-case and say what is inside', () => {
  for (const path of [
    'tools/tidy.test.ts',
    'packages/a/handlers/00-produce.ts',
    'a/snake_case.py',
  ]) {
    assert.deepEqual(fileNames([file(path)]), [], path);
  }
  for (const path of ['a/TimerQueue.ts', 'a/timer_queue.ts', 'a/-timer.ts', 'a/timerQueue.mjs']) {
    assertFinds(fileNames, [file(path)], /kebab-case/);
  }
  for (const path of [
    'a/utils.ts',
    'a/test-helpers.ts',
    'a/group-manager.test.ts',
    'common/x.ts',
  ]) {
    assertFinds(fileNames, [file(path)], /says nothing/);
  }
});

test('files are short, generated ones excepted', () => {
  const lines = (count: number) => 'x\n'.repeat(count);
  assert.deepEqual(fileLength([file('a/b.ts', lines(maxFileLines))]), []);
  assertFinds(fileLength, [file('a/b.ts', lines(maxFileLines + 1))], /601 lines.*split it/);
  assertFinds(fileLength, [file('a/b.ts', `${lines(maxFileLines)}x`)], /601 lines/);
  const generated = 'packages/protocol/src/messages/fetch-request.ts';
  assert.deepEqual(fileLength([file(generated, lines(5000))]), []);
});

test('open ends name their issue', () => {
  for (const line of ['// TODO: later', '// FIXME', '// TODO(me): later', '/* TODO(#12) */']) {
    assertFinds(openEnds, [file('a/b.ts', line)], /file an issue/);
  }
  assert.deepEqual(
    openEnds([file('a/b.ts', '// TODO(#12): when Kafka has it\nconst TODOS = 1;')]),
    [],
  );
});

test('nothing is left from debugging', () => {
  const text =
    "test.only('a', f);\n  debugger;\ntest('b', { only: true }, f);\nconst debuggers = 1;";
  assert.deepEqual(at(leftovers([file('a/b.test.ts', text)])), [
    'a/b.test.ts:1',
    'a/b.test.ts:3',
    'a/b.test.ts:2',
  ]);
});

test('nothing outside the repository is named, except by those on the list', () => {
  const rule = sharedMentions(new Map([['a/listed.ts', 'for the test']]));
  const listed = file('a/listed.ts', "'/work/shared/reference'");
  assert.deepEqual(rule([listed]), []);
  for (const text of [
    "const a = '/work/shared/peers';",
    "import '../../shared/x.ts';",
    "join('..', 'shared', 'reference')",
    'cat shared/reference/x',
  ]) {
    for (const path of ['a/b.ts', 'a/b.sh', 'a/b.py', '.ci/run']) {
      assertFinds(rule, [listed, file(path, text)], /environment variable/);
    }
  }
  assert.deepEqual(rule([listed, file('a/b.ts', "import './shared-file.ts';")]), []);
  assertFinds(rule, [], /take it off the list/);
});

test('every test is one that npm test runs', () => {
  const runner = file('tools/with-project-node.mjs', "args.push('packages/**/*.test.ts');");
  const check = file('tools/check.ts', "['packages/**/*.test.ts', 'tools/**/*.test.ts']");
  const ran = [file('packages/a/src/b.test.ts'), file('interop/kcat.test.ts')];
  assert.deepEqual(testsAreRun([runner, check, ...ran]), []);
  assertFinds(testsAreRun, [runner, check, file('tools/a.test.ts')], /no glob of .*project-node/);
  assert.equal(testsAreRun([runner, check, file('docs/a.test.ts')]).length, 2);
});

test('reading the repository leaves out what is made, and reads what CI runs', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tidy-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const written = ['.ci/run', 'package.json', 'packages/a/src/b.ts'];
  const made = ['node_modules/a/b.ts', 'packages/a/dist/b.js', '.git/c.json', 'packages/a/d.png'];
  for (const path of [...written, ...made]) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  const files = readRepo(folder).sort((a, b) => (a.path < b.path ? -1 : 1));
  assert.deepEqual(
    files,
    written.map((path) => ({ path, text: path })),
  );
});

test('a finding reads as a place and what to do', () => {
  const findings = [
    { path: 'a.ts', line: 3, message: 'do this' },
    { path: 'b.ts', line: 0, message: 'do that' },
  ];
  assert.equal(formatFindings(findings), 'a.ts:3: do this\nb.ts: do that');
});
