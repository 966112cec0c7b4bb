import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** A backend that asks a Service for a port which the Service does not have. */
export const backendPort: Check = {
  name: 'backend-port',
  look: (record, view) =>
    view.outgoing(record.id).flatMap(({ from, to, declaration }): readonly Problem[] => {
      const { port, field } = declaration;
      const target = to === null || port === undefined ? undefined : view.record(to);
      const ports = target && view.registry.of(target.object).servicePorts?.(target.object);
      if (port === undefined || !target || !ports || ports.length === 0) return [];
      if (ports.some((candidate) => (typeof port === 'number' ? candidate.port === port : candidate.name === port)))
        return [];
      return [
        {
          id: 'backend.portMissing',
          severity: 'error',
          record: from,
          field,
          related: [target.id],
          params: { port, kind: target.object.kind, name: nameOf(target.object) },
        },
      ];
    }),
};
