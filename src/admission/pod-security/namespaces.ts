import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { controllerOf } from '../../apimachinery/owner-reference.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { jsonEqual, nameAt, objectAt } from '../../base/json.ts';
import { invalidObject } from '../../kinds/verdict.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer, Refusal } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';
import type { PodSecurityConfiguration } from './configuration.ts';
import { evaluatePod, reasonsOf } from './evaluate.ts';
import type { LevelVersion, Mode, Policy } from './policy.ts';
import { compareLevels, formatLevelVersion, isSameLevelVersion, levelLabel, policyOf, versionLabel } from './policy.ts';

/** The labels of a namespace must be readable, and Pods that are there already are looked at when its level rises. */
export function validateNamespace(
  request: AdmissionRequest,
  namespace: KubernetesObject,
  cluster: ClusterView,
  configuration: PodSecurityConfiguration,
): Answer {
  const { defaults, exemptions } = configuration;
  const { policy, errors } = policyOf(labelsOf(namespace), defaults);
  const isExempt = exemptions.namespaces.includes(request.namespace);
  if (request.operation === 'CREATE') {
    if (errors.length > 0) return invalidLabels(request, namespace, errors);
    return isExempt ? exemptionWarning(namespace, policy, defaults) : undefined;
  }
  const old = policyOf(request.oldObject === undefined ? new Map() : labelsOf(request.oldObject), defaults);
  if (errors.length > 0 && !areSameErrors(errors, old.errors)) return invalidLabels(request, namespace, errors);
  const [before, after] = [old.policy.enforce, policy.enforce];
  const isRelaxed = after.version === before.version && compareLevels(after.level, before.level) <= 0;
  if (isRelaxed || after.level === 'privileged') return undefined;
  if (isExempt) return exemptionWarning(namespace, policy, defaults);
  const warnings = warningsOfPods(nameOf(namespace), after, cluster, configuration);
  return warnings.length === 0 ? undefined : { warnings };
}

function areSameErrors(a: readonly FieldError[], b: readonly FieldError[]): boolean {
  const asJson = (errors: readonly FieldError[]): readonly unknown[] =>
    errors.map(({ path, ...rest }) => ({ ...rest, path: path.toString() }));
  return jsonEqual(asJson(a), asJson(b));
}

function invalidLabels(request: AdmissionRequest, namespace: KubernetesObject, errors: readonly FieldError[]): Refusal {
  const name = request.name === '' ? nameOf(namespace) : request.name;
  const verdict = invalidObject(NAMESPACE, name, errors);
  const [field] = verdict.errors;
  return {
    code: 422,
    reason: 'Invalid',
    message: verdict.message,
    details: {
      name,
      kind: NAMESPACE.kind,
      causes: verdict.errors.map(({ reason, message, field: at }) => ({ reason, message, field: at })),
    },
    ...(field === undefined ? {} : { field: field.path }),
  };
}

const MODES: readonly Mode[] = ['enforce', 'audit', 'warn'];

function exemptionWarning(namespace: KubernetesObject, policy: Policy, defaults: Policy): Answer {
  const isPrivileged = MODES.every((mode) => policy[mode].level === 'privileged');
  const isDefault = MODES.every(
    (mode) =>
      isSameLevelVersion(policy[mode], defaults[mode]) ||
      (policy[mode].level === 'privileged' && defaults[mode].level === 'privileged'),
  );
  if (isPrivileged || isDefault) return undefined;
  const labels = labelsOf(namespace);
  const said = MODES.filter(
    (mode) => policy[mode].level !== 'privileged' && (labels.has(levelLabel(mode)) || labels.has(versionLabel(mode))),
  ).map((mode) => `${mode}=${formatLevelVersion(policy[mode])}`);
  const name = quoteString(nameOf(namespace));
  return {
    warnings: [`namespace ${name} is exempt from Pod Security, and the policy (${said.join(', ')}) will be ignored`],
  };
}

/** Pods that are alike in what they violate are told in one line, under the first of their names. */
function warningsOfPods(
  namespace: string,
  enforce: LevelVersion,
  cluster: ClusterView,
  { exemptions, maxPodsToCheck }: PodSecurityConfiguration,
): readonly string[] {
  const pods = inOrderOfInterest(
    cluster.list({ group: '', kind: 'Pod' }, namespace).filter((pod) => {
      const runtimeClass = nameAt(pod, 'spec', 'runtimeClassName');
      return runtimeClass === undefined || !exemptions.runtimeClasses.includes(runtimeClass);
    }),
  );
  const found = new Map<string, string[]>();
  for (const pod of pods.slice(0, maxPodsToCheck)) {
    const metadata = objectAt(pod, 'metadata');
    const violations = evaluatePod(enforce, metadata, objectAt(pod, 'spec') ?? {}, cluster.release);
    if (violations.length === 0) continue;
    const reasons = reasonsOf(violations);
    found.set(reasons, [...(found.get(reasons) ?? []), nameOf(pod)]);
  }
  const level = quoteString(formatLevelVersion(enforce));
  return [
    ...(pods.length > maxPodsToCheck
      ? [
          `new PodSecurity enforce level only checked against the first ${maxPodsToCheck} of ${pods.length} existing pods`,
        ]
      : []),
    ...(found.size > 0
      ? [`existing pods in namespace ${quoteString(namespace)} violate the new PodSecurity enforce level ${level}`]
      : []),
    ...[...found].map(([reasons, names]) => `${podsAs(names)}: ${reasons}`).sort(),
  ];
}

function podsAs(names: readonly string[]): string {
  const [first] = [...names].sort();
  const others = names.length - 1;
  if (others === 0) return first!;
  return `${first!} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}

/** The first Pod of each controller before the others, which are likely to be like it. */
function inOrderOfInterest(pods: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const seen = new Set<string>();
  const later: KubernetesObject[] = [];
  const first = pods.filter((pod) => {
    const uid = controllerOf(pod)?.uid;
    if (uid === undefined || !seen.has(uid)) {
      if (uid !== undefined) seen.add(uid);
      return true;
    }
    later.push(pod);
    return false;
  });
  return [...first, ...later];
}
