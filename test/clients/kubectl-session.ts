/** What a person types at an unmodified kubectl, and what must be in the answer. */
export interface Typed {
  readonly line: string;
  readonly input?: string;
  readonly expected: readonly RegExp[];
}

const DESIGN = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {app: api}}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: registry.k8s.io/pause:3.10
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80}]}
`;

const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.sea.example}
spec:
  group: sea.example
  scope: Namespaced
  names: {kind: Boat, plural: boats, singular: boat}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {masts: {type: integer, minimum: 1, description: How many masts.}}}
`;

const BOAT = 'apiVersion: sea.example/v1\nkind: Boat\nmetadata: {name: junk}\nspec: {masts: 0}\n';

export const SESSION: readonly Typed[] = [
  { line: 'version', expected: [/Server Version: v1\.36\./] },
  { line: 'cluster-info', expected: [/control plane.* is running at/] },
  { line: 'get nodes', expected: [/control-plane/, /Ready/] },
  { line: 'api-resources --api-group=apps', expected: [/deployments +deploy +apps\/v1 +true +Deployment/] },
  { line: 'auth whoami', expected: [/kubernetes-admin/, /system:masters/] },
  { line: 'create namespace harbour', expected: [/namespace\/harbour created/] },
  {
    line: '-n harbour create deployment web --image=nginx:1.27 --replicas=3',
    expected: [/deployment\.apps\/web created/],
  },
  { line: '-n harbour rollout status deployment/web', expected: [/successfully rolled out/] },
  { line: '-n harbour get pods -l app=web -o wide', expected: [/(?:web-\S+ +1\/1 +Running[^\n]*\n){3}/] },
  { line: '-n harbour expose deployment web --port=80', expected: [/service\/web exposed/] },
  { line: '-n harbour get endpointslices', expected: [/web-\S+ +IPv4 +80 /] },
  { line: '-n harbour scale deployment/web --replicas=4', expected: [/scaled/] },
  { line: '-n harbour wait deployment/web --for=jsonpath={.status.readyReplicas}=4', expected: [/condition met/] },
  { line: '-n harbour set image deployment/web nginx=nginx:1.28', expected: [/image updated/] },
  { line: '-n harbour rollout status deployment/web', expected: [/successfully rolled out/] },
  { line: '-n harbour rollout history deployment/web', expected: [/REVISION/, /^2 /m] },
  { line: '-n harbour rollout undo deployment/web', expected: [/rolled back/] },
  { line: '-n harbour rollout status deployment/web', expected: [/successfully rolled out/] },
  { line: '-n harbour get deployment web -o jsonpath={..image}', expected: [/^nginx:1\.27$/] },
  { line: '-n harbour apply -f -', input: DESIGN, expected: [/configmap\/settings created/, /service\/api created/] },
  {
    line: '-n harbour diff -f -',
    input: DESIGN.replace('replicas: 2', 'replicas: 5'),
    expected: [/^-  replicas: 2$/m, /^\+  replicas: 5$/m],
  },
  {
    line: '-n harbour apply -f -',
    input: DESIGN.replace('replicas: 2', 'replicas: 1'),
    expected: [/deployment\.apps\/api configured/, /service\/api unchanged/],
  },
  { line: '-n harbour apply --server-side -f -', input: DESIGN, expected: [/serverside-applied|conflict/] },
  { line: '-n harbour describe service api', expected: [/Selector: +app=api/, /Endpoints:/] },
  { line: '-n harbour create configmap extra --from-literal=a=b', expected: [/configmap\/extra created/] },
  { line: '-n harbour create secret generic pass --from-literal=word=open', expected: [/secret\/pass created/] },
  { line: '-n harbour get secret pass -o jsonpath={.data.word}', expected: [/^b3Blbg==$/] },
  { line: '-n harbour create job hello --image=busybox -- echo hi', expected: [/job\.batch\/hello created/] },
  { line: '-n harbour wait job/hello --for=condition=complete', expected: [/condition met/] },
  {
    line: "-n harbour create cronjob tick --image=busybox --schedule='*/5 * * * *'",
    expected: [/cronjob\.batch\/tick created/],
  },
  { line: '-n harbour create role reader --verb=get,list --resource=pods', expected: [/reader created/] },
  { line: '-n harbour create rolebinding readers --role=reader --user=ann', expected: [/readers created/] },
  { line: '-n harbour auth can-i list pods --as ann', expected: [/^yes/] },
  { line: '-n harbour auth can-i --list --as ann', expected: [/pods +\[\] +\[\] +\[get list\]/] },
  { line: '-n harbour delete deployment web --as ann', expected: [/Forbidden.*User "ann" cannot/] },
  { line: '-n harbour create quota few --hard=pods=6', expected: [/resourcequota\/few created/] },
  { line: '-n harbour scale deployment/web --replicas=9', expected: [/scaled/] },
  { line: '-n harbour get events --field-selector type=Warning', expected: [/exceeded quota: few/] },
  { line: '-n harbour label deployment web tier=front', expected: [/labeled/] },
  { line: '-n harbour annotate deployment web by=me', expected: [/annotated/] },
  { line: '-n harbour patch deployment web -p \'{"spec":{"replicas":2}}\'', expected: [/patched/] },
  { line: '-n harbour exec deploy/api -- true', expected: [/^$/] },
  { line: '-n harbour logs deploy/api', expected: [] },
  { line: '-n harbour explain deployment.spec.strategy', expected: [/KIND: +Deployment/, /RollingUpdate/] },
  { line: 'create -f -', input: DEFINITION, expected: [/boats\.sea\.example created/] },
  { line: 'wait crd/boats.sea.example --for=condition=established', expected: [/condition met/] },
  { line: 'explain boat.spec.masts', expected: [/FIELD: masts <integer>/, /How many masts/] },
  {
    line: '-n harbour apply -f -',
    input: BOAT,
    expected: [/The Boat "junk" is invalid: spec\.masts: Invalid value: 0/],
  },
  { line: '-n harbour apply -f -', input: BOAT.replace('0', '3'), expected: [/boat\.sea\.example\/junk created/] },
  { line: '-n harbour get boats', expected: [/junk/] },
  { line: 'cordon w1', expected: [/w1 cordoned/] },
  { line: 'drain w2 --ignore-daemonsets --delete-emptydir-data --force', expected: [/node\/w2 drained/] },
  { line: 'uncordon w1', expected: [/w1 uncordoned/] },
  { line: 'taint nodes w3 sea=rough:NoSchedule', expected: [/w3 tainted/] },
  { line: '-n harbour delete deployment,service,job,cronjob --all', expected: [/deployment\.apps "web" deleted/] },
  { line: 'delete namespace harbour', expected: [/namespace "harbour" deleted/] },
  { line: 'get namespace harbour', expected: [/NotFound/] },
];
