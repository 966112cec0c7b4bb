import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { SchedulerPlugin } from '../plugin.ts';

/** Source: pkg/scheduler/framework/plugins/defaultbinder/default_binder.go, 1.36. */
export const defaultBinder: SchedulerPlugin = {
  name: 'DefaultBinder',
  bind({ pod, uid }, nodeName, binding) {
    const [namespace, name] = [namespaceOf(pod) ?? 'default', nameOf(pod)];
    const answer = binding.call({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'pods' },
      namespace,
      name,
      subresource: 'binding',
      body: {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, uid },
        target: { kind: 'Node', name: nodeName },
      },
    });
    return answer.ok ? undefined : { code: 'Error', reasons: [answer.message] };
  },
};
