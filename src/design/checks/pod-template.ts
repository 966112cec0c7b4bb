import { arrayAt, asName, nameAt, valueAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import type { PodTemplateView } from '../../kinds/kind.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** What a Pod template says and does not keep: probes at ports without a name, mounts of volumes that are not there. */
export const podTemplate: Check = {
  name: 'pod-template',
  look(record, { registry }) {
    const template = registry.of(record.object).podTemplate?.(record.object);
    return template ? [...probes(record, template), ...mounts(record, template)] : [];
  },
};

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket'];

function probes(record: DesignRecord, { spec, specPath }: PodTemplateView): readonly Problem[] {
  return containers(spec).flatMap(({ container, path }) =>
    PROBES.flatMap((probe) =>
      HANDLERS.flatMap((handler): Problem[] => {
        const port = asName(valueAt(container, probe, handler, 'port'));
        // A numeral in quotes is still a number to the kubelet.
        if (port === undefined || /^[0-9]+$/.test(port) || hasPort(container, port)) return [];
        const field = [...specPath, ...path, probe, handler, 'port'];
        return [{ id: 'probe.portMissing', severity: 'error', record: record.id, field, params: { port, probe } }];
      }),
    ),
  );
}

/** The kubelet looks in the probed container alone. Source: pkg/probe/util.go, ResolveContainerPort, 1.36. */
function hasPort(container: unknown, name: string): boolean {
  return arrayAt(container, 'ports').some((port) => nameAt(port, 'name') === name);
}

function mounts(record: DesignRecord, { spec, specPath }: PodTemplateView): readonly Problem[] {
  const volumes = new Set(arrayAt(spec, 'volumes').map((volume) => nameAt(volume, 'name')));
  for (const claim of arrayAt(record.object, 'spec', 'volumeClaimTemplates'))
    volumes.add(nameAt(claim, 'metadata', 'name'));
  return containers(spec).flatMap(({ container, path }) =>
    arrayAt(container, 'volumeMounts').flatMap((mount, index): Problem[] => {
      const volume = nameAt(mount, 'name');
      if (volume === undefined || volumes.has(volume)) return [];
      const field = [...specPath, ...path, 'volumeMounts', index, 'name'];
      return [{ id: 'volumeMount.volumeMissing', severity: 'error', record: record.id, field, params: { volume } }];
    }),
  );
}

function containers(spec: JsonObject): readonly { readonly container: unknown; readonly path: Path }[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    arrayAt(spec, list).map((container, index) => ({ container, path: [list, index] })),
  );
}
