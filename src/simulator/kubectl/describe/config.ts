import { byteLength64 } from './base64-length.ts';
import { makeQuantity, quantityOf, valueOf, canonicalQuantity } from '../../../apimachinery/quantity.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName, describeTimedConditions } from './head.ts';
import { quantityText, stringsAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

export const describeSecret: Describer = (w, secret) => {
  describeName(w, secret);
  describeLabels(w, secret);
  const type = textAt(secret, 'type');
  w.field(0, '\nType', type);
  w.write(0, '\nData\n====\n');
  for (const [key, value] of [...stringMapAt(secret, 'data')].sort(([a], [b]) => compareStrings(a, b))) {
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    w.field(0, key, isToken ? decoded(value) : `${byteLength64(value)} bytes`);
  }
};

/** Tokens are letters, digits and dots. */
function decoded(value: string): string {
  return atob(value);
}

export const describeConfigMap: Describer = (w, object, context) => {
  describeName(w, object);
  describeLabels(w, object);
  const sorted = (field: string): readonly (readonly [string, string])[] =>
    [...stringMapAt(object, field)].sort(([a], [b]) => compareStrings(a, b));
  w.write(0, '\nData\n====\n');
  for (const [key, value] of sorted('data')) {
    w.write(0, `${key}:\n----\n`);
    w.write(0, `${value}\n`);
    w.write(0, '\n');
  }
  w.write(0, '\nBinaryData\n====\n');
  for (const [key, value] of sorted('binaryData')) w.write(0, `${key}: ${byteLength64(value)} bytes\n`);
  w.write(0, '\n');
  describeEvents(w, context);
};

export const describeServiceAccount: Describer = (w, object, context) => {
  describeName(w, object);
  describeLabels(w, object);
  const secrets = arrayAt(object, 'imagePullSecrets').map((secret) => textAt(secret, 'name'));
  const title = 'Image pull secrets:';
  if (secrets.length === 0) w.write(0, `${title}\t<none>\n`);
  secrets.forEach((secret, index) => w.write(0, `${index === 0 ? title : ' '.repeat(title.length)}\t${secret}\n`));
  describeEvents(w, context);
};

/** Source: describe.go `helpTextForResourceQuotaScope`. */
const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

function scopes(w: DescribeWriter, quota: JsonValue, level: number, star: string): void {
  const own = stringsAt(quota, 'spec', 'scopes').toSorted(compareStrings);
  if (own.length === 0) return;
  w.field(level, 'Scopes', own.join(', '));
  for (const scope of own) if (SCOPES[scope] !== undefined) w.write(level, `${star}${SCOPES[scope]}\n`);
}

export const describeResourceQuota: Describer = (w, quota) => {
  describeName(w, quota);
  scopes(w, quota, 0, ' * ');
  w.write(0, 'Resource\tUsed\tHard\n');
  w.write(0, '--------\t----\t----\n');
  for (const name of Object.keys(objectAt(quota, 'status', 'hard') ?? {}).sort(compareStrings)) {
    const [hard, used] = ['hard', 'used'].map((field) => quantityOf(valueAt(quota, 'status', field, name)));
    const shown = used === undefined ? makeQuantity(0n) : used;
    const same = hard === undefined || hard.format === shown.format ? shown : makeQuantity(valueOf(shown), hard.format);
    w.write(0, `${name}\t${canonicalQuantity(same)}\t${hard === undefined ? '0' : canonicalQuantity(hard)}\n`);
  }
};

export const describeLimitRange: Describer = (w, range) => {
  describeName(w, range);
  w.write(0, LIMITS_HEAD);
  w.write(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
  limits(w, range, '');
};

const LIMITS_HEAD = 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n';
const LIMIT_FIELDS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;

function limits(w: DescribeWriter, range: JsonValue, prefix: string): void {
  for (const item of arrayAt(range, 'spec', 'limits')) {
    const names = new Set(LIMIT_FIELDS.flatMap((field) => Object.keys(objectAt(item, field) ?? {})));
    for (const name of [...names].sort(compareStrings)) {
      const cells = LIMIT_FIELDS.map((field) => {
        const value = valueAt(item, field, name);
        return value === undefined ? '-' : quantityText(value);
      });
      w.write(0, `${prefix}${textAt(item, 'type')}\t${name}\t${cells.join('\t')}\n`);
    }
  }
}

export const describeNamespace: Describer = (w, namespace, { list }) => {
  describeName(w, namespace, false);
  describeLabels(w, namespace);
  w.field(0, 'Status', textAt(namespace, 'status', 'phase'));
  describeTimedConditions(w, namespace);
  const own = nameOf(namespace);
  w.write(0, '\n');
  const quotas = list({ resource: 'resourcequotas', namespace: own });
  w.write(0, quotas.length === 0 ? 'No resource quota.\n' : 'Resource Quotas\n');
  for (const quota of quotas.toSorted((a, b) => compareStrings(nameOf(a), nameOf(b)))) {
    w.field(1, 'Name', nameOf(quota));
    scopes(w, quota, 1, '* ');
    w.write(1, 'Resource\tUsed\tHard\n');
    w.write(1, '--------\t---\t---\n');
    for (const name of Object.keys(objectAt(quota, 'status', 'hard') ?? {}).sort(compareStrings)) {
      const [hard, used] = ['hard', 'used'].map((field) => quantityText(valueAt(quota, 'status', field, name)));
      w.write(1, `${name}\t${used}\t${hard}\n`);
    }
  }
  w.write(0, '\n');
  const ranges = list({ resource: 'limitranges', namespace: own });
  if (ranges.length === 0) return w.write(0, 'No LimitRange resource.\n');
  w.write(0, `Resource Limits\n ${LIMITS_HEAD}`);
  w.write(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
  for (const range of ranges) limits(w, range, ' ');
};

export const describePriorityClass: Describer = (w, object, context) => {
  describeName(w, object, false);
  w.field(0, 'Value', textAt(object, 'value') || '0');
  w.field(0, 'GlobalDefault', textAt(object, 'globalDefault') || 'false');
  w.field(0, 'PreemptionPolicy', stringAt(object, 'preemptionPolicy') ?? 'PreemptLowerPriority');
  w.field(0, 'Description', textAt(object, 'description'));
  const annotations = [...stringMapAt(object, 'metadata', 'annotations')].map(([key, value]) => `${key}=${value}`);
  w.field(0, 'Annotations', annotations.length === 0 ? '<none>' : annotations.sort(compareStrings).join(','));
  describeEvents(w, context);
};
