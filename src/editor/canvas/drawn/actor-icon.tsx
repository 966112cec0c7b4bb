import { Cloud, Database, MonitorSmartphone, Send, User } from 'lucide-react';
import type { ActorKind } from '../../../design/drawn.ts';

const ICONS: Readonly<Record<ActorKind, typeof User>> = {
  user: User,
  database: Database,
  saas: Cloud,
  queue: Send,
  device: MonitorSmartphone,
};

/** Who or what stands outside of the cluster. Decoration: its name stands beside it. */
export function ActorIcon({ what, size = 20 }: { readonly what: ActorKind; readonly size?: number }) {
  const Icon = ICONS[what];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
