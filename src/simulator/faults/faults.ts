import { assert } from '../../base/assert.ts';
import { apiOverload } from './api-overload.ts';
import { apiServerPartition } from './api-server-partition.ts';
import { apiServerStop } from './api-server-stop.ts';
import { certificateExpiry } from './certificate-expiry.ts';
import { chaos } from './chaos.ts';
import { clockSkew } from './clock-skew.ts';
import { cniDown } from './cni-down.ts';
import { containerFreeze } from './container-freeze.ts';
import { containerKill } from './container-kill.ts';
import { controllerManagerStop } from './controller-manager-stop.ts';
import { corednsDown } from './coredns-down.ts';
import { diskFull } from './disk-full.ts';
import { etcdctlLine } from './etcdctl.ts';
import { etcdMemberLoss } from './etcd-member-loss.ts';
import { etcdPartition } from './etcd-partition.ts';
import { etcdSpace } from './etcd-space.ts';
import type { FaultDefinition } from './fault.ts';
import { imagePullError } from './image-pull-error.ts';
import { kubeletStop } from './kubelet-stop.ts';
import { linkCut } from './link-cut.ts';
import { loadSpike } from './load-spike.ts';
import { mend } from './mend.ts';
import { nodeFailure } from './node-failure.ts';
import { nodeJoin } from './node-join.ts';
import { nodeLeave } from './node-leave.ts';
import { nodePartition } from './node-partition.ts';
import { nodeShutdown } from './node-shutdown.ts';
import { schedulerStop } from './scheduler-stop.ts';
import { slowDisk } from './slow-disk.ts';
import { webhookDown } from './webhook-down.ts';
import { zoneLoss } from './zone-loss.ts';

const ALL: readonly FaultDefinition[] = [
  nodeFailure,
  nodeShutdown,
  nodePartition,
  kubeletStop,
  schedulerStop,
  controllerManagerStop,
  apiServerStop,
  apiServerPartition,
  etcdPartition,
  etcdMemberLoss,
  slowDisk,
  containerKill,
  containerFreeze,
  imagePullError,
  nodeJoin,
  nodeLeave,
  linkCut,
  webhookDown,
  apiOverload,
  clockSkew,
  zoneLoss,
  diskFull,
  etcdSpace,
  certificateExpiry,
  loadSpike,
  cniDown,
  corednsDown,
  chaos,
  etcdctlLine,
  mend,
];

/** Every fault, by name; refuses a name that is given twice. */
export const FAULTS: ReadonlyMap<string, FaultDefinition> = new Map(
  ALL.map((fault, index) => {
    assert(ALL.findIndex(({ name }) => name === fault.name) === index, `fault given twice: ${fault.name}`);
    return [fault.name, fault];
  }),
);
