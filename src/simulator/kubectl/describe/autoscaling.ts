import { formatLabelSelector, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName } from './head.ts';
import { dateAt, numberText, quantityText, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

/** Source: describe.go `describeHorizontalPodAutoscalerV2`, 1.36. */
export const describeAutoscaler: Describer = (w, hpa, context) => {
  const target = objectAt(hpa, 'spec', 'scaleTargetRef');
  describeName(w, hpa);
  describeLabels(w, hpa);
  w.field(0, 'CreationTimestamp', dateAt(hpa, 'metadata', 'creationTimestamp'));
  w.field(0, 'Reference', `${textAt(target, 'kind')}/${textAt(target, 'name')}`);
  w.field(0, 'Metrics', '( current / target )');
  const current = arrayAt(hpa, 'status', 'currentMetrics');
  arrayAt(hpa, 'spec', 'metrics').forEach((metric, index) => metricLine(w, metric, current[index]));
  w.field(0, 'Min replicas', textAt(hpa, 'spec', 'minReplicas') || '<unset>');
  w.field(0, 'Max replicas', numberText(hpa, 'spec', 'maxReplicas'));
  const behavior = objectAt(hpa, 'spec', 'behavior');
  if (behavior !== undefined) {
    w.write(0, 'Behavior:\n');
    direction(w, 'Scale Up', valueAt(behavior, 'scaleUp'));
    direction(w, 'Scale Down', valueAt(behavior, 'scaleDown'));
  }
  const replicas = (field: string): string => numberText(hpa, 'status', field);
  w.field(
    0,
    `${textAt(target, 'kind')} pods`,
    `${replicas('currentReplicas')} current / ${replicas('desiredReplicas')} desired`,
  );
  const conditions = arrayAt(hpa, 'status', 'conditions');
  if (conditions.length > 0) {
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tReason\tMessage\n');
    w.write(1, '----\t------\t------\t-------\n');
  }
  for (const one of conditions)
    w.write(1, `${['type', 'status', 'reason', 'message'].map((field) => textAt(one, field)).join('\t')}\n`);
  describeEvents(w, context);
};

/** Where each type of metric stands in its spec and status. */
const METRICS: Readonly<Record<string, string>> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

function metricLine(w: DescribeWriter, metric: JsonValue, status: JsonValue | undefined): void {
  const type = textAt(metric, 'type');
  const field = METRICS[type];
  if (field === undefined) return w.write(1, `<unknown metric type ${quoteString(type)}>\n`);
  const [spec, now] = [objectAt(metric, field), objectAt(status, field, 'current')];
  const has = objectAt(status, field) !== undefined;
  const name = quoteString(textAt(spec, 'metric', 'name'));
  const average = valueAt(spec, 'target', 'averageValue');
  const amount = (part: string): string => quantityText(valueAt(spec, 'target', part));
  const shown = (part: string): string => (has ? goQuantity(valueAt(now, part)) : '<unknown>');
  if (type === 'External') {
    if (average === undefined) return w.write(1, `${name} (target value):\t${shown('value')} / ${amount('value')}\n`);
    const known = valueAt(now, 'averageValue') === undefined ? '<unknown>' : shown('averageValue');
    return w.write(1, `${name} (target average value):\t${known} / ${amount('averageValue')}\n`);
  }
  if (type === 'Pods') return w.write(1, `${name} on pods:\t${shown('averageValue')} / ${amount('averageValue')}\n`);
  if (type === 'Object') {
    const object = `${textAt(spec, 'describedObject', 'kind')}/${textAt(spec, 'describedObject', 'name')}`;
    const [word, part] =
      textAt(spec, 'target', 'type') === 'AverageValue'
        ? ['target average value', 'averageValue']
        : ['target value', 'value'];
    return w.write(
      1,
      `"${textAt(spec, 'metric', 'name')}" on ${object} (${word}):\t${shown(part)} / ${amount(part)}\n`,
    );
  }
  const isContainer = type === 'ContainerResource';
  const container = isContainer ? ` of container "${textAt(spec, 'container')}"` : '';
  const head = `resource ${textAt(spec, 'name')}${container} on pods`;
  if (average !== undefined) return w.write(1, `${head}:\t${shown('averageValue')} / ${amount('averageValue')}\n`);
  const used = numberAt(now, 'averageUtilization');
  const known = used === undefined ? '<unknown>' : `${used}% (${goQuantity(valueAt(now, 'averageValue'))})`;
  const wanted = numberAt(spec, 'target', 'averageUtilization');
  // Upstream writes the words one indent further in.
  w.write(1, `${head}  (as a percentage of request):\t${known} / ${wanted === undefined ? '<auto>' : `${wanted}%`}\n`);
}

/** A quantity that may not be there. */
function goQuantity(value: JsonValue | undefined): string {
  return value === undefined ? '<nil>' : quantityText(value);
}

function direction(w: DescribeWriter, title: string, rules: JsonValue | undefined): void {
  if (rules === undefined) return;
  w.write(1, `${title}:\n`);
  const window = textAt(rules, 'stabilizationWindowSeconds');
  if (window !== '') w.write(2, `Stabilization Window: ${window} seconds\n`);
  const policies = arrayAt(rules, 'policies');
  if (policies.length === 0) return;
  w.write(2, `Select Policy: ${textAt(rules, 'selectPolicy') || 'Max'}\n`);
  w.write(2, 'Policies:\n');
  for (const policy of policies)
    w.write(
      3,
      `- Type: ${textAt(policy, 'type')}\tValue: ${numberText(policy, 'value')}\tPeriod: ${numberText(policy, 'periodSeconds')} seconds\n`,
    );
}

/** Source: `describePodDisruptionBudgetV1`. */
export const describeDisruptionBudget: Describer = (w, budget, context) => {
  describeName(w, budget);
  const [least, most] = [textAt(budget, 'spec', 'minAvailable'), textAt(budget, 'spec', 'maxUnavailable')];
  if (least !== '') w.field(0, 'Min available', least);
  else if (most !== '') w.field(0, 'Max unavailable', most);
  const selector = valueAt(budget, 'spec', 'selector');
  w.field(0, 'Selector', selector === undefined ? '<unset>' : formatLabelSelector(parseLabelSelector(selector)));
  w.write(0, 'Status:\n');
  for (const [title, field] of [
    ['Allowed disruptions', 'disruptionsAllowed'],
    ['Current', 'currentHealthy'],
    ['Desired', 'desiredHealthy'],
    ['Total', 'expectedPods'],
  ] as const)
    w.field(2, title, numberText(budget, 'status', field));
  describeEvents(w, context);
};
