import { nameAt, valueAt } from '../../base/json.ts';
import { assert } from '../../base/assert.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { aggregateMessage } from '../answer.ts';
import type { EventLimitType, EventRateLimitConfiguration } from './configuration.ts';
import { limitsOf, validateEventRateLimit } from './configuration.ts';
import { takeEvent } from './event-rates.ts';

/** The plugin before it has its limits: `admissionChain` asks for them, as a server does not start without. */
export const eventRateLimit: AdmissionPlugin = { name: 'EventRateLimit', operations: ['CREATE', 'UPDATE'] };

/**
 * The plugin with a configuration, which must be good: lets only so many Events pass. Off by default. Source: plugin/pkg/admission/eventratelimit/admission.go, 1.36.
 */
export function eventRateLimitWith(configuration: EventRateLimitConfiguration): AdmissionPlugin {
  assert(validateEventRateLimit(configuration).length === 0, 'a configuration of EventRateLimit is not valid');
  const limits = limitsOf(configuration);
  return {
    ...eventRateLimit,
    validate(request, { eventRates, nowMs }) {
      const { kind, dryRun } = request;
      if (kind.kind !== 'Event' || kind.group !== '' || dryRun || eventRates === undefined) return undefined;
      const messages = limits.flatMap((limit, place): readonly string[] => {
        const key = KEYS[limit.type](request);
        if (takeEvent(eventRates, place, limit, key, nowMs)) return [];
        return [`limit reached on type ${limit.type} for key ${key}`];
      });
      if (messages.length === 0) return undefined;
      const message = `Too many requests: ${aggregateMessage(messages)}`;
      return { code: 429, reason: 'TooManyRequests', message, details: {} };
    },
  };
}

const KEYS: Readonly<Record<EventLimitType, (request: AdmissionRequest) => string>> = {
  Server: () => '',
  Namespace: ({ namespace }) => namespace,
  User: ({ user }) => user.name,
  SourceAndObject({ object }) {
    const [source, involved] = [valueAt(object, 'source'), valueAt(object, 'involvedObject')];
    const parts = ['kind', 'namespace', 'name', 'uid', 'apiVersion'].map((key) => nameAt(involved, key));
    return [nameAt(source, 'component'), nameAt(source, 'host'), ...parts].map((part) => part ?? '').join('');
  },
};
