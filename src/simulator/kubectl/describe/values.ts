import { humanDurationMs } from '../../../apimachinery/human-duration.ts';
import { canonicalQuantity, quantityOf } from '../../../apimachinery/quantity.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { controllerOf } from '../../../apimachinery/owner-reference.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { momentMs } from '../../apiserver/printers/cells.ts';

/** A value as Go's `%v` prints it; '' for what is not there. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  if (found === undefined || found === null) return '';
  return typeof found === 'object' ? JSON.stringify(found) : String(found);
}

/** `0` and `false` for what is not there, as in Go. */
export function numberText(value: unknown, ...path: readonly string[]): string {
  return textAt(value, ...path) || '0';
}

export function boolText(value: unknown, ...path: readonly string[]): string {
  return textAt(value, ...path) || 'false';
}

export function stringsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return arrayAt(value, ...path).flatMap((item) => asString(item) ?? []);
}

/** `[a b]`. */
export function goList(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}

export function printBool(value: boolean | undefined): string {
  return value === undefined ? '<unset>' : value ? 'True' : 'False';
}

export function orNone(text: string): string {
  return text === '' ? '<none>' : text;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** 1970-01-01 was a Thursday. */
const FIRST_DAY = 4;
const DAY_MS = 86_400_000;

/** `Thu, 01 Jan 2026 00:00:05 +0000`: Go's RFC1123Z; the zero time for what is not there. */
export function dateAt(value: unknown, ...path: readonly string[]): string {
  const text = asString(valueAt(value, ...path));
  const ms = momentMs(text);
  if (text === undefined || ms === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const [, year = '', month = '', day = '', time = ''] = /^(\d+)-(\d+)-(\d+)T([\d:]{8})/.exec(text) ?? [];
  const weekday = DAYS[(((Math.floor(ms / DAY_MS) + FIRST_DAY) % 7) + 7) % 7]!;
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${time} +0000`;
}

/** How long ago. Source: `translateTimestampSince`. */
export function sinceAt(nowMs: number, value: unknown, ...path: readonly string[]): string {
  const ms = momentMs(valueAt(value, ...path));
  return ms === undefined ? '<unknown>' : humanDurationMs(nowMs - ms);
}

/** A quantity in its canonical form; `0` where there is none. */
export function quantityText(value: JsonValue | undefined): string {
  const quantity = quantityOf(value);
  return quantity === undefined ? '0' : canonicalQuantity(quantity);
}

/** Names and quantities of a resource list, by name. */
export function resourcesAt(value: unknown, ...path: readonly string[]): readonly (readonly [string, string])[] {
  const list = objectAt(value, ...path) ?? {};
  return Object.keys(list)
    .sort(compareStrings)
    .map((name) => [name, quantityText(list[name])] as const);
}

/** `ReplicaSet/web-5d4`; '' where nothing controls it. Source: `printController`. */
export function controllerText(object: KubernetesObject): string {
  const controller = controllerOf(object);
  return controller === undefined ? '' : `${controller.kind}/${controller.name}`;
}

/** A reference as Go prints it: `nil`, `&LocalObjectReference{Name:a,}`. */
export function referenceText(value: JsonValue | undefined, type: 'LocalObjectReference' | 'SecretReference'): string {
  if (value === undefined || value === null) return 'nil';
  const name = stringAt(value, 'name') ?? '';
  if (type === 'LocalObjectReference') return `&${type}{Name:${name},}`;
  return `&${type}{Name:${name},Namespace:${stringAt(value, 'namespace') ?? ''},}`;
}
