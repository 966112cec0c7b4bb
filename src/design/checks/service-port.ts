import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import { containerPorts } from './container-ports.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Check } from './check.ts';

/**
 * A Service port that no container of its Pods listens at. A name that no container has is certain; a number is only
 * doubtful, because a container may listen at ports it does not list.
 */
export const servicePort: Check = {
  name: 'service-port',
  look: portsOf,
};

function portsOf(record: DesignRecord, view: DesignView): readonly Problem[] {
  const { registry } = view;
  const ports = registry.of(record.object).servicePorts?.(record.object) ?? [];
  if (ports.length === 0) return [];
  const selected = view.outgoing(record.id).flatMap(({ declaration, to }) => {
    if (declaration.type !== 'serviceSelector' || to === null) return [];
    const pod = view.record(to);
    const template = pod && registry.of(pod.object).podTemplate?.(pod.object);
    return template ? [containerPorts(template.spec)] : [];
  });
  if (selected.length === 0) return [];
  return ports.flatMap(({ port, targetPort, protocol, field }): Problem[] => {
    const named = typeof targetPort === 'string';
    const listened = selected.some(({ numbers, names, listed }) =>
      named ? names.has(`${targetPort}/${protocol}`) : !listed || numbers.has(targetPort),
    );
    if (listened) return [];
    return [
      {
        id: 'service.portNotListened',
        severity: named ? 'error' : 'warning',
        record: record.id,
        field,
        params: { port, targetPort },
      },
    ];
  });
}
