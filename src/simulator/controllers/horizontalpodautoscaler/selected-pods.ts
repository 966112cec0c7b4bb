import { selectsObject } from '../../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { ReconcileContext } from '../controller.ts';
import { AUTOSCALERS, PODS } from '../resources.ts';
import type { ScalingHistory } from './scaling-history.ts';

/** The Pods of a target, or why they cannot be told. */
export type SelectedPods =
  | { readonly pods: readonly KubernetesObject[] }
  | {
      /** Reason of the Event, and of the condition with its words. */
      readonly event: string;
      readonly reason: string;
      readonly failure: string;
      readonly message: string;
    };

/**
 * The Pods that the selector of a target finds. No other autoscaler may have one of them.
 * Source: pkg/controller/podautoscaler/horizontal.go `validateAndParseSelector`, 1.36.
 */
export function selectedPods(context: ReconcileContext, hpa: KubernetesObject, selector: string): SelectedPods {
  if (selector === '')
    return {
      event: 'SelectorRequired',
      reason: 'InvalidSelector',
      failure: 'selector is required',
      message: "the HPA target's scale is missing a selector",
    };
  const parsed = parseLabelSelectorString(selector);
  const [invalid] = parsed.invalid ?? [];
  if (invalid !== undefined) {
    const failure = `couldn't convert selector into a corresponding internal selector object: ${invalid}`;
    return { event: 'InvalidSelector', reason: 'InvalidSelector', failure, message: failure };
  }
  const namespace = namespaceOf(hpa) ?? '';
  const pods = context
    .view(PODS)
    .list(namespace)
    .filter((pod) => selectsObject(parsed, pod));
  const names = autoscalersOf(context, hpa, namespace, pods);
  if (names.length > 0) {
    const all = [nameOf(hpa), ...names].toSorted().map((name) => `${namespace}/${name}`);
    const failure = `pods by selector ${selector} are controlled by multiple HPAs: [${all.join(' ')}]`;
    return { event: 'AmbiguousSelector', reason: 'AmbiguousSelector', failure, message: failure };
  }
  return { pods };
}

/** Other autoscalers whose targets have one of the Pods, as far as they have been looked at. */
function autoscalersOf(
  context: ReconcileContext,
  hpa: KubernetesObject,
  namespace: string,
  pods: readonly KubernetesObject[],
): readonly string[] {
  if (pods.length === 0) return [];
  return context
    .view(AUTOSCALERS)
    .list(namespace)
    .filter((other) => nameOf(other) !== nameOf(hpa))
    .filter((other) => {
      const { selector } = (context.memoryOf(`${namespace}/${nameOf(other)}`) ?? {}) as Partial<ScalingHistory>;
      if (selector === undefined) return false;
      const parsed = parseLabelSelectorString(selector);
      return pods.some((pod) => selectsObject(parsed, pod));
    })
    .map(nameOf);
}
