import { humanDurationMs } from '../../../apimachinery/human-duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { msOfMoment, parseTime } from '../../../apimachinery/time.ts';
import { formatLabelSelector, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import type { PrintOptions } from './printer.ts';

/** Milliseconds since 1970; undefined for no time, as for the zero time. */
export function momentMs(value: JsonValue | undefined): number | undefined {
  const moment = typeof value === 'string' ? parseTime(value) : undefined;
  return moment === undefined ? undefined : msOfMoment(moment);
}

/** How long ago. Source: pkg/printers/internalversion/printers.go `translateTimestampSince`, 1.36. */
export function since(value: JsonValue | undefined, { nowMs }: Pick<PrintOptions, 'nowMs'>): string {
  const ms = momentMs(value);
  return ms === undefined ? '<unknown>' : humanDurationMs(nowMs - ms);
}

export function ageOf(object: KubernetesObject, options: PrintOptions): string {
  return since(valueAt(object, 'metadata', 'creationTimestamp'), options);
}

/** `a=1,b=2`. Source: staging/src/k8s.io/apimachinery/pkg/labels/labels.go `FormatLabels`, 1.36. */
export function formatLabels(labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].map(([key, value]) => `${key}=${value}`).sort(compareStrings);
  return pairs.length === 0 ? '<none>' : pairs.join(',');
}

export function labelsAt(value: unknown, ...path: readonly (string | number)[]): string {
  return formatLabels(stringMapAt(value, ...path));
}

/** Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go `FormatLabelSelector`, 1.36. */
export function selectorAt(value: unknown, ...path: readonly (string | number)[]): string {
  return formatLabelSelector(parseLabelSelector(valueAt(value, ...path)));
}

/** Names and images of containers, each joined by commas. */
export function containerCells(podSpec: unknown): readonly [names: string, images: string] {
  const containers = arrayAt(podSpec, 'containers');
  const join = (field: string): string => containers.map((container) => stringAt(container, field) ?? '').join(',');
  return [join('name'), join('image')];
}

/** A list cut after some entries, with how many more there are. */
export function withMore(list: readonly string[], most: number, empty: string): string {
  const shown = list.slice(0, most).join(',');
  if (list.length > most) return `${shown} + ${list.length - most} more...`;
  return shown === '' ? empty : shown;
}

/** A value as Go prints it: `5`, `50%`, `true`. */
export function textOf(value: JsonValue | undefined, missing: string): string {
  return value === undefined || value === null || typeof value === 'object' ? missing : String(value);
}
