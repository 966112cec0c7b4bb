import { Boxes, Cloud, Database, MonitorSmartphone, RefreshCw, Send, Server, User, Waypoints } from 'lucide-react';
import type { ActorKind } from '../../../design/drawn.ts';

const ICONS: Readonly<Record<ActorKind, typeof User>> = {
  user: User,
  database: Database,
  saas: Cloud,
  queue: Send,
  device: MonitorSmartphone,
  kubectl: MonitorSmartphone,
  'kube-apiserver': Server,
  etcd: Database,
  'kube-scheduler': Waypoints,
  'kube-controller-manager': RefreshCw,
  kubelet: Server,
  'kube-proxy': Send,
  containerd: Boxes,
};

/** Who or what stands outside of the cluster. Decoration: its name stands beside it. */
export function ActorIcon({ what, size = 20 }: { readonly what: ActorKind; readonly size?: number }) {
  const Icon = ICONS[what];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
