/**
 * Manifests as a large team writes them: namespaces of 40 objects, each application a Deployment, a Service, a
 * ConfigMap and an autoscaler that point at each other. The same count gives the same bytes.
 */
export function generatedManifests(objects: number): string {
  const documents: string[] = [];
  for (let app = 0; documents.length < objects; app++) {
    const namespace = `team-${Math.floor(app / 10)}`;
    const name = `app-${app}`;
    documents.push(
      deployment(name, namespace),
      service(name, namespace),
      configMap(name, namespace),
      autoscaler(name, namespace),
    );
  }
  return documents.slice(0, objects).join('---\n');
}

function deployment(name: string, namespace: string): string {
  const env = Array.from(
    { length: 8 },
    (_, index) => `            - name: SETTING_${index}\n              value: "${name}-${index}"\n`,
  ).join('');
  return `# ${name}: owned by ${namespace}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${namespace}
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: ${namespace}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: default
      containers:
        - name: main
          image: registry.example.com/${namespace}/${name}:1.${name.length}.0 # pinned
          args: ["--listen", ":8080", "--verbose"]
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          env:
${env}            - name: MODE
              valueFrom:
                configMapKeyRef:
                  name: ${name}
                  key: mode
          envFrom:
            - configMapRef:
                name: ${name}
          readinessProbe:
            httpGet: { path: /healthz, port: http }
            periodSeconds: 5
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: "1", memory: 512Mi }
          volumeMounts:
            - { name: config, mountPath: /etc/app }
      volumes:
        - name: config
          configMap:
            name: ${name}
`;
}

function service(name: string, namespace: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
      protocol: TCP
    - name: metrics
      port: 9090
      targetPort: metrics
`;
}

function configMap(name: string, namespace: string): string {
  const lines = Array.from(
    { length: 30 },
    (_, line) => `    setting.${line} = value of line ${line} in ${name}\n`,
  ).join('');
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  mode: production
  version: "1.10"
  app.properties: |
${lines}`;
}

function autoscaler(name: string, namespace: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 3
  maxReplicas: 12
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`;
}
