// Kafka's own message classes, asked through a line protocol (see Main.java): built with Maven, run once a batch.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sourceRoot = import.meta.dirname;
const outputRoot = join(sourceRoot, '..', '..', '.interop', 'java-codec');
const stampFile = join(outputRoot, 'stamp');

/** Null when the Java side can be built and run here, else a sentence for the skip. */
export function whyNoJava(): string | null {
  for (const command of ['java', 'mvn']) {
    if (spawnSync(command, ['-version'], { stdio: 'ignore' }).error !== undefined) {
      return `${command} is not on the PATH`;
    }
  }
  return null;
}

/** Compiles the Java side and fetches kafka-clients, unless both are there for these very sources. */
export function buildJava(): void {
  const wanted = sourceDigest();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  mkdirSync(outputRoot, { recursive: true });
  const result = spawnSync(
    'mvn',
    [
      ...['-q', '-B', '-f', join(sourceRoot, 'pom.xml'), `-Dcodec.output=${outputRoot}`],
      ...['compile', 'dependency:copy-dependencies', '-DincludeScope=runtime'],
      `-DoutputDirectory=${join(outputRoot, 'libs')}`,
    ],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`mvn failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(stampFile, wanted);
}

/** Sends all `questions`, one a line, to one JVM; resolves to as many answers, in order. */
export async function askJava(questions: readonly string[]): Promise<string[]> {
  const classpath = `${join(outputRoot, 'classes')}:${join(outputRoot, 'libs', '*')}`;
  const child = spawn('java', ['-Xmx512m', '-cp', classpath, 'millrace.codec.Main'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdin.end(`${questions.join('\n')}\n`);
  let text = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) text += chunk;
  const status = await ended;
  const answers = text.split('\n').slice(0, -1);
  if (status !== 0 || answers.length !== questions.length) {
    throw new Error(
      `java ended with ${status} and ${answers.length} of ${questions.length} answers`,
    );
  }
  return answers;
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  const java = join(sourceRoot, 'src', 'main', 'java', 'millrace', 'codec');
  const sources = readdirSync(java).sort();
  for (const file of [join(sourceRoot, 'pom.xml'), ...sources.map((name) => join(java, name))]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
