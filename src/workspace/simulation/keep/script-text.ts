import { formatDurationMs } from '../../../apimachinery/duration.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { writeObject } from '../../../manifest/write.ts';
import { FAULTS } from '../../../simulator/faults/faults.ts';
import type { FaultOrder } from '../../../simulator/faults/fault.ts';
import type { TextEdit } from '../../../simulator/kubectl/text-edit.ts';
import type { TrafficOrder } from '../../../simulator/network/traffic.ts';
import type { ScriptFile } from '../../../simulator/script/read-design.ts';
import { SCRIPT_API_VERSION } from '../../../simulator/script/script.ts';
import type { Deed } from '../deed.ts';

/** Annotation of a kept run: the hash of everything that happened in it. */
const HASH_ANNOTATION = 'drydock.dev/trace-hash';

/** Everything that makes a run what it is. */
export interface KeptRun {
  readonly name: string;
  /** `1.36`. */
  readonly release: string;
  readonly seed: number;
  /** Worker Nodes, where the design draws none. */
  readonly workers: number;
  readonly deeds: readonly Deed[];
  /** When it ends, in milliseconds of the run. */
  readonly untilMs: number;
  readonly hash: string;
  /** What the Script with which it began says of the cluster, as it stands there; empty where it began with none. */
  readonly cluster: JsonObject;
  /** The manifests that it began with; they can be left out where they are kept beside it. */
  readonly design: readonly ScriptFile[];
}

/** A run as a Script of drydock.dev/v1, which `drydock simulate --script` runs to the same hash. */
export function scriptText(run: KeptRun): string {
  return writeObject(scriptOf(run));
}

function scriptOf({ name, release, seed, workers, deeds, untilMs, hash, cluster, design }: KeptRun): JsonObject {
  return {
    apiVersion: SCRIPT_API_VERSION,
    kind: 'Script',
    metadata: { name, annotations: { [HASH_ANNOTATION]: hash } },
    release,
    seed,
    ...cluster,
    topology: { ...objectAt(cluster, 'topology'), nodes: workers },
    timesFrom: 'start',
    until: formatDurationMs(untilMs),
    steps: deeds.map(stepOf),
    ...(design.length === 0 ? {} : { design: design.map(({ path, text }) => ({ path, text })) }),
  };
}

function stepOf(deed: Deed): JsonObject {
  const at = formatDurationMs(deed.atMs);
  switch (deed.type) {
    case 'kubectl':
      return { at, kubectl: deed.line, ...editorOf(deed.edits) };
    case 'save':
      return { at, save: deed.text };
    case 'interrupt':
      return { at, interrupt: true };
    case 'fault':
      return { at, ...faultStep(deed.order) };
    case 'request':
      return { at, request: requestStep(deed.order) };
    case 'endRequests':
      return { at, endRequests: deed.name };
    case 'lines':
      return { at, kubectl: deed.lines.map(({ line, files }) => ({ line, files: files as JsonValue })) };
  }
}

/** As `readEdits` reads it. */
function editorOf(edits: readonly TextEdit[] = []): JsonObject {
  if (edits.length === 0) return {};
  return {
    editor: edits.map(({ text, replace, takesMs }) => ({
      ...(text === undefined ? {} : { text }),
      ...(replace === undefined ? {} : { replace }),
      ...(takesMs === undefined ? {} : { takes: formatDurationMs(takesMs) }),
    })),
  };
}

function faultStep({ fault, target, parameters = {}, forMs }: FaultOrder): JsonObject {
  const kind = FAULTS.get(fault)?.target;
  const written = kind === 'Node' ? `Node//${target ?? ''}` : kind === 'Pod' ? `Pod/${target ?? ''}` : target;
  return {
    fault,
    ...(written === undefined ? {} : { target: written }),
    ...(forMs === undefined ? {} : { for: formatDurationMs(forMs) }),
    ...parameters,
  };
}

function requestStep({ protocol, timeoutMs, forMs, rate, slowMs, ...order }: TrafficOrder): JsonObject {
  return {
    ...order,
    protocol: protocol.toUpperCase(),
    timeout: formatDurationMs(timeoutMs),
    ...(rate === undefined ? {} : { rate }),
    ...(forMs === undefined ? {} : { for: formatDurationMs(forMs) }),
    ...(slowMs === undefined ? {} : { slow: formatDurationMs(slowMs) }),
  };
}

/** The hash that a kept run must come to again; undefined where its file names none. */
export function hashOfScript(script: JsonObject): string | undefined {
  const { metadata } = script;
  const annotations = (metadata as JsonObject | undefined)?.['annotations'] as JsonObject | undefined;
  const hash = annotations?.[HASH_ANNOTATION];
  return typeof hash === 'string' ? hash : undefined;
}
