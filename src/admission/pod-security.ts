import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { Path } from '../base/json.ts';
import { nameAt, objectAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { formatGroupResource, isFor } from './admission-request.ts';
import type { Answer } from './answer.ts';
import { aggregateMessage, forbidden } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { NAMESPACE } from './cluster-view.ts';
import type { Violation } from './pod-security/check.ts';
import { detailsOf, evaluatePod } from './pod-security/evaluate.ts';
import { isSignificantPodUpdate } from './pod-security/significant-update.ts';
import type { PodSecurityConfiguration } from './pod-security/configuration.ts';
import { NOT_CONFIGURED } from './pod-security/configuration.ts';
import type { LevelVersion, Policy } from './pod-security/policy.ts';
import { formatLevelVersion, isSameLevelVersion, policyOf } from './pod-security/policy.ts';
import { validateNamespace } from './pod-security/namespaces.ts';

/**
 * The plugin of a server that is configured: what namespaces without labels ask for, and who and what is exempt.
 * Source: staging/src/k8s.io/pod-security-admission/admission/admission.go, 1.36. Its time limit on looking through the
 * Pods of a namespace is no part of it.
 */
export function podSecurityOf(configuration: PodSecurityConfiguration): AdmissionPlugin {
  return {
    name: 'PodSecurity',
    operations: ['CREATE', 'UPDATE'],
    validate(request, cluster) {
      if (request.object === undefined) return undefined;
      if (isFor(request, 'namespaces')) return validateNamespace(request, request.object, cluster, configuration);
      const path = POD_PATHS.get(formatGroupResource(request.resource));
      const isPod = path?.length === 0;
      if (path === undefined || (isPod ? IGNORED.has(request.subresource) : request.subresource !== '')) {
        return undefined;
      }
      return validatePod(request, { object: request.object, path, isPod }, cluster, configuration);
    },
  };
}

/** Lets Pods into a namespace by the level that its labels name, and tells of templates whose Pods it would keep out. */
export const podSecurity: AdmissionPlugin = podSecurityOf(NOT_CONFIGURED);

/** Where each resource keeps the metadata and the spec of a Pod. */
const POD_PATHS: ReadonlyMap<string, Path> = new Map([
  ['pods', []],
  ['podtemplates', ['template']],
  ['replicationcontrollers', ['spec', 'template']],
  ['replicasets.apps', ['spec', 'template']],
  ['deployments.apps', ['spec', 'template']],
  ['statefulsets.apps', ['spec', 'template']],
  ['daemonsets.apps', ['spec', 'template']],
  ['jobs.batch', ['spec', 'template']],
  ['cronjobs.batch', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** Subresources of a Pod that cannot change what it may do. */
const IGNORED: ReadonlySet<string> = new Set([
  'exec',
  'attach',
  'binding',
  'eviction',
  'log',
  'portforward',
  'proxy',
  'status',
]);

interface PodInObject {
  readonly object: KubernetesObject;
  readonly path: Path;
  readonly isPod: boolean;
}

function validatePod(
  request: AdmissionRequest,
  pod: PodInObject,
  cluster: ClusterView,
  { defaults, exemptions }: PodSecurityConfiguration,
): Answer {
  if (exemptions.namespaces.includes(request.namespace)) return audited({ exempt: 'namespace' });
  if (exemptions.usernames.includes(request.user.name)) return audited({ exempt: 'user' });
  const namespace = cluster.get(NAMESPACE, '', request.namespace);
  if (namespace === undefined) return namespaceNotFound(request, pod.isPod);
  const { policy, errors } = policyOf(labelsOf(namespace), defaults);
  const isIdle = policy.warn.level === 'privileged' && policy.audit.level === 'privileged' && errors.length === 0;
  if (isIdle && (!pod.isPod || policy.enforce.level === 'privileged')) {
    return pod.isPod ? audited({ 'enforce-policy': 'privileged:latest' }) : undefined;
  }
  if (pod.isPod && request.operation === 'UPDATE' && !isSignificantPodUpdate(pod.object, request.oldObject)) {
    return undefined;
  }
  const template = pod.isPod ? pod.object : objectAt(pod.object, ...pod.path);
  if (template === undefined) return undefined;
  const spec = objectAt(template, 'spec') ?? {};
  const runtimeClass = nameAt(spec, 'runtimeClassName');
  if (runtimeClass !== undefined && exemptions.runtimeClasses.includes(runtimeClass)) {
    return audited({ exempt: 'runtimeClass' });
  }
  const notes: Readonly<Record<string, string>> =
    errors.length === 0 ? {} : { error: `Failed to parse policy: ${aggregateMessage(errors.map(formatFieldError))}` };
  const evaluate = (mode: LevelVersion): readonly Violation[] =>
    evaluatePod(mode, objectAt(template, 'metadata'), spec, cluster.release);
  return answer(request, pod, policy, evaluate, notes);
}

function answer(
  request: AdmissionRequest,
  { path, isPod }: PodInObject,
  policy: Policy,
  evaluate: (mode: LevelVersion) => readonly Violation[],
  notes: Readonly<Record<string, string>>,
): Answer {
  const enforced = isPod ? evaluate(policy.enforce) : [];
  if (enforced.length > 0) {
    const field = enforced.flatMap(({ fields }) => fields)[0];
    return forbidden(request, violates('violates', policy.enforce, enforced), {
      ...(field === undefined ? {} : { field: [...path, ...field] }),
      objects: [{ ...NAMESPACE, namespace: '', name: request.namespace }],
    });
  }
  const noted = evaluate(policy.audit);
  const told = isSameLevelVersion(policy.audit, policy.warn) ? noted : evaluate(policy.warn);
  return {
    ...audited({
      ...notes,
      ...(isPod ? { 'enforce-policy': formatLevelVersion(policy.enforce) } : {}),
      ...(noted.length > 0 ? { 'audit-violations': violates('would violate', policy.audit, noted) } : {}),
    }),
    ...(told.length > 0 ? { warnings: [violates('would violate', policy.warn, told)] } : {}),
  };
}

/** `violates PodSecurity "restricted:latest": …`. */
function violates(verb: string, mode: LevelVersion, violations: readonly Violation[]): string {
  return `${verb} PodSecurity ${quoteString(formatLevelVersion(mode))}: ${detailsOf(violations)}`;
}

function audited(annotations: Readonly<Record<string, string>>): {
  readonly auditAnnotations: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(annotations).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]);
  return { auditAnnotations: Object.fromEntries(entries) as Readonly<Record<string, string>> };
}

function namespaceNotFound(request: AdmissionRequest, isPod: boolean): Answer {
  const failed = `failed to lookup namespace ${quoteString(request.namespace)}`;
  if (!isPod) return audited({ error: `${failed}: namespaces ${quoteString(request.namespace)} not found` });
  return {
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${failed}`,
    details: { causes: [{ reason: '', message: failed }] },
  };
}
