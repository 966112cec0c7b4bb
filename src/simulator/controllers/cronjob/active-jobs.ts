import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerReferenceTo, uidOf } from '../../../apimachinery/owner-reference.ts';
import { formatTime, momentOfMs } from '../../../apimachinery/time.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { two } from './http-time.ts';
import { offsetMs } from '../../../kinds/cronjob/local-time.ts';

/** Source of this file: pkg/controller/cronjob/utils.go, 1.36. */
export function activeOf(cronJob: KubernetesObject): readonly JsonValue[] {
  return arrayAt(cronJob, 'status', 'active');
}

export function isActiveJob(cronJob: KubernetesObject, uid: string): boolean {
  return activeOf(cronJob).some((reference) => stringAt(reference, 'uid') === uid);
}

export function withStatus(cronJob: KubernetesObject, fields: JsonObject): KubernetesObject {
  return { ...cronJob, status: { ...objectAt(cronJob, 'status'), ...fields } };
}

export function withoutActive(cronJob: KubernetesObject, uid: string): KubernetesObject {
  return withStatus(cronJob, { active: activeOf(cronJob).filter((reference) => stringAt(reference, 'uid') !== uid) });
}

export function withActive(
  cronJob: KubernetesObject,
  job: KubernetesObject,
  lastScheduleTime: string,
): KubernetesObject {
  const reference = {
    kind: 'Job',
    namespace: namespaceOf(job) ?? '',
    name: nameOf(job),
    uid: uidOf(job),
    apiVersion: 'batch/v1',
    resourceVersion: nameAt(job, 'metadata', 'resourceVersion') ?? '',
  };
  return withStatus(cronJob, { active: [...activeOf(cronJob), reference], lastScheduleTime });
}

/** A Job is named by the minute for which it is made, so that none is made twice. */
export function jobName(cronJob: KubernetesObject, dueMs: number): string {
  return `${nameOf(cronJob)}-${Math.floor(dueMs / 60_000)}`;
}

/** Source: `getJobFromTemplate2`. */
export function jobFor(cronJob: KubernetesObject, dueMs: number, zone: string): KubernetesObject {
  const template = objectAt(cronJob, 'spec', 'jobTemplate') ?? {};
  const labels = objectAt(template, 'metadata', 'labels');
  const annotations = {
    ...objectAt(template, 'metadata', 'annotations'),
    'batch.kubernetes.io/cronjob-scheduled-timestamp': localStamp(dueMs, zone),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cronJob, dueMs),
      namespace: namespaceOf(cronJob) ?? '',
      ...(labels === undefined ? {} : { labels }),
      annotations,
      ownerReferences: [{ ...controllerReferenceTo(cronJob) }],
    },
    spec: objectAt(template, 'spec') ?? {},
  };
}

/** RFC 3339 with the offset of the place. */
function localStamp(timeMs: number, zone: string): string {
  const offset = offsetMs(timeMs, zone);
  const text = formatTime(momentOfMs(timeMs + offset));
  if (offset === 0) return text;
  const minutes = Math.abs(offset) / 60_000;
  return `${text.slice(0, -1)}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** By start, those without one last, then by name. */
export function byStart(a: KubernetesObject, b: KubernetesObject): number {
  const [startA, startB] = [a, b].map((job) => stringAt(job, 'status', 'startTime') ?? '~');
  if (startA !== startB) return startA! < startB! ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}
