import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt } from '../../base/json.ts';

/** Whether an update of a Pod changes anything that a policy could mind: containers, and the images of containers. */
export function isSignificantPodUpdate(pod: KubernetesObject, old: KubernetesObject | undefined): boolean {
  const isOther = (list: string): boolean => {
    const [now, before] = [arrayAt(pod, 'spec', list), arrayAt(old, 'spec', list)];
    return now.length !== before.length || now.some((container, index) => isOtherImage(container, before[index]));
  };
  const before = arrayAt(old, 'spec', 'ephemeralContainers');
  return (
    isOther('containers') ||
    isOther('initContainers') ||
    arrayAt(pod, 'spec', 'ephemeralContainers').some((container) => {
      const same = before.find((each) => stringAt(each, 'name') === stringAt(container, 'name'));
      return same === undefined || isOtherImage(container, same);
    })
  );
}

function isOtherImage(container: JsonValue, old: JsonValue | undefined): boolean {
  return (stringAt(container, 'image') ?? '') !== (stringAt(old, 'image') ?? '');
}
