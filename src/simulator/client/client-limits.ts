export const LIMITED_CLIENTS = ['kube-scheduler', 'kube-controller-manager', 'kubelet'] as const;
type LimitedClient = (typeof LIMITED_CLIENTS)[number];

/**
 * Requests per second of a client, and how many it may make at once: flags `--kube-api-qps` and `--kube-api-burst` of the
 * scheduler and the controller manager, `kubeAPIQPS` and `kubeAPIBurst` of kubelets.
 */
export type ClientLimits = Partial<Record<LimitedClient, { readonly qps: number; readonly burst: number }>>;
