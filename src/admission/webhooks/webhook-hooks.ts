import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asObject, stringAt } from '../../base/json.ts';
import type { PolicyExpression } from '../policies/policy-expressions.ts';
import { PolicyCompiler } from '../policies/policy-expressions.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';

const GROUP = 'admissionregistration.k8s.io';
export const MUTATING_CONFIGURATION = { group: GROUP, kind: 'MutatingWebhookConfiguration' };
export const VALIDATING_CONFIGURATION = { group: GROUP, kind: 'ValidatingWebhookConfiguration' };

/** One webhook of a configuration. */
export interface Webhook {
  /** Unique among all: configuration, name, and how many of that name stand before it there. */
  readonly uid: string;
  readonly configuration: KubernetesObject;
  /** Its place in the configuration. */
  readonly index: number;
  readonly name: string;
  readonly spec: JsonObject;
  readonly isIgnored: boolean;
  readonly matchConditions: readonly PolicyExpression[];
}

/** Configurations never change: the webhooks of each are read once. */
const known = new WeakMap<KubernetesObject, readonly Webhook[]>();

/**
 * All webhooks of a kind of configuration: configurations by name, their webhooks as they stand there.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/configuration/mutating_webhook_manager.go, 1.36.2.
 */
export function webhooksOf(configurationKind: typeof MUTATING_CONFIGURATION, cluster: ClusterView): readonly Webhook[] {
  const configurations = cluster.list(configurationKind, '');
  if (configurations.length === 0) return [];
  return configurations.flatMap((configuration) => {
    const before = known.get(configuration);
    if (before !== undefined) return before;
    const webhooks = readWebhooks(configuration);
    known.set(configuration, webhooks);
    return webhooks;
  });
}

function readWebhooks(configuration: KubernetesObject): readonly Webhook[] {
  const counts = new Map<string, number>();
  return arrayAt(configuration, 'webhooks').map((entry, index) => {
    const spec = asObject(entry) ?? {};
    const name = stringAt(spec, 'name') ?? '';
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return {
      uid: `${nameOf(configuration)}/${name}/${count}`,
      configuration,
      index,
      name,
      spec,
      isIgnored: stringAt(spec, 'failurePolicy') === 'Ignore',
      matchConditions: new PolicyCompiler(undefined).matchConditions(spec),
    };
  });
}

const EXEMPT: ReadonlySet<string> = new Set([
  VALIDATING_CONFIGURATION.kind,
  MUTATING_CONFIGURATION.kind,
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
]);

/**
 * Whether no webhook is asked about a request, because it is about webhooks and policies themselves.
 * Source: webhook/predicates/rules/rules.go `IsExemptAdmissionConfigurationResource`, 1.36.2.
 */
export function isExempt({ kind }: AdmissionRequest): boolean {
  return kind.group === GROUP && EXEMPT.has(kind.kind);
}
