/**
 * Numbers of one release of Kubernetes: defaults, timers, backoffs. Code and lessons read them from here and from nowhere
 * else. Times in milliseconds unless the name says otherwise; each value with its source in `release/1.36.ts`.
 */
export interface ReleaseNumbers {
  /** Minor of Kubernetes 1.x. */
  readonly release: number;
  readonly network: {
    /** One way between two machines, and within one; the most that chance adds. Assumed for the simulation. */
    readonly betweenMachinesMs: number;
    readonly withinMachineMs: number;
    readonly jitterMs: number;
  };
  readonly apiServer: {
    /** Handling of one request, without etcd. Assumed for the simulation. */
    readonly handlingMs: number;
    readonly bookmarkPeriodMs: number;
    readonly eventTtlSeconds: number;
    readonly compactionIntervalMs: number;
    readonly watchCacheEvents: number;
    readonly clientTimeoutMs: number;
  };
  readonly etcd: {
    /** Write to disk, once. Assumed for the simulation. */
    readonly fsyncMs: number;
    readonly heartbeatMs: number;
    readonly electionMs: number;
  };
  readonly workqueue: {
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
  };
  /** How long a Pod that could not be scheduled waits at first, and at most. */
  readonly schedulerBackoff: {
    readonly initialMs: number;
    readonly maxMs: number;
  };
  /** Clients' own limits, requests a second. */
  readonly clientLimits: Readonly<Record<string, { readonly qps: number; readonly burst: number }>>;
}
