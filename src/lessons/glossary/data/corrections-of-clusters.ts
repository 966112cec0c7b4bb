import type { Correction } from '../card.ts';

/** The same of the control plane, its controllers, the scheduler and the Nodes. */
export const CORRECTIONS_OF_CLUSTERS: readonly Correction[] = [
  {
    id: 'X15',
    class: 'C',
    title: { en: 'One big computer', zh: '一台超大计算机' },
    notes: {
      en: 'The cluster is one huge computer whose CPU and memory are the sum of all Nodes.',
      zh: '整个集群是一台超大计算机，CPU 和内存是所有节点的总和。',
    },
    today: {
      en: 'True for counting capacity. But a Pod runs on one Node: with 1 CPU free on each of three Nodes, a Pod that asks for 2 CPU stays Pending.',
      zh: '统计容量时成立。但一个 Pod 只运行在一个节点上：三个节点各剩 1 个 CPU，请求 2 个 CPU 的 Pod 只能 Pending。',
    },
    source: 'pkg/scheduler/framework/plugins/noderesources/fit.go, 1.36',
    items: [65],
  },
  {
    id: 'X16',
    class: 'B',
    title: { en: 'Master, slave, minion', zh: 'Master、slave、minion' },
    notes: {
      en: 'A cluster has a Master and slaves; Nodes were once called minions.',
      zh: '集群由 Master 和 slave（node 节点）组成，早期节点叫 minion。',
    },
    today: {
      en: 'They are the control plane and worker Nodes. kubeadm dropped the label node-role.kubernetes.io/master in 1.24 and the taint of that name in 1.25.',
      zh: '今天叫控制平面与工作节点。kubeadm 在 1.24 去掉了标签 node-role.kubernetes.io/master，在 1.25 去掉了同名污点。',
    },
    since: 'Kubernetes 1.24',
    source: 'kubernetes/enhancements 2067',
    items: [67, 106],
  },
  {
    id: 'X17',
    class: 'C',
    title: { en: 'Components never connect directly', zh: '组件之间不直接连接' },
    notes: {
      en: 'Components do not connect to each other; all messages go through the API server.',
      zh: '组件与组件之间一般不进行独立的连接，都依赖 API Server 传送消息。',
    },
    today: {
      en: 'Right as a rule. The exceptions begin at the API server itself: to the kubelet for logs, exec and port-forward, to webhooks, and to aggregated servers such as metrics-server.',
      zh: '作为规则是对的。例外都由 API server 自己发起：为 logs、exec、port-forward 连接 kubelet，连接 webhook，以及连接聚合的服务器（如 metrics-server）。',
    },
    source: 'kubernetes.io/docs/concepts/architecture/control-plane-node-communication',
    items: [70],
  },
  {
    id: 'X18',
    class: 'A',
    title: { en: 'What etcd keeps', zh: 'etcd 里存什么' },
    notes: {
      en: 'etcd stores instructions and is used for service registration and discovery.',
      zh: 'etcd 存储一些指令，用来做服务注册与发现。',
    },
    today: {
      en: 'It stores API objects, which are states and no commands. Applications find each other by Service, EndpointSlice and DNS, and never ask etcd.',
      zh: '它存储 API 对象，是状态而不是命令。应用通过 Service、EndpointSlice 和 DNS 找到彼此，从不访问 etcd。',
    },
    source: 'staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go, 1.36',
    items: [71],
  },
  {
    id: 'X19',
    class: 'C',
    title: { en: 'Where etcd runs', zh: 'etcd 部署在哪里' },
    notes: {
      en: 'The etcd cluster is deployed separately.',
      zh: 'etcd 集群单独部署。',
    },
    today: {
      en: 'Both are usual. kubeadm’s default is stacked: one member on each control-plane Node. External etcd costs more machines and separates failures.',
      zh: '两种都常见。kubeadm 默认是堆叠式：每个控制平面节点一个成员。外部 etcd 多用机器，换来故障隔离。',
    },
    source: 'kubernetes.io/docs/setup/production-environment/tools/kubeadm/ha-topology',
    items: [73],
  },
  {
    id: 'X20',
    class: 'A',
    title: { en: 'One active master', zh: '只有一个 master 在工作' },
    notes: {
      en: 'Several masters, only one works; etcd elects the next when it fails.',
      zh: 'master 多节点部署，真正做调度的只有一个；它挂了由 etcd 选出下一个。',
    },
    today: {
      en: 'All API servers serve at once. Only kube-scheduler and kube-controller-manager have one active copy each, which holds a Lease that it renews through the API server. etcd’s Raft leader is a third election, and none need be on the same machine.',
      zh: '所有 API server 同时工作。只有 kube-scheduler 与 kube-controller-manager 各有一个活动实例，它持有一个通过 API server 续约的 Lease。etcd 的 Raft leader 是另一场选举，三者不必在同一台机器上。',
    },
    source: 'staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go, 1.36 (15 s, 10 s, 2 s)',
    items: [74],
  },
  {
    id: 'X21',
    class: 'C',
    title: { en: 'HTTP and JSON', zh: 'HTTP 加 JSON' },
    notes: {
      en: 'The Kubernetes API is HTTP and JSON.',
      zh: 'Kubernetes API 由 HTTP+JSON 组成。',
    },
    today: {
      en: 'It is HTTP, and JSON is one encoding. Components inside the cluster use Protobuf for built-in kinds; the server also reads YAML, and kubectl turns YAML into JSON before it sends.',
      zh: '是 HTTP，JSON 只是编码之一。集群内组件对内置类型使用 Protobuf；服务器也能读 YAML，而 kubectl 在发送前就把 YAML 转成 JSON。',
    },
    source: 'staging/src/k8s.io/apimachinery/pkg/runtime/serializer/codec_factory.go, 1.36',
    items: [80],
  },
  {
    id: 'X22',
    class: 'C',
    title: { en: 'What an object holds', zh: '对象里有什么' },
    notes: {
      en: 'apiVersion, kind, metadata, annotation, spec.',
      zh: 'apiVersion、kind、metadata、annotation、spec。',
    },
    today: {
      en: 'Annotations are a part of metadata, like labels. And status is missing from the list: spec is what is wanted, status is what the cluster reports.',
      zh: 'annotations 属于 metadata，和 labels 一样。列表里少了 status：spec 是期望，status 是集群的汇报。',
    },
    source: 'staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go, 1.36',
    items: [81],
  },
  {
    id: 'X23',
    class: 'B',
    title: { en: 'ReplicationController', zh: 'ReplicationController' },
    notes: {
      en: 'The replication controller keeps the number of copies.',
      zh: '副本控制器（replication controller）保持副本数量与预期一致。',
    },
    today: {
      en: 'It is still served, but Deployments do the work today, by way of ReplicaSets, whose selectors can say more. Drydock opens it and offers the conversion.',
      zh: '它仍然可用，但今天由 Deployment 通过 ReplicaSet 完成，后者的选择器也更强。船坞能打开它，并提供转换。',
    },
    since: 'Kubernetes 1.2 (Deployment), 1.9 (apps/v1)',
    source: 'kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller',
    items: [84],
  },
  {
    id: 'X24',
    class: 'A',
    title: { en: 'The namespace controller', zh: 'Namespace 控制器' },
    notes: {
      en: 'It puts new Pods into namespaces, and cleans up invalid namespaces.',
      zh: '创建 pod 时把它分配到不同命名空间，并定期清理无效的 namespace。',
    },
    today: {
      en: 'The namespace stands in the path of the request. The controller only acts on a namespace that is being deleted: it empties it, Pods first, and then removes the finalizer.',
      zh: '命名空间写在请求路径里。控制器只处理正在删除的命名空间：先删 Pod 再清空其余内容，最后移除 finalizer。',
    },
    since: 'Kubernetes 1.34 (Pods first)',
    source: 'pkg/controller/namespace/deletion/namespaced_resources_deleter.go, 1.36',
    items: [88],
  },
  {
    id: 'X25',
    class: 'A',
    title: { en: 'The service controller', zh: 'Service 控制器' },
    notes: {
      en: 'It maintains the virtual IP and balances the load.',
      zh: '维护虚拟 IP，提供负载均衡。',
    },
    today: {
      en: 'Three parts do that. The API server allocates the ClusterIP; kube-proxy writes the rules on each Node; the service controller of the cloud-controller-manager only asks the cloud for load balancers.',
      zh: '这是三个部分的事。API server 分配 ClusterIP；kube-proxy 在每个节点写规则；cloud-controller-manager 里的 service 控制器只负责向云申请负载均衡器。',
    },
    source: 'pkg/registry/core/service/storage/alloc.go, 1.36; k8s.io/cloud-provider controllers/service',
    items: [89],
  },
  {
    id: 'X26',
    class: 'B',
    title: { en: 'Endpoints', zh: 'Endpoints' },
    notes: {
      en: 'The endpoints controller ties Pods to Services.',
      zh: 'endpoints 控制器把 pod 与 service 关联起来。',
    },
    today: {
      en: 'EndpointSlices do, in pieces of up to 100 addresses, and kube-proxy reads only them. Endpoints are still written, and asking for them brings a deprecation warning.',
      zh: '今天是 EndpointSlice，每片最多 100 个地址，kube-proxy 也只读它。Endpoints 仍会写入，但访问它会收到弃用警告。',
    },
    since: 'Kubernetes 1.21 (EndpointSlice), 1.33 (deprecation)',
    source: 'kubernetes/enhancements 752, 4974',
    items: [90],
  },
  {
    id: 'X27',
    class: 'C',
    title: { en: 'The ServiceAccount controller', zh: 'ServiceAccount 控制器' },
    notes: {
      en: 'It is the security authentication.',
      zh: 'service account controller：安全认证。',
    },
    today: {
      en: 'It sees to it that each namespace has a ServiceAccount “default”. Authentication happens in the API server; Pods get short-lived tokens by TokenRequest.',
      zh: '它保证每个命名空间都有名为 default 的 ServiceAccount。认证发生在 API server；Pod 通过 TokenRequest 得到短期令牌。',
    },
    since: 'Kubernetes 1.22 (bound tokens)',
    source: 'kubernetes/enhancements 1205, 2799; pkg/controller/serviceaccount, 1.36',
    items: [91],
  },
  {
    id: 'X28',
    class: 'C',
    title: { en: 'The PersistentVolume controller', zh: 'PersistentVolume 控制器' },
    notes: {
      en: 'It deploys stateful services and keeps their data.',
      zh: '持久化存储控制器：有状态服务部署，数据持久化存储。',
    },
    today: {
      en: 'It binds claims to volumes. The external provisioner of a CSI driver makes the volume, the attach/detach controller attaches it, and the kubelet mounts it.',
      zh: '它把 PVC 与 PV 绑定。CSI 驱动的 external-provisioner 创建卷，attach/detach 控制器挂接，kubelet 挂载。',
    },
    since: 'Kubernetes 1.13 (CSI)',
    source: 'pkg/controller/volume/persistentvolume/pv_controller.go, 1.36',
    items: [92, 154],
  },
  {
    id: 'X29',
    class: 'A',
    title: { en: 'Job and CronJob', zh: 'Job 与 CronJob' },
    notes: {
      en: 'The job controller is the timed task controller.',
      zh: 'Job controller：定时任务控制器。',
    },
    today: {
      en: 'A Job runs until enough Pods have succeeded, and then is done. The timer is the CronJob, which makes a Job at each of its times.',
      zh: 'Job 运行到足够多的 Pod 成功为止，然后结束。定时的是 CronJob，它在每个时刻创建一个 Job。',
    },
    since: 'Kubernetes 1.21 (CronJob stable)',
    source: 'kubernetes/enhancements 19; pkg/controller/cronjob, 1.36',
    items: [94, 143],
  },
  {
    id: 'X30',
    class: 'A',
    title: { en: 'Scale out at CPU ≥ 80 %', zh: 'CPU ≥ 80 % 就扩容' },
    notes: {
      en: 'The automatic update controller scales out when CPU use is 80 % or more.',
      zh: '自动更新控制器：CPU 利用率 ≥ 80% 时自动扩容。',
    },
    today: {
      en: 'desired = ⌈copies × metric ÷ target⌉, where the metric is a percentage of the requests. Within 10 % of the target nothing happens: at 81 % with target 80 there is no change. It also scales in, and needs metrics-server.',
      zh: '期望副本 = ⌈当前副本 × 指标 ÷ 目标⌉，指标是相对于 requests 的百分比。偏差在 10% 以内不动作：目标 80、实际 81% 时什么也不发生。它也会缩容，并且需要 metrics-server。',
    },
    since: 'Kubernetes 1.23 (autoscaling/v2)',
    source: 'pkg/controller/podautoscaler/replica_calculator.go and config/v1alpha1/defaults.go, 1.36',
    items: [97, 146],
  },
  {
    id: 'X31',
    class: 'A',
    title: { en: 'What filters check', zh: '预选检查什么' },
    notes: {
      en: 'Filtering checks whether Pods conflict and whether the name is a duplicate.',
      zh: '预选调度：判断 pod 是否存在冲突，名称是否重复。',
    },
    today: {
      en: 'A taken name is refused by the API server (409 AlreadyExists), long before scheduling. A conflict of host ports is a real filter; others are resources, taints, affinity, volumes, spread and cordon.',
      zh: '重名在调度之前就被 API server 拒绝（409 AlreadyExists）。主机端口冲突确实是过滤器；此外还有资源、污点、亲和性、卷、拓扑分布和 cordon。',
    },
    source: 'pkg/scheduler/apis/config/v1/default_plugins.go, 1.36',
    items: [101],
  },
  {
    id: 'X32',
    class: 'A',
    title: { en: 'The least used CPU wins', zh: 'CPU 利用率最小的节点' },
    notes: {
      en: 'The best Node is the one whose CPU is used least.',
      zh: '最优节点：CPU 利用率最小的节点。',
    },
    today: {
      en: 'Scores count requests, not live use: a Node whose CPU is at 90 % can win. What is left by requests, balance, spread, affinity, taints and images are added up by weight.',
      zh: '打分看的是 requests，不是实时使用率：CPU 用到 90% 的节点也可能胜出。按权重相加的有：requests 剩余、均衡、分布、亲和性、污点和镜像。',
    },
    source: 'pkg/scheduler/framework/plugins/noderesources/least_allocated.go, 1.36',
    items: [102],
  },
  {
    id: 'X33',
    class: 'A',
    title: { en: 'The kubelet watches etcd', zh: 'kubelet 监听 etcd' },
    notes: {
      en: 'The kubelet on the Node monitors etcd and fetches the instructions for its Node.',
      zh: 'node 节点有 kubelet 监控 etcd，监控到本节点的指令就获取并执行。',
    },
    today: {
      en: 'The kubelet watches the API server for Pods whose spec.nodeName is its Node. Only the API server talks to etcd.',
      zh: 'kubelet 监听的是 API server 中 spec.nodeName 为本节点的 Pod。只有 API server 与 etcd 通信。',
    },
    source: 'pkg/kubelet/config/apiserver.go, 1.36',
    items: [69, 107],
  },
  {
    id: 'X34',
    class: 'B',
    title: { en: 'Docker at the bottom', zh: '底层必须有 Docker' },
    notes: {
      en: 'Kubernetes must have the Docker engine below it.',
      zh: 'k8s 底层必须有 docker 引擎。',
    },
    today: {
      en: 'The dockershim is gone: containerd and CRI-O are the usual runtimes. Images built by Docker run as before, since they are OCI images. Docker Engine needs the adapter cri-dockerd.',
      zh: 'dockershim 已移除，常用的运行时是 containerd 与 CRI-O。Docker 构建的镜像照常运行，因为它们是 OCI 镜像。要用 Docker Engine 需要 cri-dockerd 适配器。',
    },
    since: 'Kubernetes 1.24',
    source: 'kubernetes/enhancements 2221',
    items: [109],
  },
  {
    id: 'X35',
    class: 'B',
    title: { en: 'Who calls the network plugin', zh: '谁调用网络插件' },
    notes: {
      en: 'The kubelet calls the network plugin to set up the network.',
      zh: 'kubelet 去调度 network Plugin 来配置网络。',
    },
    today: {
      en: 'The container runtime calls CNI while it makes the sandbox. The kubelet itself calls only CRI for containers and CSI for volumes.',
      zh: '容器运行时在创建沙箱时调用 CNI。kubelet 自己只调用容器的 CRI 和存储的 CSI。',
    },
    since: 'Kubernetes 1.24',
    source:
      'kubernetes/enhancements 2221 (the kubelet’s CNI flags went with dockershim); containerd internal/cri/server/sandbox_run.go',
    items: [112],
  },
  {
    id: 'X36',
    class: 'B',
    title: { en: 'The modes of kube-proxy', zh: 'kube-proxy 的模式' },
    notes: {
      en: 'kube-proxy sets iptables or ipvs rules.',
      zh: 'kube-proxy 设置 iptables/ipvs 路由规则。',
    },
    today: {
      en: 'iptables is still the default on Linux, nftables is stable, and ipvs is deprecated. The notes are right that kube-proxy carries no packet itself. Some network plugins replace it by eBPF.',
      zh: 'Linux 上默认仍是 iptables，nftables 已稳定，ipvs 已弃用。讲义说 kube-proxy 自己不转发数据包，这是对的。有的网络插件用 eBPF 取代它。',
    },
    since: 'Kubernetes 1.33 (nftables), 1.35 (ipvs deprecated)',
    source: 'kubernetes/enhancements 3866, 5495',
    items: [113, 161],
  },
  {
    id: 'X37',
    class: 'C',
    title: { en: 'fluentd and DNS as parts of a Node', zh: 'fluentd 和 DNS 是节点组件' },
    notes: {
      en: 'fluentd and a DNS server are components of each Node.',
      zh: 'fluentd、dns 是 node 节点的组件。',
    },
    today: {
      en: 'They are add-ons that run as Pods: a log agent by a DaemonSet, CoreDNS by a Deployment behind a Service in kube-system.',
      zh: '它们是以 Pod 运行的附加组件：日志代理由 DaemonSet 运行，CoreDNS 由 kube-system 里的 Deployment 加 Service 运行。',
    },
    since: 'Kubernetes 1.13 (CoreDNS as the default)',
    source: 'kubernetes.io/docs/concepts/cluster-administration/addons; cmd/kubeadm/app/phases/addons/dns, 1.36',
    items: [114, 115],
  },
  {
    id: 'X38',
    class: 'C',
    title: { en: 'Pods per Node without limit', zh: '节点上的 Pod 数不限' },
    notes: {
      en: 'A Node may hold any number of Pods; only the hardware sets the limit.',
      zh: '一个 node 可以有多个 pod，理论上无限制，取决于硬件。',
    },
    today: {
      en: 'The kubelet has a limit, maxPods, which is 110 unless it is changed. The scheduler says “Too many pods” when it is reached.',
      zh: 'kubelet 有上限 maxPods，默认 110。达到上限时调度器给出 “Too many pods”。',
    },
    source: 'pkg/kubelet/apis/config/v1beta1/defaults.go, 1.36',
    items: [116],
  },
  {
    id: 'X51',
    class: 'C',
    title: { en: 'The master sends commands to Nodes', zh: 'Master 向节点下发命令' },
    notes: {
      en: 'The master connects to the Nodes and passes commands on; the API server notifies the Node.',
      zh: 'Master 会与 Node 连接，把命令下发给节点；API Server 会通知相应的节点。',
    },
    today: {
      en: 'The kubelet opens the connection: a watch, on which the server sends what changed. What travels is the wanted state and no command, so a missed message does no harm.',
      zh: '连接由 kubelet 发起：它建立 watch，服务器在这条连接上发送变化。传送的是期望状态而不是命令，所以漏掉一条消息也不要紧。',
    },
    source: 'staging/src/k8s.io/client-go/tools/cache/reflector.go, 1.36',
    items: [66, 82, 107],
  },
  {
    id: 'X52',
    class: 'A',
    title: { en: 'The scheduler forwards requests to Nodes', zh: '调度器把请求转发给节点' },
    notes: {
      en: 'The scheduler dispatches create, read, update and delete requests to a suitable Node.',
      zh: 'scheduler 把请求指令（crud）调用到合适的 node 节点上。',
    },
    today: {
      en: 'It only chooses: for each Pod without a Node it posts a Binding to the API server, which sets spec.nodeName. It never talks to a Node.',
      zh: '它只负责选择：对每个没有节点的 Pod，向 API server 提交 Binding，由后者写入 spec.nodeName。它从不与节点通信。',
    },
    source: 'pkg/scheduler/framework/plugins/defaultbinder/default_binder.go, 1.36',
    items: [98, 103],
  },
];
