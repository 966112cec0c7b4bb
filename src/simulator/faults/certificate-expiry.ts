import { apiServersAmong, apiServersDo } from './api-servers-do.ts';
import type { FaultDefinition } from './fault.ts';

/**
 * A certificate expires and nobody renews it: the client certificate of a kubelet (`kubelet/w1`), whose requests are then
 * unauthorized; or the serving certificate of an API server, to which nobody connects any more.
 */
export const certificateExpiry: FaultDefinition = {
  name: 'certificate-expiry',
  target: 'component',
  components: 'kube-apiserver-',
  parameters: [],
  effects(target, _parameters, running) {
    const [kind, node] = target.split('/');
    if (kind === 'kubelet') {
      const parameters = { user: `system:node:${node ?? ''}` };
      const [now, after] = ['ClientCertificateExpired', 'ClientCertificateRenewed'];
      return apiServersDo(running, { method: now!, parameters }, { method: after!, parameters });
    }
    const now = { method: 'ServingCertificateExpired', parameters: {} };
    const after = { method: 'ServingCertificateRenewed', parameters: {} };
    return apiServersAmong(running)
      .filter((component) => component === target)
      .map((component) => ({ type: 'do', component, now, after }));
  },
};
