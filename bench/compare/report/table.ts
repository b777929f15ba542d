// The result as Markdown tables: first what has a target, then everything.

import {
  type ComparisonResult,
  doesSinkMiss,
  type FigureResult,
  isClientTheLimit,
  medianOf,
  ratioOf,
  type ScenarioResult,
  targetOutcome,
} from '../result.ts';
import type { Ratio } from '../statistics.ts';

const HEAD = [
  'what',
  'durability',
  'client',
  'figure',
  'Millrace',
  'Kafka',
  'Millrace / Kafka (spread)',
  'target',
  'against the sink',
];

interface Row {
  readonly scenario: ScenarioResult;
  readonly figure: FigureResult;
}

/** What has a target, with how it went. */
export function targetTable(result: ComparisonResult): string {
  const rows = rowsOf(result).filter(({ figure }) => figure.target !== undefined);
  return markdownTable(HEAD, rows.map(cellsOf));
}

/** Every figure of a group of scenarios. */
export function groupTable(result: ComparisonResult, group: string): string {
  const rows = rowsOf(result).filter(({ scenario }) => scenario.group === group);
  const head = HEAD.filter((name) => name !== 'target');
  const target = HEAD.indexOf('target');
  return markdownTable(
    head,
    rows.map((row) => cellsOf(row).toSpliced(target, 1)),
  );
}

/** Names of the groups, in the order of the scenarios. */
export function groupsOf(result: ComparisonResult): string[] {
  return [...new Set(result.scenarios.map(({ group }) => group))];
}

function rowsOf(result: ComparisonResult): Row[] {
  return result.scenarios.flatMap((scenario) =>
    scenario.figures
      .filter(({ millrace, kafka }) => medianOf([...millrace, ...kafka]) !== null)
      .map((figure) => ({ scenario, figure })),
  );
}

function cellsOf({ scenario, figure }: Row): string[] {
  const withUnit = (values: readonly (number | null)[]) => {
    const value = medianOf(values);
    return value === null ? '' : `${significant(value)} ${figure.unit}`;
  };
  return [
    `${scenario.group}: ${scenario.title}`,
    scenario.durability,
    scenario.client,
    figure.name,
    withUnit(figure.millrace),
    withUnit(figure.kafka),
    ratioText(ratioOf(figure)),
    targetText(figure),
    sinkText(figure, withUnit(figure.sink)),
  ];
}

export function ratioText(ratio: Ratio | null): string {
  if (ratio === null) return '';
  const { median, min, max } = ratio;
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

function targetText(figure: FigureResult): string {
  if (figure.target === undefined) return '';
  const sign = figure.better === 'higher' ? '≥' : '≤';
  const outcome = targetOutcome(figure);
  const verdict = outcome === 'missed' ? missedText(figure) : outcome;
  return [`${sign} ${figure.target}`, verdict].filter(Boolean).join(', ');
}

function missedText(figure: FigureResult): string {
  return doesSinkMiss(figure) ? '**missed**, by the sink too' : '**missed**';
}

function sinkText(figure: FigureResult, sink: string): string {
  return isClientTheLimit(figure) ? `${sink}, the limit` : sink;
}

/** Three digits, and no exponent. */
export function significant(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

/** Columns are as wide as their widest cell, so that it reads well as plain text too. */
export function markdownTable(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, 3, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
