import type { JsonObject } from '../../base/json.ts';
import type { AskedReview } from '../behaviour/review-answer.ts';
import type { Packet } from '../kubeproxy/trace-packet.ts';
import type { Family } from './addresses.ts';
import type { PolicyStop } from './policies/network-policies.ts';

/** The first packet of a connection, and what is asked over it. */
export interface PacketParameters extends Packet {
  /** The destination before any Node changed it, as `10.96.0.20:80`. */
  readonly asked: string;
  /** Path of an HTTP request, or the name that DNS is asked for. */
  readonly question: string;
  /** The family of the addresses that DNS is asked for: IPv4 where left out. */
  readonly family?: Family;
  /** Header `Host` of an HTTP request. */
  readonly host?: string;
  /** A load balancer sent it to this Node: its address is the Node's business. */
  readonly isBalanced?: boolean;
  /** The review that an API server sends to a webhook. */
  readonly review?: AskedReview;
}

/** Method of a call that is such a packet. */
export const PACKET = 'packet';

/** What came back, or why nothing did. */
export type PacketAnswer =
  /** The process at the other end answered. */
  | {
      readonly type: 'answered';
      readonly by: string;
      readonly code: number;
      readonly body?: JsonObject;
      readonly text?: string;
    }
  | { readonly type: 'dns'; readonly result: Readonly<Record<string, unknown>> }
  /** Nobody listens there, or a rule rejects it. */
  | { readonly type: 'refused'; readonly by: string }
  /** `stop`: NetworkPolicies dropped it. Whoever asked does not learn why. */
  | { readonly type: 'timeout'; readonly stop?: PolicyStop }
  /** The address is none of the cluster's: what happens there is not simulated. */
  | { readonly type: 'outside' };
