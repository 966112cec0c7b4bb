import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { JsonValue } from '../../base/json.ts';
import type { PluginSwitches } from '../../admission/admission-chain.ts';
import { EVENT_LIMIT_TYPES, validateEventRateLimit } from '../../admission/event-rate-limit/configuration.ts';
import { ALL_ORDERED_PLUGINS } from '../../admission/plugin-order.ts';
import { PLUGINS } from '../../admission/plugins.ts';
import { integer, listOf, objectOf, oneOf, truth } from './read-shape.ts';
import type { Read } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

/** Switches of a run that a script sets: those of `ClusterOptions`. */
export interface ScriptOptions {
  readonly authorization?: 'RBAC' | 'AlwaysAllow';
  readonly managedFields?: boolean;
  /** Whether metrics-server is there; where left out, it is when an autoscaler is in the design. */
  readonly metricsServer?: boolean;
  /** Whether there is a cloud that makes load balancers; where left out, there is when a Service asks for one. */
  readonly cloud?: boolean;
  readonly heartbeats?: 'single' | 'together';
  readonly admission?: PluginSwitches;
}

const plugins = (names: readonly string[]): { readonly read: Read } => ({ read: listOf(oneOf(...names)) });

const OPTIONS = objectOf({
  authorization: { read: oneOf('RBAC', 'AlwaysAllow') },
  managedFields: { read: truth },
  metricsServer: { read: truth },
  cloud: { read: truth },
  heartbeats: { read: oneOf('single', 'together') },
  admission: {
    read: objectOf({
      // Only what is here can be switched on; whatever the server knows can be switched off.
      enable: plugins(PLUGINS.map(({ name }) => name)),
      disable: plugins(ALL_ORDERED_PLUGINS.map(({ name }) => name)),
      eventRateLimit: {
        read: objectOf({
          limits: {
            read: listOf(
              objectOf({
                type: { read: oneOf(...EVENT_LIMIT_TYPES) },
                qps: { read: integer },
                burst: { read: integer },
                cacheSize: { read: integer },
              }),
            ),
          },
        }),
      },
    }),
  },
});

/** `options: {authorization: AlwaysAllow, managedFields: false, cloud: true, heartbeats: together, admission: {enable: [AlwaysPullImages]}}`. */
export function readOptions(value: JsonValue | undefined, reader: StepReader): ScriptOptions {
  if (value === undefined) return {};
  const options = (OPTIONS(value, 'options', reader) as ScriptOptions | undefined) ?? {};
  return { ...options, ...admissionThatStarts(options, reader) };
}

/** A server does not start with a configuration that is not valid, or without one where a plugin needs it. */
function admissionThatStarts({ admission }: ScriptOptions, reader: StepReader): Pick<ScriptOptions, 'admission'> {
  if (admission === undefined) return {};
  const { enable = [], eventRateLimit } = admission;
  if (eventRateLimit === undefined && !enable.includes('EventRateLimit')) return { admission };
  const errors = validateEventRateLimit(eventRateLimit ?? {});
  for (const error of errors)
    reader.problem('script.refused', 'options.admission.eventRateLimit', { message: formatFieldError(error) });
  return errors.length === 0 ? { admission } : {};
}
