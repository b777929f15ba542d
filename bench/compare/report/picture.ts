// The targets as a picture: one line a figure, on a scale of ratios, where further right is better for Millrace.

import {
  type ComparisonResult,
  type FigureResult,
  ratioOf,
  type ScenarioResult,
  targetOutcome,
} from '../result.ts';
import { ratioText } from './table.ts';

const LABEL_WIDTH = 470;
const PLOT_WIDTH = 440;
const TEXT_WIDTH = 170;
const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 56;
const FOOT_HEIGHT = 44;
const WIDTH = LABEL_WIDTH + PLOT_WIDTH + TEXT_WIDTH;
const COLOURS = { met: '#1a7f5a', missed: '#b54708', text: '#1f2328', quiet: '#8c959f' };

interface Line {
  readonly label: string;
  readonly text: string;
  /** How many times better than Kafka's: the ratio, or its inverse where less is better. */
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly target: number;
  readonly isMet: boolean;
}

/** An SVG that stands alone. */
export function picture(result: ComparisonResult): string {
  const lines = result.scenarios.flatMap((scenario) =>
    scenario.figures.flatMap((figure) => lineOf(scenario, figure)),
  );
  const height = HEAD_HEIGHT + lines.length * ROW_HEIGHT + FOOT_HEIGHT;
  const scale = scaleFor(lines);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="${COLOURS.text}">`,
    `<title>${escaped(`${result.peers.join(' and ')}: how many times better Millrace is`)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="24" font-size="15" font-weight="600">${escaped(result.peers.join(' and '))}</text>`,
    `<text x="12" y="42" fill="${COLOURS.quiet}">How many times better Millrace is: median and spread of ${result.pairs} pairs of runs. Left of 1 it is worse. A stroke is the target.</text>`,
    `<text x="${LABEL_WIDTH + PLOT_WIDTH + 8}" y="42" fill="${COLOURS.quiet}">Millrace / Kafka</text>`,
    ...scale.ticks.map((tick) => tickMark(tick, scale.at(tick), height)),
    ...lines.map((line, row) => drawn(line, HEAD_HEIGHT + row * ROW_HEIGHT, scale.at)),
    '</svg>',
    '',
  ].join('\n');
}

function lineOf(scenario: ScenarioResult, figure: FigureResult): Line[] {
  const ratio = ratioOf(figure);
  if (ratio === null || figure.target === undefined) return [];
  const better = (value: number) => (figure.better === 'higher' ? value : 1 / value);
  const ends = [better(ratio.min), better(ratio.max)];
  return [
    {
      label: `${scenario.group}: ${shortened(scenario)}, ${figure.name}`,
      text: ratioText(ratio),
      middle: better(ratio.median),
      low: Math.min(...ends),
      high: Math.max(...ends),
      target: better(figure.target),
      isMet: targetOutcome(figure) !== 'missed',
    },
  ];
}

/** Without what the label has no room for. */
function shortened({ title, durability, client }: ScenarioResult): string {
  const program = client.startsWith('kcat') ? ', kcat' : '';
  const synced = durability === 'neither syncs' ? '' : `, ${durability}`;
  const short = title
    .replace(/batch\.size=\d+ linger\.ms=\d+/, 'large batches')
    .replace(', from the beginning, from the page cache', '')
    .replace('beside', 'at')
    .replace(' of what Kafka takes from one producer', ' load')
    .replace(', nothing else goes on', ', idle')
    .replace(/ in and out of.*/, ' in and out');
  return `${short}${synced}${program}`;
}

interface Scale {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
}

/** Logarithmic: twice as good and half as good are as far from 1. */
function scaleFor(lines: readonly Line[]): Scale {
  const values = lines.flatMap(({ low, high, target }) => [low, high, target]);
  const first = Math.floor(Math.log2(Math.min(0.5, ...values)));
  const last = Math.ceil(Math.log2(Math.max(2, ...values)));
  const perDoubling = (PLOT_WIDTH - 20) / (last - first);
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => 2 ** (first + index)),
    at: (value) => LABEL_WIDTH + 10 + (Math.log2(value) - first) * perDoubling,
  };
}

function tickMark(value: number, x: number, height: number): string {
  const [top, bottom] = [HEAD_HEIGHT, height - FOOT_HEIGHT + 4];
  const label = value < 1 ? `1/${1 / value}` : String(value);
  const width = value === 1 ? 1.5 : 0.5;
  return (
    `<line x1="${round(x)}" x2="${round(x)}" y1="${top}" y2="${bottom}" stroke="${COLOURS.quiet}" stroke-width="${width}"/>` +
    `<text x="${round(x)}" y="${bottom + 16}" text-anchor="middle" fill="${COLOURS.quiet}">${label}</text>`
  );
}

function drawn(line: Line, top: number, at: (value: number) => number): string {
  const y = top + ROW_HEIGHT / 2;
  const [low, high, middle, target] = [line.low, line.high, line.middle, line.target].map((value) =>
    round(at(value)),
  );
  const colour = line.isMet ? COLOURS.met : COLOURS.missed;
  return [
    `<text x="${LABEL_WIDTH - 8}" y="${y + 4}" text-anchor="end">${escaped(line.label)}</text>`,
    `<line x1="${low}" x2="${high}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="3" stroke-linecap="round" opacity="0.45"/>`,
    `<line x1="${target}" x2="${target}" y1="${y - 8}" y2="${y + 8}" stroke="${COLOURS.text}" stroke-width="1.5"/>`,
    `<circle cx="${middle}" cy="${y}" r="4.5" fill="${colour}"/>`,
    `<text x="${LABEL_WIDTH + PLOT_WIDTH + 8}" y="${y + 4}">${escaped(line.text)}</text>`,
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
