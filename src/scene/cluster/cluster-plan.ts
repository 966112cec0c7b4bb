import type { RecordId } from '../../design/design.ts';

/** What would run where, as the Cluster picture draws it. Worked out by the scheduler's own plugins, see `workspace/cluster-plan`. */
export interface ClusterPlan {
  /** In the order in which the scheduler looks at them. */
  readonly nodes: readonly PlannedNode[];
  /** Pods that fit nowhere, by what asks for them. */
  readonly unplaced: readonly UnplacedPods[];
  /** Pods that nobody tried to place, because there are too many. */
  readonly untried: number;
}

export interface PlannedNode extends NodeFacts {
  /** Undefined for a Node that the design does not hold and that is drawn all the same. */
  readonly record?: RecordId;
  readonly name: string;
  readonly pods: readonly PlannedPods[];
}

/** What a Node says on the picture, and how full it would be. */
export interface NodeFacts {
  /** Of `node-role.kubernetes.io/…`. */
  readonly roles: readonly string[];
  /** The control plane runs here. */
  readonly isControlPlane: boolean;
  /** `topology.kubernetes.io/zone`; '' where there is none. */
  readonly zone: string;
  /** As `kubectl taint` takes them: `gpu=yes:NoSchedule`. */
  readonly taints: readonly string[];
  readonly isCordoned: boolean;
  readonly room: NodeRoom;
}

export interface NodeRoom {
  /** Thousandths of a CPU. */
  readonly cpuMilli: Fill;
  readonly memoryBytes: Fill;
  readonly pods: Fill;
}

/** The sum of the requests of the Pods on a Node, and what the Node has for them. */
export interface Fill {
  readonly requested: number;
  readonly allocatable: number;
}

/** How many Pods of one object. */
export interface PlannedPods {
  /** What asks for the Pods: the workload, or the Pod itself. */
  readonly record: RecordId;
  readonly count: number;
}

export interface UnplacedPods extends PlannedPods {
  /** The scheduler's own words: `0/4 nodes are available: …`. */
  readonly reason: string;
}

/** Nodes that are drawn where the design holds none. */
export interface AssumedNodes {
  readonly workers: number;
  /** CPUs of a worker. */
  readonly cpu: number;
  /** GiB of a worker. */
  readonly memoryGi: number;
}
