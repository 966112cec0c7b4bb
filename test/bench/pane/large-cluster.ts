/** Pods of one Deployment. */
const PODS_EACH = 30;

/** A design of so many Nodes, and Deployments with Services that make so many Pods, all of which have room. */
export function largeCluster(nodes: number, pods: number): string {
  const documents: string[] = [];
  for (let number = 1; number <= nodes; number++)
    documents.push(`apiVersion: v1
kind: Node
metadata: {name: node-${number}, labels: {topology.kubernetes.io/zone: zone-${number % 3}}}
status: {capacity: {cpu: "16", memory: 64Gi, pods: "110"}}`);
  for (let made = 0, number = 1; made < pods; made += PODS_EACH, number++)
    documents.push(
      `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${number}}
spec:
  replicas: ${Math.min(PODS_EACH, pods - made)}
  selector: {matchLabels: {app: app-${number}}}
  template:
    metadata: {labels: {app: app-${number}}}
    spec: {containers: [{name: app, image: "app:${number}", resources: {requests: {cpu: 100m, memory: 64Mi}}}]}`,
      `apiVersion: v1
kind: Service
metadata: {name: app-${number}}
spec: {selector: {app: app-${number}}, ports: [{port: 80}]}`,
    );
  return `${documents.join('\n---\n')}\n`;
}
