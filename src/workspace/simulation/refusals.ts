import { isJsonObject, arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';

/** How the server took a person's write of an object: what it refused, and that it took it. */
export interface WriteVerdict {
  readonly seq: number;
  /** `Deployment/shop/web`. */
  readonly object: string;
  /** undefined: it was taken. */
  readonly refusal: Refusal | undefined;
}

/** The server's words. */
export interface Refusal {
  /** HTTP status. */
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** What it says of single fields, `spec.replicas`; empty where it names none. */
  readonly causes: readonly { readonly field: string; readonly message: string }[];
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Who writes for the person at the keyboard. */
const PERSON = 'kubectl';

/** Reads answers out of the steps of a branch: an answer belongs to the request that led to it. */
export class WriteVerdicts {
  /** Requests that have no answer yet: by seq of the request, and of every step on the way to its answer. */
  private readonly open = new Map<number, Asked>();
  /**
   * `Deployment` by `deployments.apps`: a patch says by its path alone whose it is; one that applies has the kind in its
   * body, and before another kubectl reads the object.
   */
  private readonly kinds = new Map<string, string>();

  /** What a step says of a person's write; undefined where it says nothing. */
  verdictOf(entry: TraceEntry): WriteVerdict | undefined {
    const { seq, class: kind, from, to, verb, cause, object = '', body } = entry;
    if (kind === 'request' && from === PERSON) {
      const [resource = ''] = object.split('/');
      const applied = verb === 'PATCH' ? stringAt(body, 'kind') : undefined;
      if (applied !== undefined) this.kinds.set(resource, applied);
      this.open.set(seq, { object, isWrite: WRITES.has(verb), seq });
      return undefined;
    }
    const asked = this.open.get(cause);
    // What watchers are told leads to whatever they do, and not to the answer.
    if (asked === undefined || kind === 'watch') return undefined;
    if (kind !== 'response' || to !== PERSON) {
      this.open.set(seq, asked);
      return undefined;
    }
    for (const [step, { seq: request }] of this.open) if (request === asked.seq) this.open.delete(step);
    const [resource = ''] = asked.object.split('/');
    const found = stringAt(body, 'kind');
    if (found !== undefined && found !== 'Status') this.kinds.set(resource, found);
    if (!asked.isWrite) return undefined;
    const named = `${this.kinds.get(resource) ?? resource}${asked.object.slice(resource.length)}`;
    return { seq, object: named, refusal: refusalOf(entry) };
  }
}

interface Asked {
  /** `Deployment/shop/web`, or `deployments.apps/shop/web`. */
  readonly object: string;
  readonly isWrite: boolean;
  readonly seq: number;
}

function refusalOf({ verb, body }: TraceEntry): Refusal | undefined {
  const code = Number(verb);
  if (code < 400 || !isJsonObject(body)) return undefined;
  return {
    code: numberAt(body, 'code') ?? code,
    reason: stringAt(body, 'reason') ?? '',
    message: stringAt(body, 'message') ?? '',
    causes: arrayAt(body, 'details', 'causes').flatMap((cause) => {
      const field = stringAt(cause, 'field');
      return field === undefined ? [] : [{ field, message: stringAt(cause, 'message') ?? '' }];
    }),
  };
}
