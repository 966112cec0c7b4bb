import type { JsonValue } from '../../base/json.ts';
import type { Operator } from '../operator/operator.ts';

/**
 * How containers behave, as a script gives it: all that a real image would decide by being run. The first behaviour whose
 * `match` fits a container is taken; what it leaves out, and containers that none fits, have the defaults. All times are
 * milliseconds since the start of the container unless said otherwise.
 *
 * @example
 * const slow: Behaviour = { match: { image: 'registry.example/shop:*' }, startMs: 500, readyAfterMs: 20_000 };
 */
export interface Behaviour {
  /** Every part that is given must fit; without any it fits every container. */
  readonly match: BehaviourMatch;
  /** Until its process listens: probes fail before. */
  readonly startMs?: number;
  /** Until readiness probes and requests succeed; `startMs` where left out. */
  readonly readyAfterMs?: number;
  /** Spans in which it is not ready although it was. */
  readonly notReady?: readonly Span[];
  /** Until liveness probes fail for good. */
  readonly unhealthyAfterMs?: number;
  /** Until the process ends by itself: with `exitCode`. Jobs and init containers end where left out. */
  readonly exitAfterMs?: number;
  /** Code with which it ends by itself; 0 where left out. */
  readonly exitCode?: number;
  /** Until it crashes, with `exitCode` (1 where left out). */
  readonly crashAfterMs?: number;
  /** How many times it crashes before it runs well; without end where left out. */
  readonly crashes?: number;
  /** Why the runtime cannot make the container, or start its process, in its words. */
  readonly createFailure?: string;
  readonly startFailure?: string;
  /** Ports on which it listens; those that the container declares where left out. */
  readonly listens?: readonly number[];
  /** From SIGTERM until the process has ended; Infinity where it pays no heed and waits for SIGKILL. */
  readonly stopMs?: number;
  /** Code with which it ends after SIGTERM; 143 where left out: the signal itself ended it. */
  readonly stopExitCode?: number;
  /** Millicores of CPU and bytes of memory. Above its limit of memory the container is killed. */
  readonly cpuMillicores?: Usage;
  readonly memoryBytes?: Usage;
  /** Bytes that it has written to the Node's disk; nothing where left out. */
  readonly storageBytes?: Usage;
  readonly image?: ImageBehaviour;
  /** What the process writes, and when. */
  readonly logs?: readonly LogLine[];
  /** Answers to HTTP probes and requests by path; 200 while it is ready and 503 before where none fits. */
  readonly http?: readonly HttpAnswer[];
  /** What commands that are run in the container print, by the first words of the command. */
  readonly exec?: readonly ExecAnswer[];
  /** Answers to reviews of API servers, the first that fits: of a webhook that `match` names. Allowed where none fits. */
  readonly reviews?: readonly ReviewAnswer[];
  /** The same of the webhook with which a CustomResourceDefinition converts: the apiVersion alone changes where none fits. */
  readonly conversions?: readonly ConversionAnswer[];
  /** What has the metric that `match` names, and how much of it, the first that fits. */
  readonly metrics?: readonly MetricSeries[];
  /** What the operator that `match` names does. */
  readonly operator?: Omit<Operator, 'name'>;
}

/** From a moment on, until another (without end where left out). */
export interface Span {
  readonly fromMs?: number;
  readonly untilMs?: number;
}

export interface BehaviourMatch {
  /** The image as the Pod names it; `*` stands for any letters. */
  readonly image?: string;
  readonly container?: string;
  readonly namespace?: string;
  /** Labels of the Pod. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The webhook as its configuration names it, its Service as `namespace/name`, or its URL: no container is meant then. */
  readonly webhook?: string;
  readonly service?: string;
  readonly url?: string;
  /** A metric of the custom or external metrics API: no container is meant then. */
  readonly metric?: string;
  /** An operator of a custom resource, by its name: no container is meant then. */
  readonly operator?: string;
}

/** A metric of objects of the cluster, or of nothing in it: values over the time of the run, or requests that are counted. */
export interface MetricSeries {
  /** `pods`, `services`, `ingresses.networking.k8s.io`; `external` for what no object of the cluster has. */
  readonly of: string;
  /** Of which objects; of all where left out. `*` stands for any letters. */
  readonly namespace?: string;
  readonly name?: string;
  /** Labels of an external metric. */
  readonly labels?: Readonly<Record<string, string>>;
  /** In thousandths, from moments of the run on. */
  readonly value?: { readonly steps: readonly { readonly fromMs: number; readonly value: number }[] };
  /** Requests a second that a Pod or Ingress was sent, or the Pods of a Service or Namespace together, over so long. */
  readonly requests?: { readonly windowMs?: number };
}

export interface Usage {
  /** From `fromMs` on it is `value`; sorted. */
  readonly steps: readonly { readonly fromMs: number; readonly value: number }[];
  /** Added for each request a second. */
  readonly perRequest?: number;
}

export interface ImageBehaviour {
  readonly sizeBytes?: number;
  /** Why a pull fails, in the words of the runtime; it succeeds where left out. */
  readonly pullFailure?: string;
  /** How many pulls on one Node fail before one succeeds; without end where left out. */
  readonly pullFailures?: number;
  /** The user as which the image runs; a number, or a name that says nothing about being root. */
  readonly user?: string;
}

export interface LogLine {
  readonly atMs: number;
  readonly line: string;
}

export interface HttpAnswer extends Span {
  readonly path: string;
  readonly code: number;
  /** The page itself; empty where left out. */
  readonly body?: string;
  /** How long the answer takes; 0 where left out. */
  readonly takesMs?: number;
}

export interface ExecAnswer extends Span {
  readonly command: string;
  readonly output?: string;
  readonly exitCode?: number;
  /** How long the command runs; 0 where left out. */
  readonly takesMs?: number;
}

/** What a webhook answers to a review, in a span of the run. Every part of `of` that is given must fit. */
export interface ReviewAnswer extends Span {
  readonly of?: {
    readonly kinds?: readonly string[];
    readonly operations?: readonly string[];
    readonly namespace?: string;
    /** Name of the object; `*` stands for any letters. */
    readonly name?: string;
  };
  /** Yes where left out. */
  readonly allowed?: boolean;
  /** The Status of a refusal. */
  readonly status?: { readonly code?: number; readonly reason?: string; readonly message?: string };
  /** A JSON patch. */
  readonly patch?: readonly JsonValue[];
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  /** How long it takes; 0 where left out. */
  readonly takesMs?: number;
  /** Nobody listens. */
  readonly down?: boolean;
  /** It answers with this HTTP status and no review. */
  readonly code?: number;
}

/** How a webhook converts custom resources, in a span of the run. Every part of `of` that is given must fit. */
export interface ConversionAnswer extends Span {
  readonly of?: {
    readonly kinds?: readonly string[];
    readonly namespace?: string;
    /** Name of the object; `*` stands for any letters. */
    readonly name?: string;
    /** The version that is asked for. */
    readonly to?: string;
  };
  /** A JSON patch; an operation that finds nothing to change is passed over. */
  readonly patch?: readonly JsonValue[];
  /** It cannot be converted: why. */
  readonly failure?: string;
  /** How long it takes; 0 where left out. */
  readonly takesMs?: number;
  /** Nobody listens. */
  readonly down?: boolean;
  /** It answers with this HTTP status and no review. */
  readonly code?: number;
}

/** Whether a moment lies in a span. */
export function isWithin({ fromMs = 0, untilMs = Infinity }: Span, atMs: number): boolean {
  return atMs >= fromMs && atMs < untilMs;
}
