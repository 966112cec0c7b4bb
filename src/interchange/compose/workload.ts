import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { entriesOf, numberOf, secondsOf, textOf } from './compose-values.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';
import { podTemplateOf } from './pod-template.ts';
import type { PublishedPort } from './ports.ts';
import type { Mounts } from './volumes.ts';

/** The object that runs the Pods of a service, and what scales it. */
export function addWorkload(parts: ServiceParts, ports: readonly PublishedPort[], mounts: Mounts): void {
  const { name, objects, wishes } = parts;
  const restart = restartOf(parts);
  const template = podTemplateOf(parts, ports, mounts, restart);
  const metadata = metadataOf(parts);
  const add = (object: KubernetesObject): boolean => objects.add(object, name);
  const schedule = wishes.get('kompose.cronjob.schedule');
  if (schedule !== undefined) return void add(cronJob(parts, schedule, metadata, template));
  const mode = textOf(valueAt(parts.service.spec, 'deploy', 'mode'));
  if (mode === 'replicated-job' || mode === 'global-job') return void add(job(parts, metadata, template));
  if (restart !== 'Always') {
    parts.service.say('changed', 'compose.pod', ['restart'], { service: parts.service.name, policy: restart });
    return void add({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: compact({
        ...metadata,
        labels: { ...objectAt(metadata, 'labels'), ...objectAt(template.metadata, 'labels') },
      }),
      spec: template.spec,
    });
  }
  const controller = controllerOf(parts, mode);
  const rollout = rolloutOf(parts, mounts);
  const selector = { matchLabels: parts.labels };
  const spec =
    controller === 'DaemonSet'
      ? { selector, template }
      : {
          replicas: replicasOf(parts),
          selector,
          ...(controller === 'StatefulSet' ? { serviceName: name } : compact({ strategy: rollout })),
          template,
        };
  add({ apiVersion: 'apps/v1', kind: controller, metadata, spec });
  addAutoscaler(parts, controller);
}

/** Labels of `deploy` are the workload's own; those of the service are facts for people and tools. */
function metadataOf({ name, labels, annotations, service, wishes }: ServiceParts): JsonObject {
  const own = Object.fromEntries(
    entriesOf(valueAt(service.spec, 'deploy', 'labels')).flatMap(([key, value]) =>
      wishes.has(key) ? [] : [[key, value ?? '']],
    ),
  );
  return { name, labels: { ...own, ...labels }, ...compact({ annotations }) };
}

/** Compose's `restart`, or `deploy.restart_policy`, as a Pod has it. */
function restartOf({ service, wishes }: ServiceParts): 'Always' | 'OnFailure' | 'Never' {
  const word =
    textOf(valueAt(service.spec, 'deploy', 'restart_policy', 'condition')) || textOf(service.spec['restart']);
  const isOnce = wishes.has('kompose.cronjob.schedule');
  if (word === 'no' || word === 'none' || word === 'false') return 'Never';
  if (word.startsWith('on-failure')) return 'OnFailure';
  return isOnce ? 'OnFailure' : 'Always';
}

function replicasOf({ service }: ServiceParts): number {
  return numberOf(valueAt(service.spec, 'deploy', 'replicas')) ?? numberOf(service.spec['scale']) ?? 1;
}

const CONTROLLERS: Readonly<Record<string, string>> = {
  daemonset: 'DaemonSet',
  statefulset: 'StatefulSet',
  deployment: 'Deployment',
};

function controllerOf({ service, wishes }: ServiceParts, mode: string): string {
  const wish = wishes.get('kompose.controller.type');
  const known = CONTROLLERS[wish?.toLowerCase() ?? ''];
  if (wish !== undefined && known === undefined)
    service.say('lost', 'compose.komposeLabel', ['labels'], {
      service: service.name,
      label: `kompose.controller.type: ${wish}`,
    });
  return known ?? (mode === 'global' ? 'DaemonSet' : 'Deployment');
}

/** A claim that one Node may use keeps the new Pod waiting for the old one: then the old one goes first. */
function rolloutOf({ service }: ServiceParts, { hasClaims }: Mounts): JsonObject {
  if (hasClaims) return { type: 'Recreate' };
  const update = objectAt(service.spec, 'deploy', 'update_config');
  const parallel = numberOf(valueAt(update, 'parallelism'));
  if (!update || parallel === undefined || parallel === 0) return {};
  const isStartFirst = textOf(update['order']) === 'start-first';
  const rollingUpdate = isStartFirst
    ? { maxSurge: parallel, maxUnavailable: 0 }
    : { maxSurge: 0, maxUnavailable: parallel };
  return { type: 'RollingUpdate', rollingUpdate };
}

function jobSpec({ service, wishes }: ServiceParts, template: JsonObject): JsonObject {
  const limit =
    numberOf(wishes.get('kompose.cronjob.backoff_limit')) ??
    numberOf(valueAt(service.spec, 'deploy', 'restart_policy', 'max_attempts'));
  return {
    ...compact({ backoffLimit: limit, completions: numberOf(valueAt(service.spec, 'deploy', 'replicas')) }),
    template,
  };
}

function job(
  parts: ServiceParts,
  metadata: JsonObject,
  template: JsonObject & { readonly spec: JsonObject },
): KubernetesObject {
  const restartPolicy = template.spec['restartPolicy'] ?? 'OnFailure';
  const ending = { ...template, spec: { ...template.spec, restartPolicy } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobSpec(parts, ending) };
}

function cronJob(parts: ServiceParts, schedule: string, metadata: JsonObject, template: JsonObject): KubernetesObject {
  const concurrencyPolicy = parts.wishes.get('kompose.cronjob.concurrency_policy');
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { ...compact({ concurrencyPolicy }), jobTemplate: { spec: jobSpec(parts, template) }, schedule },
  };
}

function addAutoscaler({ wishes, name, objects }: ServiceParts, controller: string): void {
  const most = numberOf(wishes.get('kompose.hpa.replicas.max'));
  const least = numberOf(wishes.get('kompose.hpa.replicas.min'));
  const metrics = (['cpu', 'memory'] as const).flatMap((resource): JsonValue[] => {
    const use = numberOf(wishes.get(`kompose.hpa.${resource}`));
    return use === undefined
      ? []
      : [{ resource: { name: resource, target: { averageUtilization: use, type: 'Utilization' } }, type: 'Resource' }];
  });
  if (most === undefined || controller === 'DaemonSet') return;
  objects.add(
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name },
      spec: {
        maxReplicas: most,
        ...compact({ metrics, minReplicas: least }),
        scaleTargetRef: { apiVersion: 'apps/v1', kind: controller, name },
      },
    },
    name,
  );
}

/** What of `deploy` has no form: said once for each key. */
export function sayLostDeploy({ service }: ServiceParts): void {
  const deploy = objectAt(service.spec, 'deploy') ?? {};
  const used = new Set([
    'mode',
    'replicas',
    'labels',
    'resources',
    'placement',
    'restart_policy',
    'update_config',
    'endpoint_mode',
  ]);
  const say = (...path: readonly string[]): void =>
    service.say('lost', 'compose.lost', ['deploy', ...path], {
      service: service.name,
      key: `deploy.${path.join('.')}`,
    });
  for (const key of Object.keys(deploy)) if (!used.has(key)) say(key);
  const usedUpdate = new Set(['parallelism', 'order']);
  for (const key of Object.keys(objectAt(deploy, 'update_config') ?? {}))
    if (!usedUpdate.has(key)) say('update_config', key);
  for (const key of ['delay', 'window']) {
    const value = valueAt(deploy, 'restart_policy', key);
    if (value !== undefined && secondsOf(value) !== 0) say('restart_policy', key);
  }
}
