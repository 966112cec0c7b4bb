import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, stringMapAt } from '../../../base/json.ts';
import { dateAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

/** Name, and namespace where the kind has one. */
export function describeName(w: DescribeWriter, object: KubernetesObject, isNamespaced = true): void {
  w.field(0, 'Name', textAt(object, 'metadata', 'name'));
  if (isNamespaced) w.field(0, 'Namespace', textAt(object, 'metadata', 'namespace'));
}

export function describeLabels(w: DescribeWriter, object: KubernetesObject): void {
  w.labels('Labels', stringMapAt(object, 'metadata', 'labels'));
  w.annotations('Annotations', stringMapAt(object, 'metadata', 'annotations'));
}

/** Conditions with the time of their last change. */
export function describeTimedConditions(w: DescribeWriter, object: KubernetesObject, before = ''): void {
  const conditions = arrayAt(object, 'status', 'conditions');
  if (conditions.length === 0) return;
  w.write(0, `${before}Conditions:\n`);
  w.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
  w.write(1, '----\t------\t------------------\t------\t-------\n');
  for (const condition of conditions) {
    const [type, status, reason, message] = ['type', 'status', 'reason', 'message'].map((field) =>
      textAt(condition, field),
    );
    w.write(1, `${type}\t${status}\t${dateAt(condition, 'lastTransitionTime')}\t${reason}\t${message}\n`);
  }
}
