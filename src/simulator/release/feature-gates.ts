import { PINNED_RELEASE } from '../../openapi/resource.ts';
import { FEATURE_GATES_1_36 } from './feature-gates-1.36.ts';

/** Source: staging/src/k8s.io/component-base/featuregate/feature_gate.go, 1.36. */
export type FeatureStage = 'Alpha' | 'Beta' | 'GA' | 'Deprecated';

/** A feature gate as it is in the pinned release. */
export interface FeatureGate {
  readonly name: string;
  readonly stage: FeatureStage;
  readonly isOn: boolean;
  /** Whether nobody can switch it. */
  readonly isLocked: boolean;
  /** The release since which it is so: `1.34`. */
  readonly since: string;
  /** Whether the code of Drydock asks for what it switches, as it is by default. */
  readonly isModelled: boolean;
}

/**
 * Gates whose default is written into Drydock's code, where it stands. The others switch what is not modelled at all, or
 * what is modelled without a thought of its gate.
 */
export const MODELLED: Readonly<Record<string, string>> = {
  AuthorizeNodeWithSelectors: 'simulator/apiserver/authorization/node.ts',
  ClearingNominatedNodeNameAfterBinding: 'simulator/apiserver/subresources/binding.ts',
  ClusterTrustBundleProjection: 'kinds/shared/pod-spec/internal-structs.ts',
  DRAAdminAccess: 'simulator/scheduler/structured/feature.ts',
  DRAConsumableCapacity: 'simulator/scheduler/structured/feature.ts',
  DRADeviceBindingConditions: 'simulator/scheduler/structured/feature.ts',
  DRADeviceTaints: 'simulator/scheduler/structured/feature.ts',
  DRAExtendedResource: 'simulator/scheduler/plugins/dynamic-resources/extended-resources.ts',
  DRAPartitionableDevices: 'simulator/scheduler/structured/feature.ts',
  DRAPrioritizedList: 'simulator/scheduler/structured/feature.ts',
  DRAResourceClaimDeviceStatus: 'simulator/scheduler/structured/feature.ts',
  HPAScaleToZero: 'simulator/controllers/horizontalpodautoscaler/horizontalpodautoscaler.ts',
  NodeDeclaredFeatures: 'simulator/scheduler/plugins/node-declared-features.ts',
  OpportunisticBatching: 'simulator/scheduler/schedule-pod.ts',
  OrderedNamespaceDeletion: 'simulator/controllers/namespace/namespace.ts',
  PodCertificateRequest: 'admission/node-restriction.ts',
  RecursiveReadOnlyMounts: 'simulator/kubelet/container-status.ts',
  SchedulerAsyncAPICalls: 'simulator/scheduler/scheduling-cycle.ts',
  StrictIPCIDRValidation: 'apimachinery/ip-validation.ts',
  TaintTolerationComparisonOperators: 'apimachinery/taints.ts',
  TokenRequestServiceAccountUIDValidation: 'simulator/apiserver/subresources/token.ts',
};

const ENTRY = /^1\.(\d+) (Alpha|Beta|GA|Deprecated) (on|off)( locked)?$/;

/** Every gate of the pinned release, by name. Throws where an entry of the data cannot be read. */
export function featureGates(): readonly FeatureGate[] {
  return Object.entries(FEATURE_GATES_1_36).map(([name, history]) => {
    const [, minor = '', stage, state, locked] =
      history
        .split(', ')
        .map((entry) => ENTRY.exec(entry))
        .findLast((entry) => entry !== null && Number(entry[1]) <= PINNED_RELEASE) ?? [];
    if (stage === undefined) throw new Error(`feature gate ${name}: ${history}`);
    return {
      name,
      stage: stage as FeatureStage,
      isOn: state === 'on',
      isLocked: locked !== undefined,
      since: `1.${minor}`,
      isModelled: Object.hasOwn(MODELLED, name),
    };
  });
}
