import type { LintId } from '../lint-id.ts';
import { celExpression } from './cel-expression.ts';
import { containerCapabilities } from './capabilities.ts';
import { cpuRequirements, envVar, imagePullPolicies, images, memoryRequirements, ports } from './containers.ts';
import { forbiddenAnnotation, requiredAnnotation, requiredLabel } from './metadata.ts';
import {
  accessToResources,
  danglingServices,
  disallowedObject,
  keysInOrder,
  privilegedConstraints,
  serviceTypes,
  variableSources,
} from './objects.ts';
import { hostDirectories, priorityClasses, resolverOptions, serviceAccounts, sysctls } from './pods.ts';
import { minimumReplicas, minimumScaledReplicas } from './replicas.ts';
import type { LintTemplate } from './template.ts';
import { antiAffinity, claimTemplateAnnotation, updateConfiguration } from './workloads.ts';

/** Every template that takes parameters, by name. */
export const TEMPLATES: readonly LintTemplate[] = [
  accessToResources,
  antiAffinity,
  celExpression,
  claimTemplateAnnotation,
  containerCapabilities,
  cpuRequirements,
  danglingServices,
  disallowedObject,
  envVar,
  forbiddenAnnotation,
  hostDirectories,
  imagePullPolicies,
  images,
  keysInOrder,
  memoryRequirements,
  minimumReplicas,
  minimumScaledReplicas,
  ports,
  priorityClasses,
  privilegedConstraints,
  requiredAnnotation,
  requiredLabel,
  resolverOptions,
  serviceAccounts,
  serviceTypes,
  sysctls,
  updateConfiguration,
  variableSources,
];

/** Templates without parameters, and the lint that finds the same. Source: kube-linter 0.8.3, pkg/builtinchecks/yamls. */
export const PLAIN_TEMPLATES: Readonly<Record<string, LintId>> = {
  'cluster-admin-role-binding': 'cluster-admin-role-binding',
  'dangling-horizontalpodautoscaler': 'dangling-horizontalpodautoscaler',
  'dangling-ingress': 'dangling-ingress',
  'dangling-networkpolicy': 'dangling-networkpolicy',
  'dangling-networkpolicypeer-podselector': 'dangling-networkpolicypeer-podselector',
  'dangling-servicemonitor': 'dangling-servicemonitor',
  'deprecated-service-account-field': 'deprecated-service-account-field',
  'duplicate-env-var': 'duplicate-env-var',
  'host-ipc': 'host-ipc',
  'host-network': 'host-network',
  'host-pid': 'host-pid',
  'job-ttl-seconds-after-finished': 'job-ttl-seconds-after-finished',
  'liveness-port': 'liveness-port',
  'liveness-probe': 'no-liveness-probe',
  'mismatching-selector': 'mismatching-selector',
  'no-node-affinity': 'no-node-affinity',
  'non-existent-service-account': 'non-existent-service-account',
  'non-isolated-pod': 'non-isolated-pod',
  'pdb-max-unavailable': 'pdb-max-unavailable',
  'pdb-min-available': 'pdb-min-available',
  'pdb-unhealthy-pod-eviction-policy': 'pdb-unhealthy-pod-eviction-policy',
  'privilege-escalation-container': 'privilege-escalation-container',
  privileged: 'privileged-container',
  'privileged-ports': 'privileged-ports',
  'read-only-root-fs': 'no-read-only-root-fs',
  'read-secret-from-env-var': 'read-secret-from-env-var',
  'readiness-port': 'readiness-port',
  'readiness-probe': 'no-readiness-probe',
  'restart-policy': 'restart-policy',
  'run-as-non-root': 'run-as-non-root',
  'startup-port': 'startup-port',
  'target-port': 'invalid-target-ports',
  'unsafe-proc-mount': 'unsafe-proc-mount',
  'use-namespace': 'use-namespace',
  'wildcard-in-rules': 'wildcard-in-rules',
  'writable-host-mount': 'writable-host-mount',
};
