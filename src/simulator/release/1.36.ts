import type { ReleaseNumbers } from './numbers.ts';

/** The pinned release. */
export const NUMBERS_1_36: ReleaseNumbers = {
  release: 36,
  network: { betweenMachinesMs: 1, withinMachineMs: 0, jitterMs: 1 },
  apiServer: {
    handlingMs: 1,
    // staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `defaultBookmarkFrequency`.
    bookmarkPeriodMs: 60_000,
    // pkg/controlplane/apiserver/options/options.go `EventTTL`.
    eventTtlSeconds: 3600,
    // staging/src/k8s.io/apiserver/pkg/storage/storagebackend/config.go `DefaultCompactInterval`.
    compactionIntervalMs: 300_000,
    // staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go `defaultLowerBoundCapacity`.
    watchCacheEvents: 100,
    // staging/src/k8s.io/apiserver/pkg/server/config.go `RequestTimeout`.
    clientTimeoutMs: 60_000,
    requestTimeoutMs: 60_000,
    // staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go `blockTimeout`.
    freshnessTimeoutMs: 3000,
    // staging/src/k8s.io/apimachinery/pkg/util/net/http.go `SetTransportDefaults`.
    dialTimeoutMs: 30_000,
    // staging/src/k8s.io/apiserver/pkg/server/config.go `MinRequestTimeout`.
    minWatchTimeoutMs: 1_800_000,
  },
  // staging/src/k8s.io/apiserver/pkg/server/config.go `MaxRequestsInFlight` and `MaxMutatingRequestsInFlight` together,
  // options/recommended.go (a quarter of `RequestTimeout`), util/flowcontrol/apf_controller.go `borrowingAdjustmentPeriod`,
  // util/flowcontrol/request/config.go `bytesPerSeat` in objects of a kilobyte, `MaximumListSeatsLimit` and
  // `cacheWithStreamingMaxMemoryUsage` in seats.
  flowControl: {
    serverSeats: 600,
    queueWaitMs: 15_000,
    adjustmentMs: 10_000,
    objectsPerSeat: 100,
    mostListSeats: 100,
    mostCacheSeats: 10,
  },
  // staging/src/k8s.io/client-go/tools/cache/reflector.go `defaultBackoffInit` and its like, `defaultMinWatchTimeout`;
  // staging/src/k8s.io/apimachinery/pkg/util/net/http.go `readIdleTimeoutSeconds` and `pingTimeoutSeconds` together.
  reflector: {
    backoffMs: 800,
    maxBackoffMs: 30_000,
    backoffResetMs: 120_000,
    minWatchTimeoutSeconds: 300,
    deadConnectionMs: 45_000,
  },
  // etcd server/embed/config.go, 3.6.8: `TickMs`, `ElectionMs`; the last: `keepaliveTime` and `keepaliveTimeout` of
  // staging/src/k8s.io/apiserver/pkg/storage/storagebackend/factory/etcd3.go together.
  etcd: { fsyncMs: 2, heartbeatMs: 100, electionMs: 1000, deadConnectionMs: 40_000 },
  // staging/src/k8s.io/component-base/config/v1alpha1/defaults.go `RecommendedDefaultLeaderElectionConfiguration`;
  // staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go `JitterFactor`, `release` (the renew deadline);
  // resourcelock/interface.go `NewFromKubeconfig` (half of it).
  leaderElection: {
    leaseDurationMs: 15_000,
    renewDeadlineMs: 10_000,
    retryPeriodMs: 2000,
    jitterPercent: 120,
    requestTimeoutMs: 5000,
    releaseTimeoutMs: 10_000,
  },
  // pkg/controlplane/instance.go `DefaultEndpointReconcilerInterval`, `DefaultEndpointReconcilerTTL`.
  endpointReconciler: { intervalMs: 10_000, ttlSeconds: 15 },
  // github.com/kubernetes/kubeadm docs/ha-considerations.md, haproxy.cfg (`timeout connect`); haproxy's own defaults of
  // `inter`, `fall` and `rise`; a check waits for as long as `inter` at most.
  loadBalancer: { checkMs: 2000, checkTimeoutMs: 2000, connectTimeoutMs: 5000, fall: 3, rise: 2 },
  // cmd/kube-controller-manager/app/core.go: `--node-cidr-mask-size-ipv4` and `--node-cidr-mask-size-ipv6`.
  nodeMaskSize: { ipv4: 24, ipv6: 64 },
  // github.com/kubernetes-sigs/metrics-server cmd/metrics-server/app/options/options.go, v0.8: `--metric-resolution`; and
  // manifests/base/deployment.yaml, which sets it to 15 s; `--kubelet-request-timeout`.
  metricsServer: { resolutionMs: 15_000, timeoutMs: 10_000 },
  // pkg/controller/podautoscaler/config/v1alpha1/defaults.go; horizontal.go `scaleUpLimitFactor`, `scaleUpLimitMinimum`.
  horizontalPodAutoscaler: {
    syncPeriodMs: 15_000,
    downscaleStabilizationMs: 300_000,
    tolerance: 0.1,
    cpuInitializationMs: 300_000,
    initialReadinessDelayMs: 30_000,
    scaleUpLimitFactor: 2,
    scaleUpLimitMinimum: 4,
  },
  // staging/src/k8s.io/client-go/util/workqueue/default_rate_limiters.go `DefaultTypedControllerRateLimiter`.
  workqueue: { baseDelayMs: 5, maxDelayMs: 1_000_000 },
  // pkg/scheduler/apis/config/v1/defaults.go `PodInitialBackoffSeconds`, `PodMaxBackoffSeconds`.
  schedulerBackoff: { initialMs: 1000, maxMs: 10_000 },
  kubelet: {
    // pkg/kubelet/kubelet.go `genericPlegRelistPeriod`, `containerBackOffPeriod`.
    relistMs: 1000,
    syncRetryMs: 10_000,
    // pkg/kubelet/pod_workers.go `workerBackOffPeriodJitterFactor`.
    syncJitterPercent: 50,
    // pkg/kubelet/apis/config/v1beta1/defaults.go `SyncFrequency`.
    resyncMs: 60_000,
    // pkg/kubelet/kubelet.go `MaxCrashLoopBackOff`, `initialCrashLoopBackOff`, `imageBackOffPeriod`, `MaxImageBackOff`.
    crashLoop: { initialMs: 10_000, maxMs: 300_000 },
    imagePull: { initialMs: 10_000, maxMs: 300_000 },
    // pkg/util/goroutinemap/exponentialbackoff/exponential_backoff.go.
    mountRetry: { initialMs: 500, maxMs: 122_000 },
    // pkg/kubelet/kuberuntime/kuberuntime_manager.go `minimumGracePeriodInSeconds`.
    minimumGraceSeconds: 2,
    // pkg/kubelet/apis/config/v1beta1/defaults.go `NodeLeaseDurationSeconds`, `NodeStatusReportFrequency`;
    // pkg/kubelet/kubelet.go `nodeLeaseRenewIntervalFraction`.
    leaseSeconds: 40,
    renewMs: 10_000,
    renewJitterMs: 400,
    reportMs: 300_000,
    // staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features/registry.go: those whose gates are on.
    declaredFeatures: [
      'ExtendWebSocketsToKubelet',
      'InPlacePodLevelResourcesVerticalScaling',
      'InPlacePodVerticalScalingInitContainers',
      'RestartAllContainersOnContainerExits',
    ],
    // The machine is assumed.
    nodeInfo: {
      architecture: 'amd64',
      containerRuntimeVersion: 'containerd://2.2.0',
      kernelVersion: '6.12.0',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.36.2',
      operatingSystem: 'linux',
      osImage: 'Linux',
    },
    // pkg/kubelet/allocation/allocation_manager.go `retryDelay`.
    resizeRetryMs: 180_000,
    // pkg/kubelet/eviction/defaults_linux.go `DefaultEvictionHard` (inodes are not simulated: 5% of nodefs and imagefs),
    // pkg/kubelet/apis/config/v1beta1/defaults.go `EvictionPressureTransitionPeriod`, `EnforceNodeAllocatable`,
    // pkg/kubelet/kubelet.go `evictionMonitoringPeriod`, pkg/kubelet/eviction/eviction_manager.go `podCleanupTimeout`,
    // `podCleanupPollFreq`, `immediateEvictionGracePeriodSeconds`.
    eviction: {
      hard: { 'memory.available': '100Mi', 'nodefs.available': '10%', 'imagefs.available': '15%' },
      soft: {},
      softGracePeriod: {},
      minimumReclaim: {},
      enforcesAllocatable: true,
      monitorMs: 10_000,
      transitionMs: 300_000,
      hardGraceSeconds: 1,
      maxSoftGraceSeconds: 0,
      cleanupMs: 30_000,
      cleanupPollMs: 1000,
    },
    // Both default to 0, which is no graceful shutdown at all: these are the example of `ShutdownGracePeriodCriticalPods` in
    // staging/src/k8s.io/kubelet/config/v1beta1/types.go.
    shutdown: { graceSeconds: 30, criticalPodsSeconds: 10 },
    runtime: {
      sandboxMs: 150,
      networkMs: 30,
      createMs: 40,
      startMs: 60,
      stopMs: 100,
      pullMs: 300,
      bytesPerMs: 100_000,
      imageBytes: 60_000_000,
    },
  },
  // staging/src/k8s.io/client-go/tools/record/events_cache.go `defaultSpamBurst`, `defaultSpamQPS`.
  eventSpam: { burst: 25, refillMs: 300_000 },
  // pkg/proxy/apis/config/v1alpha1/defaults.go `IPTables.MinSyncPeriod`; pkg/proxy/node.go `NewNodeManager`.
  kubeProxy: { minSyncPeriodMs: 1000, nodePollMs: 1000, nodeTimeoutMs: 30_000 },
  networkPolicy: { syncMs: 100, repeatMs: 30_000 },
  ingress: { upstreamTimeoutMs: 5000 },
  cloud: {
    ensureMs: 5000,
    updateMs: 2000,
    callTimeoutMs: 60_000,
    checkMs: 10_000,
    checkTimeoutMs: 5000,
    unhealthyAfter: 2,
  },
  // cluster-autoscaler/config/flags/flags.go, config/const.go, config/autoscaling_options.go, cluster-autoscaler 1.36.1.
  clusterAutoscaler: {
    expanders: ['least-waste'],
    scanIntervalMs: 10_000,
    scaleDownEnabled: true,
    scaleDownUnneededMs: 600_000,
    scaleDownUnreadyMs: 1_200_000,
    scaleDownDelayAfterAddMs: 600_000,
    scaleDownDelayAfterDeleteMs: 0,
    scaleDownDelayAfterFailureMs: 180_000,
    scaleDownUtilizationThreshold: 0.5,
    balanceSimilarNodeGroups: false,
    differenceRatios: { memoryCapacity: 0.015, allocatable: 0.05, free: 0.05 },
    maxNodesTotal: 0,
    maxNodesPerScaleUp: 1000,
    maxNodeProvisionMs: 900_000,
    maxNodeStartupMs: 900_000,
    newPodScaleUpDelayMs: 0,
    expendablePodsPriorityCutoff: -10,
    ignoreDaemonSetsUtilization: false,
    unremovableRecheckMs: 300_000,
    maxScaleDownParallelism: 10,
    maxDrainParallelism: 1,
    maxBulkSoftTaintCount: 10,
    deleteDelayAfterTaintMs: 5000,
    maxPodEvictionMs: 120_000,
    maxGracefulTerminationMs: 600_000,
    okTotalUnreadyCount: 3,
    maxTotalUnreadyPercentage: 45,
    initialBackoffMs: 300_000,
    maxBackoffMs: 1_800_000,
    backoffResetMs: 10_800_000,
    enforceNodeGroupMinSize: false,
    skipNodesWithCustomControllerPods: true,
    skipNodesWithSystemPods: true,
    skipNodesWithLocalStorage: true,
    minReplicaCount: 0,
    systemPodTimeoutMs: 3_600_000,
  },
  nodePools: { bootMs: 60_000 },
  // github.com/kubernetes-csi/external-attacher cmd/csi-attacher/main.go `--timeout`, v4;
  // pkg/controller/volume/attachdetach/attach_detach_controller.go `ReconcilerMaxWaitForUnmountDuration`;
  // github.com/kubernetes-csi/external-snapshotter cmd/csi-snapshotter/main.go `--timeout`, `--retry-interval-start`,
  // `--retry-interval-max`, v8.6.0, and those of cmd/snapshot-controller/main.go, which are the same.
  storage: {
    createVolumeMs: 1000,
    deleteVolumeMs: 1000,
    publishMs: 2000,
    unpublishMs: 2000,
    stageMs: 500,
    mountMs: 100,
    expandMs: 2000,
    createSnapshotMs: 2000,
    snapshotReadyMs: 10_000,
    snapshotStatusMs: 100,
    deleteSnapshotMs: 1000,
    callTimeoutMs: 15_000,
    snapshotTimeoutMs: 60_000,
    retries: { baseDelayMs: 1000, maxDelayMs: 300_000 },
    maxWaitForUnmountMs: 360_000,
  },
  clientLimits: {
    // pkg/scheduler/apis/config/v1/defaults.go `ClientConnection`.
    'kube-scheduler': { qps: 50, burst: 100 },
    // staging/src/k8s.io/controller-manager/config/v1alpha1/defaults.go.
    'kube-controller-manager': { qps: 20, burst: 30 },
    // pkg/kubelet/apis/config/v1beta1/defaults.go `KubeAPIQPS`, `KubeAPIBurst`.
    kubelet: { qps: 50, burst: 100 },
    // pkg/proxy/apis/config/v1alpha1/defaults.go `ClientConnection`.
    'kube-proxy': { qps: 5, burst: 10 },
    // cluster-autoscaler/config/flags/flags.go `kube-client-qps`, `kube-client-burst`; client-go rest `DefaultQPS`, `DefaultBurst`.
    'cluster-autoscaler': { qps: 5, burst: 10 },
  },
};
