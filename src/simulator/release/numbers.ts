import type { AutoscalerFlags } from '../clusterautoscaler/loop-state.ts';

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
    /** How long a request may take that is no watch. */
    readonly requestTimeoutMs: number;
    /** How long a read waits for the watch cache to be new enough. */
    readonly freshnessTimeoutMs: number;
    /** How long it tries to reach a kubelet. */
    readonly dialTimeoutMs: number;
    /** Shortest time of a watch whose client does not say how long; at most twice that. */
    readonly minWatchTimeoutMs: number;
  };
  /** Priority and fairness. */
  readonly flowControl: {
    /** Seats of a server. */
    readonly serverSeats: number;
    /** How long a request waits for a seat. */
    readonly queueWaitMs: number;
    readonly adjustmentMs: number;
    readonly objectsPerSeat: number;
    readonly mostListSeats: number;
    readonly mostCacheSeats: number;
  };
  /** How an informer keeps its watch. */
  readonly reflector: {
    readonly backoffMs: number;
    readonly maxBackoffMs: number;
    /** Without a failure for so long, the back-off begins anew. */
    readonly backoffResetMs: number;
    /** A watch is asked for so long at least, and twice that at most. */
    readonly minWatchTimeoutSeconds: number;
    /** How long a connection may be dead before its client notices. */
    readonly deadConnectionMs: number;
  };
  readonly etcd: {
    /** Write to disk, once. Assumed for the simulation. */
    readonly fsyncMs: number;
    readonly heartbeatMs: number;
    readonly electionMs: number;
    /** How long a connection may be dead before the API server notices. */
    readonly deadConnectionMs: number;
  };
  /** How one of several processes of a kind is elected; the jitter of a retry at most, in hundredths of its period. */
  readonly leaderElection: {
    readonly leaseDurationMs: number;
    readonly renewDeadlineMs: number;
    readonly retryPeriodMs: number;
    readonly jitterPercent: number;
    /** How long one request of it waits for its answer, and how long the Lease is tried to be given back. */
    readonly requestTimeoutMs: number;
    readonly releaseTimeoutMs: number;
  };
  /** How API servers keep the endpoints of the Service `kubernetes`: how often, and how long one counts as living. */
  readonly endpointReconciler: { readonly intervalMs: number; readonly ttlSeconds: number };
  /** The balancer before several API servers: its checks, and how many in a row turn a server down, and up. */
  readonly loadBalancer: {
    readonly checkMs: number;
    readonly checkTimeoutMs: number;
    readonly connectTimeoutMs: number;
    readonly fall: number;
    readonly rise: number;
  };
  /** Length of the prefix of a Node's part of the Pods' network, in bits. */
  readonly nodeMaskSize: { readonly ipv4: number; readonly ipv6: number };
  /** How often metrics-server asks the kubelets, and how long it waits for one. */
  readonly metricsServer: { readonly resolutionMs: number; readonly timeoutMs: number };
  readonly horizontalPodAutoscaler: {
    readonly syncPeriodMs: number;
    /** How long a higher recommendation holds the size up, where `behavior` does not say. */
    readonly downscaleStabilizationMs: number;
    /** How far use may be from the target before anything is done; 0.1 is a tenth. */
    readonly tolerance: number;
    /** How long after its start the CPU use of a Pod counts only while it is ready. */
    readonly cpuInitializationMs: number;
    /** A Pod that became unready so soon after its start was never ready. */
    readonly initialReadinessDelayMs: number;
    /** Without `behavior` it grows to so many times its size, or to so many, at once. */
    readonly scaleUpLimitFactor: number;
    readonly scaleUpLimitMinimum: number;
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
  readonly kubelet: KubeletNumbers;
  /** Events of one source about one object: so many at once, then one in each span. */
  readonly eventSpam: { readonly burst: number; readonly refillMs: number };
  readonly kubeProxy: {
    /** Least time between two writings of the rules. */
    readonly minSyncPeriodMs: number;
    /** How often it asks for its Node until that is there, and for how long. */
    readonly nodePollMs: number;
    readonly nodeTimeoutMs: number;
  };
  readonly networkPolicy: {
    /** How long changes are gathered before machines are told of them, and how often they are told again. Assumed. */
    readonly syncMs: number;
    readonly repeatMs: number;
  };
  /** How long the proxy of an ingress controller waits for an endpoint. Assumed: `proxy-connect-timeout` of ingress-nginx. */
  readonly ingress: { readonly upstreamTimeoutMs: number };
  /** What a cloud needs for its load balancers, and how it checks Nodes. Assumed for the simulation. */
  readonly cloud: {
    readonly ensureMs: number;
    readonly updateMs: number;
    readonly callTimeoutMs: number;
    readonly checkMs: number;
    readonly checkTimeoutMs: number;
    /** Checks that fail in a row until a Node gets nothing any more. */
    readonly unhealthyAfter: number;
  };
  /** Flags of cluster-autoscaler. */
  readonly clusterAutoscaler: AutoscalerFlags;
  /** How long a machine of a pool boots. Assumed for the simulation. */
  readonly nodePools: { readonly bootMs: number };
  readonly storage: {
    /** What a driver needs to make a volume, and to delete it. Assumed for the simulation. */
    readonly createVolumeMs: number;
    readonly deleteVolumeMs: number;
    /** What it needs to attach a volume to a machine and to take it off, to mount it and to unmount it, to make it larger. Assumed. */
    readonly publishMs: number;
    readonly unpublishMs: number;
    readonly stageMs: number;
    readonly mountMs: number;
    readonly expandMs: number;
    /** What it needs to take a snapshot, until that can be used, to tell how one is, and to delete one. Assumed. */
    readonly createSnapshotMs: number;
    readonly snapshotReadyMs: number;
    readonly snapshotStatusMs: number;
    readonly deleteSnapshotMs: number;
    /** How long an answer of a driver is waited for. */
    readonly callTimeoutMs: number;
    /** The same where it is asked for snapshots. */
    readonly snapshotTimeoutMs: number;
    /** Waits of what makes snapshots, and volumes of them, after failures. */
    readonly retries: { readonly baseDelayMs: number; readonly maxDelayMs: number };
    /** How long a volume that nobody wants on an unhealthy Node is waited for before it is taken off by force. */
    readonly maxWaitForUnmountMs: number;
  };
  /** Clients' own limits, requests a second. */
  readonly clientLimits: Readonly<Record<string, { readonly qps: number; readonly burst: number }>>;
}

/** First and longest wait of a back-off that doubles. */
export interface BackoffLimits {
  readonly initialMs: number;
  readonly maxMs: number;
}

/** When a kubelet ends Pods because its Node runs short, by signal: `100Mi`, `10%`, `1m30s`. */
export interface EvictionNumbers {
  readonly hard: Readonly<Record<string, string>>;
  readonly soft: Readonly<Record<string, string>>;
  readonly softGracePeriod: Readonly<Record<string, string>>;
  readonly minimumReclaim: Readonly<Record<string, string>>;
  /** Pods together may not use more than is allocatable. */
  readonly enforcesAllocatable: boolean;
  /** How often the Node is looked at. */
  readonly monitorMs: number;
  /** How long a condition is kept after it was last met. */
  readonly transitionMs: number;
  /** What a Pod is given to end, for a hard and at most for a soft threshold. */
  readonly hardGraceSeconds: number;
  readonly maxSoftGraceSeconds: number;
  /** How long, and how often, it is waited until nothing of the Pod is left. */
  readonly cleanupMs: number;
  readonly cleanupPollMs: number;
}

export interface KubeletNumbers {
  /** How often the runtime is looked at. */
  readonly relistMs: number;
  /** A sync that failed is repeated after so long, and up to `syncJitter` hundredths of it more; never later than `resyncMs`. */
  readonly syncRetryMs: number;
  readonly syncJitterPercent: number;
  readonly resyncMs: number;
  readonly crashLoop: BackoffLimits;
  readonly imagePull: BackoffLimits;
  readonly mountRetry: BackoffLimits;
  /** Least time that a container is given to end. */
  readonly minimumGraceSeconds: number;
  readonly leaseSeconds: number;
  readonly renewMs: number;
  readonly renewJitterMs: number;
  readonly reportMs: number;
  /** What the kubelet declares that it can do, in order. */
  readonly declaredFeatures: readonly string[];
  /** `status.nodeInfo` but for what names the machine. */
  readonly nodeInfo: Readonly<Record<string, string>>;
  /** Resizes that wait are looked at again. */
  readonly resizeRetryMs: number;
  readonly eviction: EvictionNumbers;
  /** How long a machine that is switched off waits for its Pods, and how much of that is for critical ones; 0: not at all. */
  readonly shutdown: { readonly graceSeconds: number; readonly criticalPodsSeconds: number };
  /** Times of the runtime and the network plugin, and bytes of an image and of a registry's millisecond. Assumed. */
  readonly runtime: {
    readonly sandboxMs: number;
    readonly networkMs: number;
    readonly createMs: number;
    readonly startMs: number;
    readonly stopMs: number;
    readonly pullMs: number;
    readonly bytesPerMs: number;
    readonly imageBytes: number;
  };
}
