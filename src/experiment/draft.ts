import type { JsonObject } from '../base/json.ts';
import { flowText } from '../manifest/print.ts';
import { readManifest } from '../manifest/read.ts';

/** An experiment as somebody fills it in: fields of a form, with texts as they are typed. */
export interface ExperimentDraft {
  readonly question: 'compare' | 'leastNodes';
  readonly parameters: readonly DraftParameter[];
  /** How many seeds each combination is run with: 1, 2, 3… */
  readonly seeds: number;
  /** Workers, where nothing else says how many. */
  readonly workers: number;
  /** `2m`; '' where a run ends when it has settled. */
  readonly until: string;
  readonly currency: string;
  readonly sizes: readonly DraftSize[];
  /** Where the search for the least number of workers gives up. */
  readonly most: number;
  /** Steps of the script, as YAML: a list, without its key. */
  readonly steps: string;
}

export interface DraftParameter {
  /** Identity of an object of the design; '' for the script itself. */
  readonly object: string;
  readonly field: string;
  /** As in a list of YAML in one line: `2, 4, 50%`. */
  readonly values: string;
}

export interface DraftSize {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly perHour: string;
}

/** What a form shows at first: three sizes as clouds have them, at prices to be put right. */
export const EMPTY_DRAFT: ExperimentDraft = {
  question: 'compare',
  parameters: [],
  seeds: 3,
  workers: 3,
  until: '',
  currency: 'USD',
  sizes: [
    { name: 'small', cpu: '2', memory: '8Gi', perHour: '0.10' },
    { name: 'medium', cpu: '4', memory: '16Gi', perHour: '0.19' },
    { name: 'large', cpu: '8', memory: '32Gi', perHour: '0.38' },
  ],
  most: 50,
  steps: '',
};

/** The draft as a Script with a sweep, which `drydock experiment` runs to the same table. */
export function scriptTextOf(draft: ExperimentDraft, name: string): string {
  const { question, parameters, seeds, workers, until, currency, sizes, most, steps } = draft;
  const isLeast = question === 'leastNodes';
  const lines = [
    'apiVersion: drydock.dev/v1',
    'kind: Script',
    `metadata: {name: ${quoted(name)}}`,
    ...(isLeast ? [] : ['topology:', `  nodes: ${workers}`]),
    ...(until.trim() === '' ? [] : [`until: ${quoted(until.trim())}`]),
    ...(sizes.length === 0 ? [] : ['prices:', `  currency: ${quoted(currency)}`, '  nodes:', ...sizes.map(sizeLine)]),
    ...(steps.trim() === '' ? [] : ['steps:', ...steps.trimEnd().split('\n')]),
    'sweep:',
    `  seeds: {from: 1, count: ${seeds}}`,
    ...(isLeast ? [`  leastNodes: {most: ${most}}`] : []),
    ...(parameters.length === 0 ? [] : ['  parameters:', ...parameters.map(parameterLine)]),
  ];
  return `${lines.join('\n')}\n`;
}

function sizeLine({ name, cpu, memory, perHour }: DraftSize): string {
  return `  - {name: ${quoted(name)}, cpu: ${quoted(cpu)}, memory: ${quoted(memory)}, perHour: ${quoted(perHour)}}`;
}

function parameterLine({ object, field, values }: DraftParameter): string {
  const what = object === '' ? `script: ${quoted(field)}` : `object: ${quoted(object)}, field: ${quoted(field)}`;
  return `  - {name: ${quoted(shortName(object, field))}, ${what}, values: [${values}]}`;
}

/** `web replicas` of `Deployment.apps/shop/web` and `spec.replicas`. */
function shortName(object: string, field: string): string {
  const last = field.split('.').at(-1) ?? field;
  return object === '' ? last : `${object.split('/').at(-1) ?? object} ${last}`;
}

function quoted(text: string): string {
  return flowText(text, 'flow');
}

/** The Script in a text; undefined where it holds none that can be read, with the sentence of its first problem. */
export function scriptIn(
  text: string,
): { readonly script: JsonObject } | { readonly id: string; readonly params: Params } {
  const { segments, problems } = readManifest('experiment.yaml', text);
  const [found] = segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []));
  const [problem] = problems;
  if (problem !== undefined) return { id: problem.id, params: problem.params };
  return found === undefined ? { id: 'manifest.notAnObject', params: { missing: 'object' } } : { script: found.object };
}

type Params = Readonly<Record<string, string | number>>;
