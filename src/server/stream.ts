import type { ApiCall } from '../simulator/client/api-client.ts';
import { isOver } from '../simulator/client/client-component.ts';
import type { Heard } from '../simulator/client/client-component.ts';
import type { Cluster } from '../simulator/cluster.ts';
import type { UserInfo } from '../simulator/messages.ts';

interface OpenCall {
  readonly token: string;
  readonly listener: (message: Heard) => void;
  told: number;
}

/** Requests of HTTP clients to a simulated cluster, and who is told what comes of them. */
export class OpenCalls {
  private readonly cluster: Cluster;
  private readonly calls = new Map<string, OpenCall>();
  private heard = 0;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** Whether somebody waits for a first answer. */
  get isAwaited(): boolean {
    return [...this.calls.values()].some(({ told }) => told === 0);
  }

  /** Makes a request now; the listener is given each message. Gives what ends it from the client's side. */
  open(call: ApiCall, user: UserInfo, agent: string, listener: (message: Heard) => void): () => void {
    const token = this.cluster.open(call, user, agent);
    this.calls.set(token, { token, listener, told: 0 });
    return () => this.close(token);
  }

  /** Tells what has come since the last time. */
  tell(): void {
    if (this.cluster.heard === this.heard) return;
    this.heard = this.cluster.heard;
    for (const call of this.calls.values()) {
      const messages = this.cluster.heardOn(call.token) ?? [];
      while (call.told < messages.length && this.calls.has(call.token)) {
        const message = messages[call.told++]!;
        call.listener(message);
        if (isOver(message)) this.close(call.token);
      }
    }
  }

  private close(token: string): void {
    if (this.calls.delete(token)) this.cluster.close(token);
  }
}
