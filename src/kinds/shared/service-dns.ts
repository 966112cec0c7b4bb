/** A Service as its DNS name spells it. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
  /** How the host spells it, for a rename: `{name}.{namespace}.svc.cluster.local`. */
  readonly format: string;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const qualified = new RegExp(`^(${LABEL})\\.(${LABEL})\\.(svc(?:\\.[-a-z0-9.]+)?)\\.?$`);
const short = new RegExp(`^${LABEL}$`);

/**
 * Reads a host as the cluster's DNS does: `web.shop.svc`, `web.shop.svc.cluster.local`. Undefined for every other host.
 * A name with a Pod in front (`pod-0.web.shop.svc`) belongs to no Service by itself and is left out.
 */
export function serviceOfHost(host: string): ServiceName | undefined {
  const match = qualified.exec(host);
  if (!match) return undefined;
  return {
    name: match[1]!,
    namespace: match[2]!,
    format: host.replace(`${match[1]}.${match[2]}.`, '{name}.{namespace}.'),
  };
}

/** As `serviceOfHost`; a single word is a Service of the given namespace. */
export function serviceOfHostIn(host: string, namespace: string): ServiceName | undefined {
  return short.test(host) ? { name: host, namespace, format: '{name}' } : serviceOfHost(host);
}
