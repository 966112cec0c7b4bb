/**
 * What manifests say again and again, most common last: a link need not carry it. Part of the format of version 1 and never
 * changed: a link made once opens for ever.
 */
export const DICTIONARY_V1 = `apiVersion: storage.k8s.io/v1
kind: StorageClass
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
kind: HTTPRoute
parentRefs:
backendRefs:
hostnames:
listeners:
kind: Node
kubernetes.io/hostname: node-role.kubernetes.io/control-plane: ""
topology.kubernetes.io/zone: zone-a
status:
  capacity:
    cpu: '4'
    memory: 16Gi
    pods: '110'
  allocatable:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
kind: RoleBinding
roleRef:
  apiGroup: rbac.authorization.k8s.io
subjects:
rules:
  - apiGroups: [""]
    resources: ["pods", "services"]
    verbs: ["get", "list", "watch"]
kind: ServiceAccount
serviceAccountName: automountServiceAccountToken: false
apiVersion: batch/v1
kind: CronJob
  schedule: "*/5 * * * *"
  jobTemplate:
      concurrencyPolicy: Forbid
kind: Job
  backoffLimit: 3
      restartPolicy: OnFailure
apiVersion: apps/v1
kind: DaemonSet
apiVersion: policy/v1
kind: PodDisruptionBudget
  minAvailable: 1
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
  scaleTargetRef:
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
  podSelector:
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
        - namespaceSelector:
kind: Ingress
  ingressClassName: nginx
  tls:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
apiVersion: apps/v1
kind: StatefulSet
  serviceName: db
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        accessModes:
          - ReadWriteOnce
        storageClassName: standard
        resources:
          requests:
            storage: 10Gi
kind: PersistentVolumeClaim
apiVersion: v1
kind: Namespace
kind: Secret
type: Opaque
stringData:
kind: ConfigMap
data:
# drydock:layout v1
# drydock: application Deployment.apps/shop/web @ 16,48
# drydock: application Service/shop/web @ 272,48
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
      nodeSelector:
      affinity:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
      initContainers:
      volumes:
        - name: config
          configMap:
            name: settings
        - name: data
          persistentVolumeClaim:
            claimName: data
          emptyDir: {}
          volumeMounts:
            - name: data
              mountPath: /var/lib/data
              readOnly: true
          command: ["sh", "-c"]
          args:
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            runAsUser: 1000
            seccompProfile:
              type: RuntimeDefault
            capabilities:
              drop: ["ALL"]
          env:
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: db
                  key: password
                configMapKeyRef:
            - name: PORT
              value: "8080"
          envFrom:
            - configMapRef:
                name: settings
            - secretRef:
          livenessProbe:
            httpGet:
              path: /healthz
              port: 8080
            initialDelaySeconds: 5
            periodSeconds: 10
          readinessProbe:
            tcpSocket:
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              cpu: 500m
              memory: 256Mi
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  labels:
    app.kubernetes.io/name: web
    app: web
spec:
  type: ClusterIP
  clusterIP: None
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
      protocol: TCP
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  strategy:
    type: RollingUpdate
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: 8080
`;
