import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { numberOf, textOf } from './compose-values.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';

/** Where `deploy.placement` and `platform` want the Pods: affinity, spread and a node selector. */
export function placementOf({ service, labels }: ServiceParts): JsonObject {
  const requirements = arrayAt(service.spec, 'deploy', 'placement', 'constraints').flatMap(
    (written, index): JsonValue[] => {
      const match = /^\s*([\w./-]+)\s*(==|!=)\s*(.+?)\s*$/.exec(textOf(written));
      const key = match && labelOf(match[1]!, match[3]!);
      if (!match || !key) {
        service.say('lost', 'compose.constraint', ['deploy', 'placement', 'constraints', index], {
          service: service.name,
          constraint: textOf(written),
        });
        return [];
      }
      return [requirement(key, match[2]!, match[3]!)];
    },
  );
  const preferences = arrayAt(service.spec, 'deploy', 'placement', 'preferences').flatMap((written, index) => {
    const spread = textOf(valueAt(written, 'spread'));
    const key = /^node\.labels\.([\w./-]+)$/.exec(spread)?.[1];
    if (key === undefined)
      service.say('lost', 'compose.constraint', ['deploy', 'placement', 'preferences', index], {
        service: service.name,
        constraint: spread,
      });
    return key === undefined ? [] : [key];
  });
  const [os, arch] = textOf(service.spec['platform']).split('/');
  const most = numberOf(valueAt(service.spec, 'deploy', 'placement', 'max_replicas_per_node'));
  const apart =
    most === 1
      ? {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' },
            ],
          },
        }
      : {};
  if (most !== undefined && most !== 1)
    service.say('lost', 'compose.lost', ['deploy', 'placement', 'max_replicas_per_node'], {
      service: service.name,
      key: 'deploy.placement.max_replicas_per_node',
    });
  return compact({
    nodeSelector: compact({
      'kubernetes.io/os': os === '' ? undefined : os,
      'kubernetes.io/arch': arch,
    }),
    affinity: compact({
      nodeAffinity:
        requirements.length === 0
          ? undefined
          : {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: requirements }],
              },
            },
      ...apart,
    }),
    topologySpreadConstraints: preferences.map((topologyKey, index) => ({
      labelSelector: { matchLabels: labels },
      maxSkew: preferences.length - index,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
    })),
  });
}

function requirement(key: string, operator: string, value: string): JsonValue {
  if (key === 'node-role.kubernetes.io/control-plane') {
    // A manager of a swarm is what a control-plane Node is; the label has no value.
    const isManager = (value === 'manager') === (operator === '==');
    return { key, operator: isManager ? 'Exists' : 'DoesNotExist' };
  }
  return { key, operator: operator === '==' ? 'In' : 'NotIn', values: [value] };
}

function labelOf(attribute: string, value: string): string | undefined {
  if (attribute === 'node.hostname') return 'kubernetes.io/hostname';
  if (attribute === 'node.platform.os' || attribute === 'engine.labels.operatingsystem') return 'kubernetes.io/os';
  if (attribute === 'node.platform.arch') return 'kubernetes.io/arch';
  if (attribute === 'node.role')
    return /^(?:manager|worker)$/.test(value) ? 'node-role.kubernetes.io/control-plane' : undefined;
  return /^node\.labels\.(.+)$/.exec(attribute)?.[1];
}
