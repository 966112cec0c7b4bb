import { Cluster } from '../../cluster.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { ApiResponse, UserInfo } from '../../messages.ts';
import { kinds } from '../../testing/built-in-kinds.ts';

const OTHERS = ['kube-controller-manager', 'kube-scheduler', 'kubelet/w1', 'kubelet/w2', 'kubelet/w3', 'kubelet/cp-1'];

/** For tests: an API server that is asked one thing after another. */
export class AskedServer {
  readonly cluster: Cluster;

  /** `alone`: the control plane has come up, then all but the API server and etcd have stopped. */
  constructor(how: 'alone' | 'among others' = 'among others') {
    this.cluster = Cluster.create({ seed: 5, kinds });
    this.cluster.runUntil(3000);
    if (how === 'alone') for (const process of OTHERS) this.cluster.setRunning(process, false);
  }

  ask(call: ApiCall, user?: UserInfo): ApiResponse {
    const token = this.cluster.request(call, user);
    for (;;) {
      const answer = this.cluster.answerTo(token);
      if (answer !== undefined) return answer;
      if (!this.cluster.step()) throw new Error('nobody answers');
    }
  }
}
