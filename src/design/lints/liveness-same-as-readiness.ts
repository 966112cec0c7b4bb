import { jsonEqual, numberAt, objectAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** A livenessProbe that asks what the readinessProbe asks, and is as impatient. */
export const livenessSameAsReadiness: Lint = {
  id: 'liveness-same-as-readiness',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  find: perContainer(
    ({ container }) => {
      const [live, ready] = [objectAt(container, 'livenessProbe'), objectAt(container, 'readinessProbe')];
      if (!live || !ready) return NO_SPOTS;
      const isSame = HANDLERS.every((handler) => jsonEqual(live[handler] ?? null, ready[handler] ?? null));
      return isSame && patienceOf(live) <= patienceOf(ready) ? [{ at: ['livenessProbe'] }] : NO_SPOTS;
    },
    ['containers'],
  ),
};

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

/** Seconds until a probe that fails has its consequence. Defaults: pkg/apis/core/v1/defaults.go, 1.36. */
function patienceOf(probe: JsonObject): number {
  return (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3);
}
