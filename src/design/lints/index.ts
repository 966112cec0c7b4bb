import { accessToCreatePods } from './access-to-create-pods.ts';
import { accessToSecrets } from './access-to-secrets.ts';
import { autoscalerWithoutRange } from './autoscaler-without-range.ts';
import { autoscalerWithoutRequests } from './autoscaler-without-requests.ts';
import { barePod } from './bare-pod.ts';
import { bindingToDefaultAccount } from './binding-to-default-account.ts';
import { bindingToEveryone } from './binding-to-everyone.ts';
import { clusterAdminRoleBinding } from './cluster-admin-role-binding.ts';
import { cronNeverRuns } from './cron-never-runs.ts';
import { cronOverlap } from './cron-overlap.ts';
import { cronTimeZone } from './cron-time-zone.ts';
import { dangerousCapability } from './dangerous-capability.ts';
import { danglingHorizontalpodautoscaler } from './dangling-horizontalpodautoscaler.ts';
import { danglingIngress } from './dangling-ingress.ts';
import { danglingNetworkpolicy } from './dangling-networkpolicy.ts';
import { danglingNetworkpolicypeerPodselector } from './dangling-networkpolicypeer-podselector.ts';
import { danglingService } from './dangling-service.ts';
import { danglingServicemonitor } from './dangling-servicemonitor.ts';
import { defaultServiceAccount } from './default-service-account.ts';
import { deprecatedServiceAccountField } from './deprecated-service-account-field.ts';
import { dnsconfigOptions } from './dnsconfig-options.ts';
import { dockerSock } from './docker-sock.ts';
import { dropAllCapabilities } from './drop-all-capabilities.ts';
import { dropNetRawCapability } from './drop-net-raw-capability.ts';
import { duplicateEnvVar } from './duplicate-env-var.ts';
import { envValueFrom } from './env-value-from.ts';
import { envVarCredential } from './env-var-credential.ts';
import { envVarSecret } from './env-var-secret.ts';
import { exposedServices } from './exposed-services.ts';
import { gatewayListenerConflict } from './gateway-listener-conflict.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostNetworkDns } from './host-network-dns.ts';
import { hostPath } from './host-path.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hpaMinimumThreeReplicas } from './hpa-minimum-three-replicas.ts';
import { imagePullPolicy } from './image-pull-policy.ts';
import { ingressTlsHosts } from './ingress-tls-hosts.ts';
import { ingressWithoutClass } from './ingress-without-class.ts';
import { ingressWithoutTls } from './ingress-without-tls.ts';
import { invalidTargetPorts } from './invalid-target-ports.ts';
import { jobTtlSecondsAfterFinished } from './job-ttl-seconds-after-finished.ts';
import { lastAppliedAnnotation } from './last-applied-annotation.ts';
import { latestTag } from './latest-tag.ts';
import { livenessPort } from './liveness-port.ts';
import { livenessSameAsReadiness } from './liveness-same-as-readiness.ts';
import { loadBalancerOpen } from './load-balancer-open.ts';
import { memoryVolumeWithoutLimit } from './memory-volume-without-limit.ts';
import { minimumThreeReplicas } from './minimum-three-replicas.ts';
import { mismatchingSelector } from './mismatching-selector.ts';
import { namespacePodSecurity } from './namespace-pod-security.ts';
import { noAntiAffinity } from './no-anti-affinity.ts';
import { noDisruptionBudget } from './no-disruption-budget.ts';
import { noExtensionsV1beta } from './no-extensions-v1beta.ts';
import { noGracePeriod } from './no-grace-period.ts';
import { noLivenessProbe } from './no-liveness-probe.ts';
import { noNodeAffinity } from './no-node-affinity.ts';
import { noReadOnlyRootFs } from './no-read-only-root-fs.ts';
import { noReadinessProbe } from './no-readiness-probe.ts';
import { noRevisionHistory } from './no-revision-history.ts';
import { noRollingUpdateStrategy } from './no-rolling-update-strategy.ts';
import { nonExistentServiceAccount } from './non-existent-service-account.ts';
import { nonIsolatedPod } from './non-isolated-pod.ts';
import { pdbMaxUnavailable } from './pdb-max-unavailable.ts';
import { pdbMinAvailable } from './pdb-min-available.ts';
import { pdbUnhealthyPodEvictionPolicy } from './pdb-unhealthy-pod-eviction-policy.ts';
import { priorityClassName } from './priority-class-name.ts';
import { privilegeEscalationContainer } from './privilege-escalation-container.ts';
import { privilegeEscalationUnset } from './privilege-escalation-unset.ts';
import { privilegedContainer } from './privileged-container.ts';
import { privilegedPorts } from './privileged-ports.ts';
import { probeTimeout } from './probe-timeout.ts';
import { readSecretFromEnvVar } from './read-secret-from-env-var.ts';
import { readinessPort } from './readiness-port.ts';
import { recommendedLabels } from './recommended-labels.ts';
import { requiredAnnotationEmail } from './required-annotation-email.ts';
import { requiredLabelOwner } from './required-label-owner.ts';
import { restartPolicy } from './restart-policy.ts';
import { roleCanCreatePods } from './role-can-create-pods.ts';
import { roleCanEscalate } from './role-can-escalate.ts';
import { roleCanExec } from './role-can-exec.ts';
import { roleReadsSecrets } from './role-reads-secrets.ts';
import { rollingUpdateTakesAll } from './rolling-update-takes-all.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { sccDenyPrivilegedContainer } from './scc-deny-privileged-container.ts';
import { schemaValidation } from './schema-validation.ts';
import { seccompProfile } from './seccomp-profile.ts';
import { secretInConfigMap } from './secret-in-config-map.ts';
import { sensitiveHostMounts } from './sensitive-host-mounts.ts';
import { serverFields } from './server-fields.ts';
import { serviceAccountToken } from './service-account-token.ts';
import { serviceWithoutPorts } from './service-without-ports.ts';
import { serviceWithoutReadiness } from './service-without-readiness.ts';
import { serviceWithoutSelector } from './service-without-selector.ts';
import { sharedProcessNamespace } from './shared-process-namespace.ts';
import { singleReplica } from './single-replica.ts';
import { sortedKeys } from './sorted-keys.ts';
import { sshPort } from './ssh-port.ts';
import { startupPort } from './startup-port.ts';
import { unsafeProcMount } from './unsafe-proc-mount.ts';
import { unsafeSysctls } from './unsafe-sysctls.ts';
import { unsetCpuRequirements } from './unset-cpu-requirements.ts';
import { unsetMemoryRequest } from './unset-memory-request.ts';
import { unsetMemoryRequirements } from './unset-memory-requirements.ts';
import { unusedClaim } from './unused-claim.ts';
import { unusedConfigMap } from './unused-config-map.ts';
import { unusedRole } from './unused-role.ts';
import { unusedSecret } from './unused-secret.ts';
import { unusedServiceAccount } from './unused-service-account.ts';
import { unusedVolume } from './unused-volume.ts';
import { useNamespace } from './use-namespace.ts';
import { wildcardInRules } from './wildcard-in-rules.ts';
import { writableHostMount } from './writable-host-mount.ts';
import type { Lint } from './lint.ts';
import type { LintId } from './lint-id.ts';

/** Every lint; the order is that of their findings: what is worst first. A lint without an id here does not compile. */
const BY_ID: Readonly<Record<LintId, Lint>> = {
  'docker-sock': dockerSock,
  'sensitive-host-mounts': sensitiveHostMounts,
  'drop-net-raw-capability': dropNetRawCapability,
  'env-var-secret': envVarSecret,
  'host-ipc': hostIpc,
  'host-network': hostNetwork,
  'host-pid': hostPid,
  'privilege-escalation-container': privilegeEscalationContainer,
  'privileged-container': privilegedContainer,
  'scc-deny-privileged-container': sccDenyPrivilegedContainer,
  'unsafe-proc-mount': unsafeProcMount,
  'unsafe-sysctls': unsafeSysctls,
  'dangerous-capability': dangerousCapability,
  'secret-in-config-map': secretInConfigMap,
  'env-var-credential': envVarCredential,
  'default-service-account': defaultServiceAccount,
  'writable-host-mount': writableHostMount,
  'read-secret-from-env-var': readSecretFromEnvVar,
  'no-read-only-root-fs': noReadOnlyRootFs,
  'privileged-ports': privilegedPorts,
  'run-as-non-root': runAsNonRoot,
  'ssh-port': sshPort,
  'drop-all-capabilities': dropAllCapabilities,
  'privilege-escalation-unset': privilegeEscalationUnset,
  'seccomp-profile': seccompProfile,
  'host-port': hostPort,
  'host-path': hostPath,
  'service-account-token': serviceAccountToken,
  'shared-process-namespace': sharedProcessNamespace,
  'namespace-pod-security': namespacePodSecurity,
  'cluster-admin-role-binding': clusterAdminRoleBinding,
  'wildcard-in-rules': wildcardInRules,
  'non-existent-service-account': nonExistentServiceAccount,
  'role-can-exec': roleCanExec,
  'role-can-escalate': roleCanEscalate,
  'binding-to-everyone': bindingToEveryone,
  'access-to-create-pods': accessToCreatePods,
  'access-to-secrets': accessToSecrets,
  'role-can-create-pods': roleCanCreatePods,
  'role-reads-secrets': roleReadsSecrets,
  'binding-to-default-account': bindingToDefaultAccount,
  'dangling-horizontalpodautoscaler': danglingHorizontalpodautoscaler,
  'latest-tag': latestTag,
  'mismatching-selector': mismatchingSelector,
  'pdb-max-unavailable': pdbMaxUnavailable,
  'pdb-min-available': pdbMinAvailable,
  'liveness-same-as-readiness': livenessSameAsReadiness,
  'autoscaler-without-requests': autoscalerWithoutRequests,
  'rolling-update-takes-all': rollingUpdateTakesAll,
  'no-grace-period': noGracePeriod,
  'cron-never-runs': cronNeverRuns,
  'hpa-minimum-three-replicas': hpaMinimumThreeReplicas,
  'liveness-port': livenessPort,
  'readiness-port': readinessPort,
  'startup-port': startupPort,
  'minimum-three-replicas': minimumThreeReplicas,
  'no-anti-affinity': noAntiAffinity,
  'no-liveness-probe': noLivenessProbe,
  'no-readiness-probe': noReadinessProbe,
  'no-node-affinity': noNodeAffinity,
  'no-rolling-update-strategy': noRollingUpdateStrategy,
  'pdb-unhealthy-pod-eviction-policy': pdbUnhealthyPodEvictionPolicy,
  'priority-class-name': priorityClassName,
  'restart-policy': restartPolicy,
  'unset-cpu-requirements': unsetCpuRequirements,
  'unset-memory-requirements': unsetMemoryRequirements,
  'image-pull-policy': imagePullPolicy,
  'unset-memory-request': unsetMemoryRequest,
  'service-without-readiness': serviceWithoutReadiness,
  'probe-timeout': probeTimeout,
  'single-replica': singleReplica,
  'no-disruption-budget': noDisruptionBudget,
  'autoscaler-without-range': autoscalerWithoutRange,
  'no-revision-history': noRevisionHistory,
  'memory-volume-without-limit': memoryVolumeWithoutLimit,
  'bare-pod': barePod,
  'cron-time-zone': cronTimeZone,
  'cron-overlap': cronOverlap,
  'dangling-ingress': danglingIngress,
  'dangling-networkpolicy': danglingNetworkpolicy,
  'dangling-networkpolicypeer-podselector': danglingNetworkpolicypeerPodselector,
  'dangling-service': danglingService,
  'dangling-servicemonitor': danglingServicemonitor,
  'invalid-target-ports': invalidTargetPorts,
  'ingress-tls-hosts': ingressTlsHosts,
  'gateway-listener-conflict': gatewayListenerConflict,
  'host-network-dns': hostNetworkDns,
  'dnsconfig-options': dnsconfigOptions,
  'exposed-services': exposedServices,
  'non-isolated-pod': nonIsolatedPod,
  'service-without-selector': serviceWithoutSelector,
  'service-without-ports': serviceWithoutPorts,
  'load-balancer-open': loadBalancerOpen,
  'ingress-without-tls': ingressWithoutTls,
  'ingress-without-class': ingressWithoutClass,
  'duplicate-env-var': duplicateEnvVar,
  'env-value-from': envValueFrom,
  'no-extensions-v1beta': noExtensionsV1beta,
  'schema-validation': schemaValidation,
  'deprecated-service-account-field': deprecatedServiceAccountField,
  'job-ttl-seconds-after-finished': jobTtlSecondsAfterFinished,
  'required-annotation-email': requiredAnnotationEmail,
  'required-label-owner': requiredLabelOwner,
  'sorted-keys': sortedKeys,
  'use-namespace': useNamespace,
  'unused-role': unusedRole,
  'recommended-labels': recommendedLabels,
  'unused-config-map': unusedConfigMap,
  'unused-secret': unusedSecret,
  'unused-claim': unusedClaim,
  'unused-service-account': unusedServiceAccount,
  'unused-volume': unusedVolume,
  'server-fields': serverFields,
  'last-applied-annotation': lastAppliedAnnotation,
};

export const LINTS: readonly Lint[] = Object.values(BY_ID);

/** The lint of an id, or undefined for a word that is none. */
export function lintNamed(id: string): Lint | undefined {
  return Object.hasOwn(BY_ID, id) ? BY_ID[id as LintId] : undefined;
}
