import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { annotationsOf, labelsOf, nameOf } from '../../apimachinery/object.ts';
import { controllerOf, refersTo } from '../../apimachinery/owner-reference.ts';
import { arrayAt, asObject, objectAt, stringAt } from '../../base/json.ts';
import type { DesignRecord } from '../../design/design.ts';

/** Who made an object that nobody wrote. */
export type Maker = { readonly by: 'object'; readonly owner: string } | { readonly by: 'cluster' };

const CLUSTER: Maker = { by: 'cluster' };

/** Kinds whose objects no person writes. Sources: pkg/registry/* of each kind, metrics.k8s.io, 1.36. */
const NEVER_WRITTEN = new Set([
  'Event',
  'Event.events.k8s.io',
  'Lease.coordination.k8s.io',
  'LeaseCandidate.coordination.k8s.io',
  'ControllerRevision.apps',
  'CSINode.storage.k8s.io',
  'CSIStorageCapacity.storage.k8s.io',
  'VolumeAttachment.storage.k8s.io',
  'ComponentStatus',
  'PodMetrics.metrics.k8s.io',
  'NodeMetrics.metrics.k8s.io',
  'IPAddress.networking.k8s.io',
  'StorageVersion.internal.apiserver.k8s.io',
  'CertificateSigningRequest.certificates.k8s.io',
  'Binding',
  'ResourceSlice.resource.k8s.io',
]);

const SYSTEM_NAMESPACES = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

type Question = (record: DesignRecord, dump: Dump) => Maker | undefined;

/** Objects of one kind that the cluster makes besides those that people write, by group and kind. */
const MADE: Readonly<Record<string, Question>> = {
  Namespace: ({ object }) => (SYSTEM_NAMESPACES.has(nameOf(object)) ? CLUSTER : undefined),
  // pkg/controlplane/controller/kubernetesservice
  Service: ({ identity }) => (identity === 'Service/default/kubernetes' ? CLUSTER : undefined),
  Endpoints: (record, dump) => madeForService(record, nameOf(record.object), dump),
  'EndpointSlice.discovery.k8s.io': (record) => {
    const labels = labelsOf(record.object);
    const isManaged = /^endpointslice(?:mirroring)?-controller\.k8s\.io$/.test(
      labels.get('endpointslice.kubernetes.io/managed-by') ?? '',
    );
    const service = labels.get('kubernetes.io/service-name');
    if (isManaged && service !== undefined) return { by: 'object', owner: `Service/${record.namespace}/${service}` };
    return record.identity.endsWith('/default/kubernetes') ? CLUSTER : undefined;
  },
  ConfigMap: ({ object }) => (nameOf(object) === 'kube-root-ca.crt' ? CLUSTER : undefined),
  ServiceAccount: ({ object }) => (nameOf(object) === 'default' && isBareAccount(object) ? CLUSTER : undefined),
  Secret: ({ object, namespace }) => {
    const type = stringAt(object, 'type');
    const account = annotationsOf(object).get('kubernetes.io/service-account.name');
    if (type === 'kubernetes.io/service-account-token' && account !== undefined)
      return { by: 'object', owner: `ServiceAccount/${namespace}/${account}` };
    return type === 'bootstrap.kubernetes.io/token' ? CLUSTER : undefined;
  },
  PersistentVolume: ({ object }) => {
    if (!annotationsOf(object).has('pv.kubernetes.io/provisioned-by')) return undefined;
    const claim = objectAt(object, 'spec', 'claimRef');
    const owner = `PersistentVolumeClaim/${stringAt(claim, 'namespace') ?? ''}/${stringAt(claim, 'name') ?? ''}`;
    return claim ? { by: 'object', owner } : CLUSTER;
  },
  PersistentVolumeClaim: (record, dump) => dump.statefulSetOf(record),
  // pkg/registry/rbac/rest: everything that the server reconciles at its start.
  'ClusterRole.rbac.authorization.k8s.io': isBootstrapped,
  'ClusterRoleBinding.rbac.authorization.k8s.io': isBootstrapped,
  'Role.rbac.authorization.k8s.io': isBootstrapped,
  'RoleBinding.rbac.authorization.k8s.io': isBootstrapped,
  'FlowSchema.flowcontrol.apiserver.k8s.io': isAutoUpdated,
  'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io': isAutoUpdated,
  'PriorityClass.scheduling.k8s.io': ({ object }) => (nameOf(object).startsWith('system-') ? CLUSTER : undefined),
  'APIService.apiregistration.k8s.io': ({ object }) =>
    labelsOf(object).has('kube-aggregator.kubernetes.io/automanaged') ? CLUSTER : undefined,
  'ServiceCIDR.networking.k8s.io': ({ object }) => (nameOf(object) === 'kubernetes' ? CLUSTER : undefined),
};

function isBareAccount(object: DesignRecord['object']): boolean {
  return arrayAt(object, 'imagePullSecrets').length === 0 && annotationsOf(object).size === 0;
}

function isBootstrapped({ object }: DesignRecord): Maker | undefined {
  return labelsOf(object).get('kubernetes.io/bootstrapping') === 'rbac-defaults' ? CLUSTER : undefined;
}

function isAutoUpdated({ object }: DesignRecord): Maker | undefined {
  return annotationsOf(object).get('apf.kubernetes.io/autoupdate-spec') === 'true' ? CLUSTER : undefined;
}

/** Endpoints of a Service with a selector are the controller's: pkg/controller/endpoint, 1.36. */
function madeForService(record: DesignRecord, name: string, dump: Dump): Maker | undefined {
  const identity = `Service/${record.namespace}/${name}`;
  if (identity === 'Service/default/kubernetes') return CLUSTER;
  const isManaged =
    labelsOf(record.object).get('endpoints.kubernetes.io/managed-by') === 'endpoint-controller' ||
    annotationsOf(record.object).has('endpoints.kubernetes.io/last-change-trigger-time') ||
    objectAt(dump.object(identity), 'spec', 'selector') !== undefined;
  return isManaged ? { by: 'object', owner: identity } : undefined;
}

/** The objects of a dump, to ask who made which. */
export class Dump {
  private readonly byIdentity = new Map<string, DesignRecord>();
  private readonly byUid = new Map<string, DesignRecord>();
  private readonly statefulSets: readonly DesignRecord[];

  constructor(records: readonly DesignRecord[]) {
    for (const record of records) {
      this.byIdentity.set(record.identity, record);
      const uid = stringAt(record.object, 'metadata', 'uid');
      if (uid !== undefined) this.byUid.set(uid, record);
    }
    this.statefulSets = records.filter(({ object }) => kindOf(object) === 'StatefulSet.apps');
  }

  object(identity: string): DesignRecord['object'] | undefined {
    return this.byIdentity.get(identity)?.object;
  }

  /** Who made the object; undefined where a person may have written it. */
  makerOf(record: DesignRecord): Maker | undefined {
    const { object } = record;
    const kind = kindOf(object);
    if (NEVER_WRITTEN.has(kind) || annotationsOf(object).has('kubernetes.io/config.mirror')) return CLUSTER;
    const owner = this.ownerOf(record);
    if (owner) return { by: 'object', owner: owner.identity };
    return MADE[kind]?.(record, this);
  }

  /** The controller of an object, where it is in the dump. */
  ownerOf({ object, namespace }: DesignRecord): DesignRecord | undefined {
    const controller = controllerOf(object);
    if (!controller) return undefined;
    const byUid = this.byUid.get(controller.uid);
    if (byUid) return byUid;
    return [...this.byIdentity.values()].find(
      (other) => (other.namespace === namespace || other.namespace === '') && refersTo(controller, other.object),
    );
  }

  /** `data-web-0` is made from the template `data` of the StatefulSet `web`: pkg/controller/statefulset, 1.36. */
  statefulSetOf({ object, namespace }: DesignRecord): Maker | undefined {
    const name = nameOf(object);
    const set = this.statefulSets.find(
      (candidate) =>
        candidate.namespace === namespace &&
        arrayAt(candidate.object, 'spec', 'volumeClaimTemplates').some((template) => {
          const beginning = `${nameOf(asObject(template) ?? {})}-${nameOf(candidate.object)}-`;
          return name.startsWith(beginning) && /^\d+$/.test(name.slice(beginning.length));
        }),
    );
    return set && { by: 'object', owner: set.identity };
  }
}

function kindOf(object: DesignRecord['object']): string {
  return formatGroupKind(groupVersionKindOf(object));
}
