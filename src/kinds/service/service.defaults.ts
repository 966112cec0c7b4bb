import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { step } from '../../base/json.ts';
import { fillIn, fillInText, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { pointerAt, textAt } from '../shared/validation/fields.ts';
import { isExternallyAccessible } from './service-spec.ts';

/** Three hours. Source: staging/src/k8s.io/api/core/v1/types.go `DefaultClientIPServiceAffinitySeconds`, 1.36. */
const CLIENT_IP_TIMEOUT_SECONDS = 10800;

/** Source: pkg/apis/core/v1/defaults.go `SetDefaults_Service`, 1.36. */
export function defaultService(object: KubernetesObject): KubernetesObject {
  const filled = updateStruct(object, 'spec', defaultServiceSpec);
  if (textAt(filled, 'spec', 'type') !== 'LoadBalancer' || pointerAt(filled, 'status') === undefined) return filled;
  return updateStruct(filled, 'status', (status) =>
    updateStruct(status, 'loadBalancer', (balancer) =>
      updateItems(balancer, 'ingress', (point) =>
        textAt(point, 'ip') === '' ? point : fillIn(point, { ipMode: 'VIP' }),
      ),
    ),
  );
}

function defaultServiceSpec(spec: JsonObject): JsonObject {
  const typed = defaultAffinity(fillInText(spec, { sessionAffinity: 'None', type: 'ClusterIP' }));
  const withPorts = updateItems(typed, 'ports', defaultPort);
  const type = textAt(typed, 'type');
  const withPolicy = isExternallyAccessible(withPorts)
    ? fillInText(withPorts, { externalTrafficPolicy: 'Cluster' })
    : withPorts;
  return fillIn(withPolicy, {
    ...(TYPES_WITH_POLICY.has(type) ? { internalTrafficPolicy: 'Cluster' } : {}),
    ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
  });
}

const TYPES_WITH_POLICY: ReadonlySet<string> = new Set(['ClusterIP', 'NodePort', 'LoadBalancer']);

function defaultAffinity(spec: JsonObject): JsonObject {
  switch (textAt(spec, 'sessionAffinity')) {
    case 'None': {
      if (!Object.hasOwn(spec, 'sessionAffinityConfig')) return spec;
      const { sessionAffinityConfig: _, ...rest } = spec;
      return rest;
    }
    case 'ClientIP':
      if (pointerAt(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds') !== undefined) return spec;
      return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } } };
    default:
      return spec;
  }
}

function defaultPort(port: JsonObject): JsonObject {
  const filled = fillInText(port, { protocol: 'TCP' });
  const target = step(filled, 'targetPort') ?? 0;
  if (target !== 0 && target !== '') return filled;
  const targetPort = step(filled, 'port') ?? 0;
  return target === targetPort && Object.hasOwn(filled, 'targetPort') ? filled : { ...filled, targetPort };
}
