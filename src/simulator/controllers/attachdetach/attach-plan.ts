/** Where a volume is attached, as the controller believes. */
export interface Attached {
  readonly node: string;
  /** The Node lists it as in use: it may be mounted there. */
  readonly isMounted: boolean;
  readonly isHealthy: boolean;
  /** The Node has the taint `node.kubernetes.io/out-of-service`. */
  readonly isOutOfService: boolean;
  /** Since when nobody there wants it, in milliseconds of the run; undefined while somebody does. */
  readonly unwantedSinceMs?: number | undefined;
}

/** What is known of one volume. */
export interface AttachState {
  /** Nodes with Pods that want it. */
  readonly wanted: readonly string[];
  /** Where it is attached, is being attached, or may be. */
  readonly attached: readonly Attached[];
  /** Nodes of which the controller waits for an end of what it began: an attachment, a detachment. */
  readonly pending: readonly string[];
  readonly allowsMultiAttach: boolean;
  readonly nowMs: number;
  readonly maxWaitForUnmountMs: number;
  /** `--disable-force-detach-on-timeout`. */
  readonly disableForceDetach?: boolean;
}

export interface AttachPlan {
  readonly detach: readonly { readonly node: string; readonly isForced: boolean }[];
  readonly attach: readonly string[];
  /** Nodes that may not have it because others do. */
  readonly refused: readonly string[];
  /** Attached, and wanted by nobody there, since when. */
  readonly unwanted: Readonly<Record<string, number>>;
  /** When something will have changed by the passing of time alone. */
  readonly againInMs?: number;
}

/**
 * Where a volume is to be attached to and taken off from: first off, then on.
 * Source: pkg/controller/volume/attachdetach/reconciler/reconciler.go `reconcile`, `attachDesiredVolumes`, 1.36.
 */
export function attachPlan(state: AttachState): AttachPlan {
  const isBusy = (node: string): boolean =>
    state.allowsMultiAttach ? state.pending.includes(node) : state.pending.length > 0;
  const unwanted: Record<string, number> = {};
  const detach: { node: string; isForced: boolean }[] = [];
  let againInMs: number | undefined;
  for (const one of state.attached) {
    if (state.wanted.includes(one.node)) continue;
    const sinceMs = one.unwantedSinceMs ?? state.nowMs;
    unwanted[one.node] = sinceMs;
    if (isBusy(one.node) || (!state.allowsMultiAttach && detach.length > 0)) continue;
    const isExpired = state.nowMs - sinceMs > state.maxWaitForUnmountMs && state.disableForceDetach !== true;
    const isForced = (!one.isHealthy && isExpired) || one.isOutOfService;
    if (!one.isMounted || isForced) detach.push({ node: one.node, isForced: one.isMounted });
    // A Node that is healthy unmounts what nobody wants; of another the time tells.
    else if (!isExpired && state.disableForceDetach !== true) {
      const leftMs = sinceMs + state.maxWaitForUnmountMs + 1 - state.nowMs;
      againInMs = Math.min(againInMs ?? Infinity, leftMs);
    }
  }
  return {
    detach,
    unwanted,
    ...attachments(state, detach.length > 0, isBusy),
    ...(againInMs === undefined ? {} : { againInMs }),
  };
}

function attachments(
  { wanted, attached, allowsMultiAttach }: AttachState,
  isDetaching: boolean,
  isBusy: (node: string) => boolean,
): Pick<AttachPlan, 'attach' | 'refused'> {
  const attach: string[] = [];
  const refused: string[] = [];
  for (const node of wanted) {
    if (isBusy(node) || attached.some((one) => one.node === node)) continue;
    if (!allowsMultiAttach) {
      if (isDetaching) continue;
      if (attached.length > 0) {
        refused.push(node);
        continue;
      }
      if (attach.length > 0) continue;
    }
    attach.push(node);
  }
  return { attach, refused };
}
