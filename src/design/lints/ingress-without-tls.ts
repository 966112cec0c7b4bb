import { arrayAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Ingresses without TLS. */
export const ingressWithoutTls: Lint = {
  id: 'ingress-without-tls',
  group: 'network',
  severity: 'info',
  defaultOn: true,
  find: perObject('Ingress', ['networking.k8s.io/v1'], ({ object }) =>
    arrayAt(object, 'spec', 'tls').length === 0 && arrayAt(object, 'spec', 'rules').length > 0
      ? [{ at: ['spec', 'tls'] }]
      : NO_SPOTS,
  ),
};
