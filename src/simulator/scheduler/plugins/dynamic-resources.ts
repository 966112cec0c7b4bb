import { arrayAt } from '../../../base/json.ts';
import type { SchedulerPlugin } from '../plugin.ts';

/**
 * Pods without claims of resources pass, and nothing can be freed for them. No driver offers devices in the simulated
 * cluster, so that no Node can serve a claim, with upstream's words for that.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go, 1.36.
 */
export const dynamicResources: SchedulerPlugin = {
  name: 'DynamicResources',
  preFilter: ({ pod }) => (arrayAt(pod, 'spec', 'resourceClaims').length === 0 ? { skip: true } : { state: undefined }),
  filter: () => ({ code: 'Unschedulable', reasons: ['cannot allocate all claims'] }),
  postFilter: () => ({ code: 'Unschedulable', reasons: ['no new claims to deallocate'] }),
};
