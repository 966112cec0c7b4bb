import type { Gate } from '../gates.ts';

/** Priority and fairness. Source: staging/src/k8s.io/apiserver/pkg/server/filters/priority-and-fairness.go, 1.36. */
export const flowControl: Gate = {
  name: 'flowControl',
  check: () => undefined,
};
