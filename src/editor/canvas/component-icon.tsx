import { Boxes, Database, RefreshCw, Server, Waypoints } from 'lucide-react';

const ICONS: Readonly<Record<string, typeof Server>> = {
  app: Boxes,
  'kube-apiserver': Server,
  etcd: Database,
  'kube-scheduler': Waypoints,
  'kube-controller-manager': RefreshCw,
};

/** The icon of a part of the control plane. Decoration: its name stands beside it. */
export function ComponentIcon({ name }: { readonly name: string }) {
  const Icon = ICONS[name] ?? Server;
  return (
    <span className="kind-icon kind-icon-large category-cluster" aria-hidden>
      <Icon size={18} strokeWidth={2} />
    </span>
  );
}
