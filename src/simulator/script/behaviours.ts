import type { JsonValue } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { operatorOf } from './operators.ts';
import type { Read, Shape } from './read-shape.ts';
import {
  bytes,
  duration,
  durationOrNever,
  integer,
  labels,
  listOf,
  millicores,
  object,
  objectOf,
  oneOf,
  text,
  truth,
} from './read-shape.ts';
import type { StepReader } from './request-step.ts';

const SPAN: Shape = { from: { as: 'fromMs', read: duration }, until: { as: 'untilMs', read: duration } };

function usage(amount: Read): Read {
  const step = objectOf({ from: { as: 'fromMs', read: duration }, value: { read: amount } });
  return objectOf({ steps: { read: listOf(step) }, perRequest: { read: amount } });
}

const REVIEW: Shape = {
  of: {
    read: objectOf({
      kinds: { read: listOf(text) },
      operations: { read: listOf(oneOf('CREATE', 'UPDATE', 'DELETE', 'CONNECT')) },
      namespace: { read: text },
      name: { read: text },
    }),
  },
  allowed: { read: truth },
  status: { read: objectOf({ code: { read: integer }, reason: { read: text }, message: { read: text } }) },
  patch: { read: listOf(object) },
  warnings: { read: listOf(text) },
  auditAnnotations: { read: labels },
  takes: { as: 'takesMs', read: duration },
  down: { read: truth },
  code: { read: integer },
  ...SPAN,
};

const CONVERSION: Shape = {
  of: {
    read: objectOf({
      kinds: { read: listOf(text) },
      namespace: { read: text },
      name: { read: text },
      to: { read: text },
    }),
  },
  patch: { read: listOf(object) },
  failure: { read: text },
  takes: { as: 'takesMs', read: duration },
  down: { read: truth },
  code: { read: integer },
  ...SPAN,
};

/** The fields of a behaviour as a script writes them: durations as `30s`, amounts as quantities. */
const BEHAVIOUR: Shape = {
  match: {
    read: objectOf({
      image: { read: text },
      container: { read: text },
      namespace: { read: text },
      labels: { read: labels },
      webhook: { read: text },
      service: { read: text },
      url: { read: text },
      metric: { read: text },
      operator: { read: text },
    }),
  },
  start: { as: 'startMs', read: durationOrNever },
  readyAfter: { as: 'readyAfterMs', read: durationOrNever },
  notReady: { read: listOf(objectOf(SPAN)) },
  unhealthyAfter: { as: 'unhealthyAfterMs', read: duration },
  exitAfter: { as: 'exitAfterMs', read: duration },
  exitCode: { read: integer },
  crashAfter: { as: 'crashAfterMs', read: duration },
  crashes: { read: integer },
  createFailure: { read: text },
  startFailure: { read: text },
  listens: { read: listOf(integer) },
  stop: { as: 'stopMs', read: durationOrNever },
  stopExitCode: { read: integer },
  cpu: { as: 'cpuMillicores', read: usage(millicores) },
  memory: { as: 'memoryBytes', read: usage(bytes) },
  storage: { as: 'storageBytes', read: usage(bytes) },
  image: {
    read: objectOf({
      size: { as: 'sizeBytes', read: bytes },
      pullFailure: { read: text },
      pullFailures: { read: integer },
      user: { read: text },
    }),
  },
  logs: { read: listOf(objectOf({ at: { as: 'atMs', read: duration }, line: { read: text } })) },
  http: {
    read: listOf(
      objectOf({
        path: { read: text },
        code: { read: integer },
        body: { read: text },
        takes: { as: 'takesMs', read: duration },
        ...SPAN,
      }),
    ),
  },
  exec: {
    read: listOf(
      objectOf({
        command: { read: text },
        output: { read: text },
        exitCode: { read: integer },
        takes: { as: 'takesMs', read: duration },
        ...SPAN,
      }),
    ),
  },
  reviews: { read: listOf(objectOf(REVIEW)) },
  conversions: { read: listOf(objectOf(CONVERSION)) },
  operator: { read: operatorOf },
  metrics: {
    read: listOf(
      objectOf({
        of: { read: text },
        namespace: { read: text },
        name: { read: text },
        labels: { read: labels },
        value: { read: usage(millicores) },
        requests: { read: objectOf({ window: { as: 'windowMs', read: duration } }) },
      }),
    ),
  },
};

/**
 * `behaviours` of a script, in order: the first that fits a container is taken.
 *
 * @example
 * behaviours:
 *   - {match: {image: "web:*"}, readyAfter: 20s, memory: {steps: [{from: 0s, value: 50Mi}]}}
 *   - {match: {webhook: conversion_webhook_for_ships.sea.example.com}, conversions: [{of: {to: v2}, patch: [{op: move, from: /spec/sail, path: /spec/engine}]}]}
 *   - {match: {metric: http_requests_per_second}, metrics: [{of: pods, requests: {window: 1m}}]}
 *   - {match: {metric: queue_length}, metrics: [{of: external, labels: {queue: mail}, value: {steps: [{from: 0s, value: 30}]}}]}
 *   - {match: {service: policy/guard}, reviews: [{of: {kinds: [Pod]}, allowed: false, status: {message: "no team"}}]}
 */
export function readBehaviours(value: JsonValue | undefined, reader: StepReader): readonly Behaviour[] {
  if (value === undefined) return [];
  const read = listOf(objectOf(BEHAVIOUR))(value, 'behaviours', reader) as readonly Partial<Behaviour>[] | undefined;
  return (read ?? []).map((behaviour) => Object.freeze({ match: {}, ...behaviour }));
}
