/** What a client needs to find the cluster, to trust it and to be let in. */
export interface Access {
  readonly server: string;
  /** The authority's certificate in PEM. */
  readonly authority: string;
  readonly token: string;
}

/** A kubeconfig with one cluster. Source: staging/src/k8s.io/client-go/tools/clientcmd/api/v1/types.go, 1.36. */
export function kubeconfigOf({ server, authority, token }: Access): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: drydock
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(authority).toString('base64')}
users:
  - name: drydock-admin
    user:
      token: ${token}
contexts:
  - name: drydock
    context:
      cluster: drydock
      user: drydock-admin
current-context: drydock
`;
}
