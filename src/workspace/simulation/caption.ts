import type { LogEntry } from '../../simulator/story/log-entry.ts';
import { isCall } from '../../simulator/story/log-entry.ts';
import { POLICIES } from '../../simulator/network/policies/policy-controller.ts';
import { REQUEST, REQUESTS_ENDED, REQUESTS_FAIL } from '../../simulator/network/traffic-notes.ts';

/** One sentence for a step: the id of a sentence and what fills it. Names of components and objects stay as they are. */
export interface Caption {
  readonly id: CaptionId;
  readonly params: Readonly<Record<string, string>>;
}

export const CAPTION_IDS = [
  'kubectl',
  'create',
  'createNew',
  'update',
  'status',
  'patch',
  'bind',
  'evict',
  'delete',
  'read',
  'readPath',
  'answer',
  'refused',
  'store',
  'erase',
  'fetch',
  'etcdAnswer',
  'etcdWatch',
  'added',
  'modified',
  'deleted',
  'watchOpened',
  'scheduled',
  'unschedulable',
  'sandbox',
  'pull',
  'createContainer',
  'startContainer',
  'stopContainer',
  'stopSandbox',
  'network',
  'askRuntime',
  'runtimeAnswer',
  'tellPolicies',
  'attachVolume',
  'detachVolume',
  'stageVolume',
  'publishVolume',
  'unpublishVolume',
  'unstageVolume',
  'makeVolume',
  'takeSnapshot',
  'dropSnapshot',
  'expandVolume',
  'askDriver',
  'driverAnswer',
  'authenticate',
  'flowControl',
  'authorize',
  'admit',
  'allocate',
  'writeRules',
  'syncFailed',
  'evicted',
  'mayGoOff',
  'policyDropped',
  'sendRequest',
  'connect',
  'connectOutside',
  'askDns',
  'dnsAnswer',
  'carry',
  'serve',
  'wayBack',
  'requestAnswered',
  'requestsFail',
  'requestsEnded',
  'fault',
  'lost',
  'other',
] as const;
export type CaptionId = (typeof CAPTION_IDS)[number];

const REQUESTS: Readonly<Record<string, CaptionId>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const SUBRESOURCES: Readonly<Record<string, CaptionId>> = { status: 'status', binding: 'bind', eviction: 'evict' };
const WATCHES: Readonly<Record<string, CaptionId>> = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' };
const NOTES: Readonly<Record<string, CaptionId>> = {
  authenticate: 'authenticate',
  flowControl: 'flowControl',
  authorize: 'authorize',
  admit: 'admit',
  mutatingAdmission: 'admit',
  validatingAdmission: 'admit',
  allocate: 'allocate',
  kubectl: 'kubectl',
  'iptables-restore': 'writeRules',
  nft: 'writeRules',
  ipvsadm: 'writeRules',
  'SYNC FAILED': 'syncFailed',
  evict: 'evicted',
  shutdown: 'mayGoOff',
};
const CALLS: Readonly<Record<string, CaptionId>> = {
  RunPodSandbox: 'sandbox',
  PullImage: 'pull',
  CreateContainer: 'createContainer',
  StartContainer: 'startContainer',
  StopContainer: 'stopContainer',
  StopPodSandbox: 'stopSandbox',
  RemovePodSandbox: 'stopSandbox',
  ADD: 'network',
  [POLICIES]: 'tellPolicies',
};
/** What storage drivers are called for. */
const DRIVER_CALLS: Readonly<Record<string, CaptionId>> = {
  ControllerPublishVolume: 'attachVolume',
  ControllerUnpublishVolume: 'detachVolume',
  ControllerExpandVolume: 'expandVolume',
  CreateVolume: 'makeVolume',
  CreateSnapshot: 'takeSnapshot',
  DeleteSnapshot: 'dropSnapshot',
  NodeStageVolume: 'stageVolume',
  NodePublishVolume: 'publishVolume',
  NodeUnpublishVolume: 'unpublishVolume',
  NodeUnstageVolume: 'unstageVolume',
  NodeExpandVolume: 'expandVolume',
};

export function captionOf(entry: LogEntry): Caption {
  const parts = (entry.object ?? '').split('/');
  const [kind = ''] = parts;
  // Watchers are told of `PersistentVolume/pvc-1`, which has no Namespace; requests name it `PersistentVolume//pvc-1`.
  const [namespace = '', name = ''] = parts.length === 2 ? ['', parts[1]] : parts.slice(1);
  const params = {
    who: componentName(entry.from),
    whom: componentName(entry.to),
    kind,
    namespace,
    name,
    verb: entry.verb,
    fact: (entry.fact ?? '').replace('/registry/', ''),
    node: nodeOf(entry.from) ?? nodeOf(entry.to) ?? '',
  };
  return { id: entry.lostBecause === undefined ? idOf(entry) : 'lost', params };
}

function idOf({ class: kind, verb, from, to, fact, opener, object, erases }: LogEntry): CaptionId {
  if (kind === 'fault') return 'fault';
  if (kind === 'internal') {
    if (verb === 'SCHEDULE') return fact === undefined ? 'unschedulable' : 'scheduled';
    return NOTES[verb] ?? 'other';
  }
  if (to.startsWith('etcd'))
    return verb === 'Txn' ? (erases === true ? 'erase' : 'store') : verb === 'Range' ? 'fetch' : 'other';
  if (from.startsWith('etcd')) return kind === 'watch' ? 'etcdWatch' : 'etcdAnswer';
  if (kind === 'request' && verb === 'POST' && object?.endsWith('/') === true) return 'createNew';
  if (kind === 'request' && verb === 'GET' && object === undefined) return 'readPath';
  if (kind === 'request') return (fact === undefined ? undefined : SUBRESOURCES[fact]) ?? REQUESTS[verb] ?? 'other';
  if (kind === 'response') return Number(verb) >= 400 ? 'refused' : 'answer';
  if (kind === 'watch') return WATCHES[verb] ?? (opener === undefined ? 'other' : 'watchOpened');
  if (kind === 'packet') return packetIdOf(verb, from, to);
  if (kind === 'csi') return isCall({ class: kind, from }) ? (DRIVER_CALLS[verb] ?? 'askDriver') : 'driverAnswer';
  if (kind === 'cri' || kind === 'cni') {
    return isCall({ class: kind, from }) ? (CALLS[verb] ?? 'askRuntime') : 'runtimeAnswer';
  }
  return 'other';
}

/** A request and its answer on their way between whoever asks, kernels, DNS and containers. */
function packetIdOf(verb: string, from: string, to: string): CaptionId {
  if (verb === 'dropped') return 'policyDropped';
  if (verb === REQUEST) return 'sendRequest';
  if (verb === REQUESTS_FAIL) return 'requestsFail';
  if (verb === REQUESTS_ENDED) return 'requestsEnded';
  if (verb === 'connect') return to === 'linux/outside' ? 'connectOutside' : 'connect';
  if (from.startsWith('coredns')) return 'dnsAnswer';
  if (to === 'traffic' && from !== to) return 'requestAnswered';
  if (!from.startsWith('linux/') && !to.startsWith('linux/')) return 'other';
  if (verb === 'dns' || verb === 'answered') return 'wayBack';
  if (verb.startsWith('/')) return to.startsWith('containerd/') ? 'serve' : 'carry';
  if (to.startsWith('coredns')) return 'askDns';
  return from.startsWith('linux/') && to.startsWith('linux/') ? 'carry' : 'other';
}

const NAMES: Readonly<Record<string, string>> = {
  'kube-apiserver': 'API server',
  'kube-scheduler': 'scheduler',
  'kube-controller-manager': 'controller manager',
  'load-balancer': 'load balancer',
  csi: 'CSI driver',
  'csi-controller': 'CSI driver',
  'csi-provisioner': 'CSI provisioner',
  'csi-attacher': 'CSI attacher',
  'csi-resizer': 'CSI resizer',
  'csi-snapshotter': 'CSI snapshotter',
};

/** `deployment-controller` reads `deployment controller`, `kube-apiserver-0` `API server`, `kubelet/w1` `kubelet on w1`. */
export function componentName(id: string): string {
  const [kind = '', node] = id.split('/');
  const bare = kind.replace(/-[0-9]+$/, '');
  const name = NAMES[bare] ?? (kind.startsWith('etcd') ? kind : bare.replace(/-controller$/, ' controller'));
  return node === undefined ? name : `${name} (${node})`;
}

/** The Node on which a component runs, where its name says so. */
export function nodeOf(id: string): string | undefined {
  const at = id.indexOf('/');
  return at < 0 ? undefined : id.slice(at + 1);
}
