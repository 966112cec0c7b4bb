import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { diagnoseClaim } from './claim-diagnosis.ts';
import type { Moment, Proof } from './moment.ts';
import { keyOf, provenBy } from './moment.ts';
import { diagnoseNode } from './node-diagnosis.ts';
import { diagnosePod } from './pod-diagnosis.ts';
import { diagnoseService } from './service-diagnosis.ts';
import { diagnoseSnapshot } from './snapshot-diagnosis.ts';
import { diagnoseWorkload } from './workload-diagnosis.ts';

/** Every sentence that a diagnosis can be; in the locales as `why.ID`. */
export const DIAGNOSIS_IDS = [
  'schedulerDown',
  'gated',
  'noNode',
  'notScheduledYet',
  'kubeletDown',
  'image',
  'crashLoop',
  'config',
  'cannotStart',
  'initContainer',
  'volume',
  'creating',
  'probeFails',
  'probeWaits',
  'restarted',
  'nodeLost',
  'evictionWaits',
  'evictionNow',
  'nobodyConfirms',
  'ending',
  'finalizer',
  'podFailed',
  'refused',
  'controllersDown',
  'deadline',
  'paused',
  'waitsForPods',
  'waitsForOrdinal',
  'jobFailed',
  'jobRetries',
  'noPodMatches',
  'noPodMatchesButOne',
  'noneReady',
  'notWrittenYet',
  'noPods',
  'claimWaits',
  'claimClass',
  'claimPending',
  'claimNoSnapshot',
  'claimOfSnapshot',
  'snapshotWaits',
  'snapshotFails',
  'snapshotTaken',
  'snapshotCopied',
  'snapshotKept',
  'kubeletSilent',
  'nodeNotReady',
  'nodeCordoned',
  'requestRefused',
] as const;
export type DiagnosisId = (typeof DIAGNOSIS_IDS)[number];

/** Why an object is not as it was meant to be: one sentence, and the step that proves it. */
export interface Diagnosis {
  readonly object: string;
  readonly id: DiagnosisId;
  /** Names, numbers, and what Kubernetes said in its own words (`message`). */
  readonly params: Readonly<Record<string, string>>;
  /** Seq of a step of the run; undefined where no step shows it. */
  readonly proof: number | undefined;
  /** The object whose own trouble is behind this one. */
  readonly because?: string;
}

/** What the parts give: the step is only looked for when the sentence is wanted. */
export interface Finding {
  readonly id: DiagnosisId;
  readonly params?: Readonly<Record<string, string>>;
  readonly proof?: Proof;
  readonly because?: string;
}

const PARTS: Readonly<Record<string, (object: KubernetesObject, moment: Moment) => Finding | undefined>> = {
  Pod: diagnosePod,
  Deployment: diagnoseWorkload,
  ReplicaSet: diagnoseWorkload,
  StatefulSet: diagnoseWorkload,
  DaemonSet: diagnoseWorkload,
  Job: diagnoseWorkload,
  Service: diagnoseService,
  PersistentVolumeClaim: diagnoseClaim,
  VolumeSnapshot: diagnoseSnapshot,
  Node: diagnoseNode,
};

/** Undefined for an object that is as it was meant to be, and for kinds that are nothing but data. */
export function diagnose(object: KubernetesObject, moment: Moment): Diagnosis | undefined {
  const finding = PARTS[object.kind]?.(object, moment);
  return finding && told(object, finding, moment);
}

function told(object: KubernetesObject, { id, params = {}, proof, because }: Finding, moment: Moment): Diagnosis {
  return {
    object: keyOf(object),
    id,
    params,
    proof: proof && provenBy(moment, proof),
    ...(because === undefined ? {} : { because }),
  };
}

/** What is furthest down comes first: it is behind the rest. */
const ORDER = [
  'Node',
  'VolumeSnapshot',
  'PersistentVolumeClaim',
  'Pod',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Deployment',
  'Service',
];
const MOST = 60;

/** Everything that is not as it was meant to be, and how many more there are than are told. */
export function troublesOf(moment: Moment): { readonly troubles: readonly Diagnosis[]; readonly more: number } {
  const found = moment.objects
    .filter(({ kind }) => kind in PARTS)
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .flatMap((object) => {
      const finding = PARTS[object.kind]!(object, moment);
      return finding === undefined ? [] : [{ object, finding }];
    });
  const troubles = found.slice(0, MOST).map(({ object, finding }) => told(object, finding, moment));
  return { troubles: [...refusals(moment), ...troubles], more: Math.max(0, found.length - MOST) };
}

const MOST_REFUSALS = 5;

/** Requests of kubectl that the API server refused: what they asked for is not there to be asked about. */
function refusals({ entries, seq }: Moment): readonly Diagnosis[] {
  const found: Diagnosis[] = [];
  for (let at = Math.min(seq, entries.length) - 1; at >= 0 && found.length < MOST_REFUSALS; at--) {
    const answer = entries[at]!;
    if (answer.class !== 'response' || answer.to !== 'kubectl' || !/^(?:400|403|409|422)$/.test(answer.verb)) continue;
    const request = requestBefore(entries, at);
    const body = answer.body as { readonly message?: unknown } | undefined;
    if (request === undefined || request.verb === 'GET') continue;
    found.push({
      object: request.object ?? '',
      id: 'requestRefused',
      params: { code: answer.verb, message: String(body?.message ?? '') },
      proof: answer.seq,
    });
  }
  return found;
}

function requestBefore(entries: Moment['entries'], at: number) {
  let entry = entries[at];
  while (entry !== undefined && entry.cause > 0) {
    entry = entries[entry.cause - 1];
    if (entry?.class === 'request' && entry.from === 'kubectl') return entry;
  }
  return undefined;
}
