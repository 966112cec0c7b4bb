import { parseDurationMs } from '../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { FaultDefinition, FaultOrder } from '../faults/fault.ts';
import { FAULTS } from '../faults/faults.ts';
import { readBehaviours } from './behaviours.ts';
import type { ScriptOptions } from './options.ts';
import { readOptions } from './options.ts';
import type { TextEdit } from '../kubectl/text-edit.ts';
import type { TrafficOrder } from '../network/traffic.ts';
import type { NodePool } from '../clusterautoscaler/node-pool.ts';
import type { EtcdMembers, EtcdPlace, NodeSize } from '../topology.ts';
import { API_SERVERS, ETCD_MEMBERS, ETCD_PLACES } from '../topology.ts';
import type { ApplyLine } from './apply-order.ts';
import type { ScriptFile } from './read-design.ts';
import { readDesign, readLines } from './read-design.ts';
import type { PriceList } from './prices.ts';
import { readPrices } from './prices.ts';
import { readPools } from './pools.ts';
import type { StepReader } from './request-step.ts';
import { readRequest } from './request-step.ts';
import type { Sweep } from './sweep.ts';
import { readSweep } from './sweep.ts';
import { readEdits } from './text-edits.ts';

/** What is done to a cluster, and when: an object `kind: Script` of `drydock.dev/v1`. */
export interface Script {
  readonly seed: number | undefined;
  /** Workers of the cluster, where the script says how many. */
  readonly nodes: number | undefined;
  /** What its workers are like, of `prices`; where left out, as the design has them. */
  readonly nodeSize: NodeSize | undefined;
  readonly prices: PriceList | undefined;
  /** Pools of Nodes that an autoscaler makes larger and smaller; none where empty. */
  readonly pools: readonly NodePool[];
  readonly options: ScriptOptions;
  readonly behaviours: readonly Behaviour[];
  /** Members of etcd, where the script wants them simulated one by one. */
  readonly etcdMembers: EtcdMembers | undefined;
  /** Machines of the control plane, where the script wants several. */
  readonly apiServers: number | undefined;
  /** Where etcd runs, where the script says it. */
  readonly etcd: EtcdPlace | undefined;
  readonly steps: readonly ScriptStep[];
  /** Where the script is run many times. */
  readonly sweep: Sweep | undefined;
  /** Whether times count from when the design was applied, or from the beginning of the run. */
  readonly timesFrom: 'applied' | 'start';
  /** When the run ends, whatever is still to happen; undefined: when it has settled. Milliseconds of the run. */
  readonly untilMs: number | undefined;
  /** The design that the run was made with, where the script carries it. */
  readonly design: readonly ScriptFile[];
}

export type ScriptStep = { readonly atMs: number } & (
  | { readonly type: 'kubectl'; readonly line: string; readonly edits: readonly TextEdit[] }
  /** The text in the editor that is open is saved as it is here, and the editor closed. */
  | { readonly type: 'save'; readonly text: string }
  /** Ctrl+C: the lines that run are ended. */
  | { readonly type: 'interrupt' }
  /** Lines that follow one another, each with what `-f` names in it. */
  | { readonly type: 'lines'; readonly lines: readonly ApplyLine[] }
  | { readonly type: 'apply'; readonly object: KubernetesObject }
  | { readonly type: 'fault'; readonly order: FaultOrder }
  | { readonly type: 'request'; readonly order: TrafficOrder }
  /** Requests of that name are sent no longer. */
  | { readonly type: 'endRequests'; readonly name: string }
);

/** Something in a script that cannot be used. `id` names a sentence in the locales; `params` fill it. */
export interface ScriptProblem {
  readonly id: ScriptProblemId;
  /** `steps[2].at`. */
  readonly field: string;
  readonly params: Readonly<Record<string, string>>;
}

export type ScriptProblemId =
  | 'script.unknownField'
  | 'script.type'
  | 'script.duration'
  | 'script.oneAction'
  | 'script.unknownFault'
  | 'script.target'
  | 'script.parameter'
  | 'script.sender'
  | 'script.object'
  | 'script.number'
  | 'script.repeated'
  | 'script.refused'
  | 'script.release';

export const SCRIPT_API_VERSION = 'drydock.dev/v1';

export function isScript(object: KubernetesObject): boolean {
  return object.apiVersion === SCRIPT_API_VERSION && object.kind === 'Script';
}

/** Reads a script from its object; `release` is the one that runs. All problems are told, in order of the fields. */
export function readScript(
  object: JsonObject,
  release: string,
): { readonly script: Script; readonly problems: readonly ScriptProblem[] } {
  const reader = new Reader();
  const script = reader.script(object, release);
  return { script, problems: reader.problems };
}

const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'release',
  'seed',
  'topology',
  'options',
  'behaviours',
  'steps',
  'prices',
  'sweep',
  'timesFrom',
  'until',
  'design',
];
const TIMES_FROM = ['applied', 'start'] as const;
const ACTIONS = ['kubectl', 'save', 'interrupt', 'apply', 'fault', 'request', 'endRequests', 'etcdctl'] as const;

/** How a target is written, where it is no component. */
const TARGETS: Readonly<
  Partial<Record<FaultDefinition['target'], { readonly pattern: RegExp; readonly example: string }>>
> = {
  Node: { pattern: /^Node\/\/?([^/]+)$/, example: 'Node//w1' },
  Pod: { pattern: /^Pod\/([^/]+\/[^/]+)$/, example: 'Pod/shop/web-0' },
};

class Reader implements StepReader {
  readonly problems: ScriptProblem[] = [];

  script(object: JsonObject, release: string): Script {
    for (const key of Object.keys(object))
      if (!FIELDS.includes(key)) this.problem('script.unknownField', key, { known: FIELDS.join(', ') });
    const { release: wanted, seed, topology, steps = [] } = object;
    if (wanted !== undefined && wanted !== release)
      this.problem('script.release', 'release', { wanted: textOf(wanted), release });
    if (topology !== undefined && !isJsonObject(topology)) this.problem('script.type', 'topology', { type: 'object' });
    const { nodes, nodeSize, pools, etcdMembers, apiServers, etcd }: JsonObject = isJsonObject(topology)
      ? topology
      : {};
    if (!Array.isArray(steps)) this.problem('script.type', 'steps', { type: 'array' });
    const prices = readPrices(object['prices'], this);
    return {
      seed: this.integer(seed, 'seed'),
      nodes: this.integer(nodes, 'topology.nodes'),
      nodeSize: this.nodeSize(nodeSize, prices),
      prices,
      pools: readPools(pools, prices, this),
      options: readOptions(object['options'], this),
      behaviours: readBehaviours(object['behaviours'], this),
      etcdMembers: this.oneOf(ETCD_MEMBERS, etcdMembers, 'topology.etcdMembers'),
      apiServers: this.oneOf(API_SERVERS, apiServers, 'topology.apiServers'),
      etcd: this.oneOf(ETCD_PLACES, etcd, 'topology.etcd'),
      steps: (Array.isArray(steps) ? (steps as readonly JsonValue[]) : [])
        .flatMap((step, index) => this.step(step, `steps[${index}]`) ?? [])
        .sort((a, b) => a.atMs - b.atMs),
      sweep: readSweep(object['sweep'], prices?.nodes.map(({ name }) => name) ?? [], this),
      timesFrom: this.timesFrom(object['timesFrom']),
      untilMs: object['until'] === undefined ? undefined : this.duration(object['until'], 'until'),
      design: readDesign(object['design'], this),
    };
  }

  private nodeSize(value: JsonValue | undefined, prices: PriceList | undefined): NodeSize | undefined {
    if (value === undefined) return undefined;
    const known = prices?.nodes ?? [];
    const found = known.find(({ name }) => name === value);
    if (found !== undefined) return found;
    return this.problem('script.parameter', 'topology.nodeSize', { known: known.map(({ name }) => name).join(', ') });
  }

  private timesFrom(value: JsonValue | undefined): Script['timesFrom'] {
    const known = TIMES_FROM.find((one) => one === value);
    if (value !== undefined && known === undefined)
      this.problem('script.parameter', 'timesFrom', { known: TIMES_FROM.join(', ') });
    return known ?? 'applied';
  }

  private oneOf<Known extends string | number>(
    known: readonly Known[],
    value: JsonValue | undefined,
    field: string,
  ): Known | undefined {
    const found = known.find((one) => one === value);
    if (value !== undefined && found === undefined)
      this.problem('script.parameter', field, { known: known.join(', ') });
    return found;
  }

  private step(step: JsonValue, field: string): ScriptStep | undefined {
    if (!isJsonObject(step)) return this.problem('script.type', field, { type: 'object' });
    const atMs = this.duration(step['at'], `${field}.at`);
    const actions = ACTIONS.filter((action) => step[action] !== undefined);
    const [action] = actions;
    if (action === undefined || actions.length > 1)
      return this.problem('script.oneAction', field, { actions: ACTIONS.join(', ') });
    const faultFields = ['target', 'for', ...(this.faultOf(step)?.parameters ?? []).map(({ name }) => name)];
    const own = action === 'fault' ? faultFields : action === 'kubectl' ? ['editor'] : [];
    for (const key of Object.keys(step))
      if (key !== 'at' && key !== action && !own.includes(key))
        this.problem('script.unknownField', `${field}.${key}`, { known: ['at', action, ...own].join(', ') });
    const made = this.action(step, action, field);
    return atMs === undefined || made === undefined ? undefined : { atMs, ...made };
  }

  private action(step: JsonObject, action: (typeof ACTIONS)[number], field: string) {
    const value = step[action];
    if (action === 'kubectl') {
      const edits = readEdits(step['editor'], `${field}.editor`, this);
      if (typeof value === 'string') return { type: action, line: value, edits } as const;
      if (Array.isArray(value)) return { type: 'lines', lines: readLines(value, `${field}.kubectl`, this) } as const;
      return this.problem('script.type', `${field}.kubectl`, { type: 'string' });
    }
    if (action === 'save') {
      if (typeof value === 'string') return { type: action, text: value } as const;
      return this.problem('script.type', `${field}.save`, { type: 'string' });
    }
    if (action === 'interrupt') {
      if (value === true) return { type: action } as const;
      return this.problem('script.type', `${field}.interrupt`, { type: 'true' });
    }
    if (action === 'apply') {
      if (isKubernetesObject(value)) return { type: action, object: value } as const;
      return this.problem('script.type', `${field}.apply`, { type: 'object' });
    }
    if (action === 'fault') return this.fault(step, field);
    if (action === 'endRequests') {
      if (typeof value === 'string' && value !== '') return { type: action, name: value } as const;
      return this.problem('script.type', `${field}.endRequests`, { type: 'string' });
    }
    if (action === 'etcdctl') {
      const order: FaultOrder = { fault: 'etcdctl', parameters: { line: String(value) } };
      if (typeof value === 'string') return { type: 'fault', order } as const;
      return this.problem('script.type', `${field}.etcdctl`, { type: 'string' });
    }
    const order = readRequest(value, `${field}.request`, this);
    return order === undefined ? undefined : ({ type: action, order } as const);
  }

  private faultOf(step: JsonObject): FaultDefinition | undefined {
    return FAULTS.get(stringAt(step, 'fault') ?? '');
  }

  private fault(step: JsonObject, field: string) {
    const fault = this.faultOf(step);
    if (fault === undefined)
      return this.problem('script.unknownFault', `${field}.fault`, {
        fault: textOf(step['fault']),
        known: [...FAULTS.keys()].join(', '),
      });
    const forMs = step['for'] === undefined ? undefined : this.duration(step['for'], `${field}.for`);
    const target = stringAt(step, 'target');
    const form = TARGETS[fault.target];
    const name = form === undefined ? target : form.pattern.exec(target ?? '')?.[1];
    if (form !== undefined && name === undefined)
      return this.problem('script.target', `${field}.target`, { fault: fault.name, example: form.example });
    const parameters: Record<string, string> = {};
    for (const { name: key, values } of fault.parameters) {
      const given = step[key];
      if (given === undefined) continue;
      const isKnown = values === undefined || values.includes(String(given));
      if (typeof given !== 'string' && typeof given !== 'number')
        this.problem('script.type', `${field}.${key}`, { type: 'string' });
      else if (isKnown) parameters[key] = String(given);
      else this.problem('script.parameter', `${field}.${key}`, { known: values.join(', ') });
    }
    const order: FaultOrder = {
      fault: fault.name,
      parameters,
      ...(name === undefined ? {} : { target: name }),
      ...(forMs === undefined ? {} : { forMs }),
    };
    return { type: 'fault', order } as const;
  }

  duration(value: JsonValue | undefined, field: string): number | undefined {
    const ms = typeof value === 'string' ? parseDurationMs(value) : undefined;
    if (ms !== undefined && ms >= 0) return ms;
    return this.problem('script.duration', field, { value: textOf(value) });
  }

  private integer(value: JsonValue | undefined, field: string): number | undefined {
    if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
    return this.problem('script.type', field, { type: 'integer' });
  }

  problem(id: ScriptProblemId, field: string, params: ScriptProblem['params']): undefined {
    this.problems.push({ id, field, params });
  }
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
