import type { KindStrategy } from '../strategy.ts';
import { validateEvent } from './event.validation.ts';
import { validateEventsEvent } from './events-event.validation.ts';

/** Of both groups, which store one kind. Source: pkg/registry/core/event/strategy.go and pkg/apis/core/validation/events.go, 1.36. */
export const eventStrategy: KindStrategy = {
  group: '',
  kind: 'Event',
  hasStatus: false,
  hasGeneration: false,
  /** Both versions are validated as they come. */
  toHub: (object) => object,
  setDefaults: (object) => object,
  validate: (object, old) =>
    object.apiVersion.startsWith('events.k8s.io/')
      ? validateEventsEvent(object, old)
      : validateEvent(object, 'reportingComponent'),
};
