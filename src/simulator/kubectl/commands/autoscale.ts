import { canonicalQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { metadataFor, numberFlag, textFlag } from '../generators/generator.ts';
import type { Target } from '../resources.ts';
import { FROM_FILES, foundObjects, resourceOf } from '../resources.ts';
import { CREATING, createObject } from './create.ts';

const CREATED = { done: 'autoscaled', fieldManager: 'kubectl-autoscale' };

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go, 1.36. */
export const autoscale: KubectlCommand = {
  name: 'autoscale',
  flags: {
    ...CREATING,
    ...FROM_FILES,
    min: { type: 'text' },
    max: { type: 'text' },
    cpu: { type: 'text' },
    memory: { type: 'text' },
    'cpu-percent': { type: 'text' },
    name: { type: 'text' },
  },
  run(terminal, flags) {
    if (!flags.values.has('max')) throw new KubectlError('error: required flag(s) "max" not set');
    const [least, most] = [
      numberFlag(flags, 'min', -1, { command: 'autoscale' }),
      numberFlag(flags, 'max', -1, { command: 'autoscale' }),
    ];
    if (most < 1) throw new KubectlError(`error: --max=MAXPODS is required and must be at least 1, max: ${most}`);
    if (most < least)
      throw new KubectlError(
        `error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: ${most}, min: ${least}`,
      );
    const codes = foundObjects(terminal, flags, flags.positionals).map(({ target }) => {
      if (!target.resource.subresources.includes('scale'))
        throw new KubectlError(`error: cannot autoscale a ${target.resource.kind}: ${noScale(target)}`);
      return createObject(terminal, flags, '', autoscalerFor(target, flags, least, most), CREATED);
    });
    return Math.max(0, ...codes);
  },
};

function noScale({ resource }: Target): string {
  const { group, version, plural } = resourceOf(resource);
  return `could not find scale subresource for ${formatApiVersion(group, version)}, Resource=${plural} in discovery information`;
}

function autoscalerFor(target: Target, flags: Flags, least: number, most: number): KubernetesObject {
  const { resource, name } = target;
  const { group, version } = resourceOf(resource);
  const percent = textFlag(flags, 'cpu-percent');
  const metrics = [
    ...metricOf('cpu', textFlag(flags, 'cpu') || (percent === '' ? '' : `${percent}%`)),
    ...metricOf('memory', textFlag(flags, 'memory')),
  ];
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataFor(textFlag(flags, 'name') || name, flags),
    spec: {
      maxReplicas: most,
      ...(metrics.length === 0 ? {} : { metrics }),
      ...(least > 0 ? { minReplicas: least } : {}),
      scaleTargetRef: { apiVersion: formatApiVersion(group, version), kind: resource.kind, name },
    },
    status: { currentMetrics: null, desiredReplicas: 0 },
  };
}

/** `80%` of what is requested, or so much of it. */
function metricOf(name: string, text: string): readonly JsonObject[] {
  if (text === '') return [];
  const percent = /^(\d+)%$/.exec(text)?.[1];
  const quantity = parseQuantity(text);
  if (percent === undefined && quantity === undefined) throw new KubectlError(`error: invalid ${name} value: ${text}`);
  const target =
    percent === undefined
      ? { averageValue: canonicalQuantity(quantity!), type: 'AverageValue' }
      : { averageUtilization: Number(percent), type: 'Utilization' };
  return [{ resource: { name, target }, type: 'Resource' }];
}
