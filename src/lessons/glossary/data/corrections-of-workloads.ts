import type { Correction } from '../card.ts';

/** The same of Pods, workloads, configuration and networks. */
export const CORRECTIONS_OF_WORKLOADS: readonly Correction[] = [
  {
    id: 'X39',
    class: 'A',
    title: { en: 'What pause is written in', zh: 'pause 用什么写成' },
    notes: {
      en: 'The infra container is an image of 100 to 200 KB, written in assembly.',
      zh: 'Infra container 是大概 100~200KB 的镜像，汇编语言写的。',
    },
    today: {
      en: 'pause is a small program in C that waits for signals and reaps orphaned processes. kubeadm 1.36 uses pause:3.10.2.',
      zh: 'pause 是一个很小的 C 程序，等待信号并回收孤儿进程。kubeadm 1.36 使用 pause:3.10.2。',
    },
    since: 'pause 3.0 (2016)',
    source: 'build/pause/linux/pause.c and build/pause/CHANGELOG.md; cmd/kubeadm/app/constants/constants.go, 1.36',
    items: [119],
  },
  {
    id: 'X40',
    class: 'C',
    title: { en: 'How long a Pod lives', zh: 'Pod 的生命周期' },
    notes: {
      en: 'The life of a Pod is the life of its infra container and has nothing to do with A and B.',
      zh: 'Pod 的生命周期等同于 Infra container，与容器 A 和 B 无关。',
    },
    today: {
      en: 'If the sandbox dies, the kubelet makes a new one and starts the containers again; the Pod object keeps its UID, its address may change. And a Pod whose containers have all ended for good is complete.',
      zh: '沙箱死掉时 kubelet 会重建沙箱并重新启动容器；Pod 对象的 UID 不变，IP 可能改变。另外，容器全部正常结束且不再重启的 Pod 就完成了。',
    },
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, 1.36',
    items: [121],
  },
  {
    id: 'X41',
    class: 'A',
    title: { en: 'Sharing the file system', zh: '共享文件系统' },
    notes: {
      en: 'Containers of a Pod share the Pod’s file system.',
      zh: 'Pod 里的容器共享 pod 的文件系统。',
    },
    today: {
      en: 'They share volumes that both mount, and the network. Each container has the root file system of its own image: what one writes to /tmp no other sees.',
      zh: '它们共享的是各自都挂载的卷，以及网络。每个容器有自己镜像的根文件系统：一个容器写到 /tmp 的内容别的容器看不见。',
    },
    source: 'kubernetes.io/docs/concepts/workloads/pods; staging/src/k8s.io/api/core/v1/types.go, 1.36',
    items: [123],
  },
  {
    id: 'X42',
    class: 'C',
    title: { en: 'Whether the Pod is alive', zh: '判定 Pod 是否存活' },
    notes: {
      en: 'The liveness probe decides whether the Pod is alive.',
      zh: 'liveness probe 用于判定 pod 是否存活。',
    },
    today: {
      en: 'It belongs to one container: when it fails, that container is restarted and the Pod stays. The notes leave out the startup probe, which holds the others back until the application has started.',
      zh: '探针属于单个容器：失败时只重启这个容器，Pod 还在。讲义漏了启动探针，它在应用启动完成之前拦住其他探针。',
    },
    since: 'Kubernetes 1.20 (startup probe)',
    source: 'kubernetes/enhancements 950; pkg/kubelet/prober, 1.36',
    items: [131, 132],
  },
  {
    id: 'X43',
    class: 'C',
    title: { en: 'Writing ReplicaSets', zh: '要不要写 ReplicaSet' },
    notes: {
      en: 'The release files contain the specs of Deployments and ReplicaSets.',
      zh: '发布文件里主要是 deployment 和 replicaset 的规范。',
    },
    today: {
      en: 'You write the Deployment. Its controller makes a ReplicaSet for each version of the Pod template and owns it; Drydock does not export those.',
      zh: '你只写 Deployment。它的控制器为 Pod 模板的每个版本创建并拥有一个 ReplicaSet；船坞导出时不会包含它们。',
    },
    source: 'pkg/controller/deployment/sync.go, 1.36',
    items: [85, 136],
  },
  {
    id: 'X44',
    class: 'C',
    title: { en: 'Canary and blue-green', zh: '金丝雀与蓝绿' },
    notes: {
      en: 'A Deployment gives canary, blue-green and rolling releases.',
      zh: 'Deployment 实现高级发布（金丝雀、蓝绿、滚动发布）。',
    },
    today: {
      en: 'Its strategies are RollingUpdate and Recreate. Canary and blue-green are built from two Deployments and the labels of a Service, from weights of a Gateway API route or a mesh, or by a rollout operator.',
      zh: '它自带的策略只有 RollingUpdate 与 Recreate。金丝雀和蓝绿用两个 Deployment 加 Service 的标签搭建，或用 Gateway API 路由、网格的权重，或用专门的发布 Operator。',
    },
    source: 'staging/src/k8s.io/api/apps/v1/types.go DeploymentStrategyType, 1.36',
    items: [139, 140],
  },
  {
    id: 'X45',
    class: 'C',
    title: { en: 'One Pod on every Node', zh: '每个节点有且仅有一个' },
    notes: {
      en: 'A DaemonSet guarantees exactly one Pod on every Node.',
      zh: 'DaemonSet 保证每个节点有且仅有一个这样的 pod。',
    },
    today: {
      en: 'On every eligible Node: node selector, affinity and taints decide. Control-plane Nodes are usually tainted, so a DaemonSet reaches them only if it tolerates that.',
      zh: '是每个符合条件的节点：由节点选择器、亲和性和污点决定。控制平面节点通常有污点，DaemonSet 要容忍它才会部署上去。',
    },
    source: 'pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod, 1.36',
    items: [93, 141],
  },
  {
    id: 'X46',
    class: 'A',
    title: { en: 'A ConfigMap as a persistent volume', zh: 'ConfigMap 以持久卷挂载' },
    notes: {
      en: 'A ConfigMap is mounted into the Pod as a persistent volume.',
      zh: '支持以持久卷 volume 把 configmap 挂载到 pod 中。',
    },
    today: {
      en: 'It is a volume of type configMap: files that the kubelet writes on the Node and refreshes. No PersistentVolume is involved, and nothing in it outlives the Pod.',
      zh: '那是 configMap 类型的卷：由 kubelet 在节点上写入并刷新的文件。与 PersistentVolume 无关，也不会比 Pod 活得更久。',
    },
    source: 'pkg/volume/configmap/configmap.go, 1.36',
    items: [150],
  },
  {
    id: 'X47',
    class: 'C',
    title: { en: 'How safe a Secret is', zh: 'Secret 有多安全' },
    notes: {
      en: 'A Secret is a special ConfigMap that is stored and read more safely.',
      zh: 'Secret 是特殊的 configmap，提供更安全的存储和访问。',
    },
    today: {
      en: 'Its values are only base64. What protects it is around it: RBAC, encryption at rest if it is switched on, a memory-backed file system on the Node, and not printing it into logs.',
      zh: '它的值只是 base64 编码。真正的保护在外围：RBAC、打开后的静态加密、节点上的内存文件系统，以及不把它打进日志。',
    },
    since: 'Kubernetes 1.13 (encryption at rest)',
    source: 'kubernetes.io/docs/concepts/configuration/secret and docs/tasks/administer-cluster/encrypt-data',
    items: [151],
  },
  {
    id: 'X48',
    class: 'C',
    title: { en: 'Pod traffic on an overlay', zh: 'Pod 通信走 overlay' },
    notes: {
      en: 'Communication between Pods goes over an overlay network.',
      zh: 'pod 之间进行通讯，走的都是 overlay 覆盖网络。',
    },
    today: {
      en: 'That is one choice of network plugin. Others route without wrapping (BGP, host routes) or give Pods addresses of the cloud’s own network. Kubernetes only demands that all Pods reach each other without NAT.',
      zh: '这只是网络插件的一种选择。也有不封装的路由方式（BGP、主机路由），或让 Pod 直接使用云网络的地址。Kubernetes 只要求 Pod 之间不经 NAT 可达。',
    },
    source: 'kubernetes.io/docs/concepts/services-networking and docs/concepts/cluster-administration/networking',
    items: [157],
  },
  {
    id: 'X49',
    class: 'B',
    title: { en: 'Eureka and Ribbon', zh: 'Eureka 与 Ribbon' },
    notes: {
      en: 'Spring Cloud discovers services with Eureka and “rebbion”.',
      zh: 'Spring Cloud 通过 eureka 和 rebbion（Ribbon）实现服务发现。',
    },
    today: {
      en: 'Ribbon has been in maintenance mode since 2018; Spring Cloud LoadBalancer took its place. In Kubernetes, CoreDNS and kube-proxy do this outside the application.',
      zh: 'Ribbon 自 2018 年起进入维护模式，由 Spring Cloud LoadBalancer 取代。在 Kubernetes 里这由应用之外的 CoreDNS 与 kube-proxy 完成。',
    },
    since: 'Spring Cloud Greenwich (2018-12)',
    source: 'spring.io/blog/2018/12/12/spring-cloud-greenwich-rc1-available-now',
    items: [164],
  },
  {
    id: 'X50',
    class: 'C',
    title: { en: 'What a namespace isolates', zh: '命名空间隔离什么' },
    notes: {
      en: 'A namespace isolates logically, with authorization and resource management.',
      zh: 'Namespace 做集群内部的逻辑隔离，包括鉴权、资源管理。',
    },
    today: {
      en: 'Names, rights and quota, yes. Traffic passes between namespaces unless a NetworkPolicy forbids it and the network plugin enforces that.',
      zh: '隔离名字、权限和配额。流量可以跨命名空间通过，除非有 NetworkPolicy 禁止且网络插件执行它。',
    },
    source: 'kubernetes.io/docs/concepts/services-networking/network-policies',
    items: [166],
  },
  {
    id: 'X53',
    class: 'C',
    title: { en: 'Everything is shared in a Pod', zh: 'Pod 内全部共享' },
    notes: {
      en: 'The containers of a Pod see the same devices, IP and MAC address; all there is, is one.',
      zh: 'Pod 里的容器看到的网络设备、IP、Mac 地址全是一份。',
    },
    today: {
      en: 'Right for the network, and for IPC and the host name. Processes are not shared: a container sees only its own unless shareProcessNamespace is set.',
      zh: '网络确实如此，IPC 和主机名也是。进程不共享：除非设置 shareProcessNamespace，容器只看得到自己的进程。',
    },
    since: 'Kubernetes 1.17 (shareProcessNamespace stable)',
    source: 'kubernetes/enhancements 495; pkg/kubelet/kuberuntime/util/util.go NamespacesForPod, 1.36',
    items: [120],
  },
  {
    id: 'X55',
    class: 'C',
    title: { en: '“ifumurable”', zh: '“ifumurable”' },
    notes: {
      en: 'A Pod is “ifumurable”, not fixed.',
      zh: 'pod 是一个 ifumurable（不固定的）。',
    },
    today: {
      en: 'The word is ephemeral: short-lived. A Pod that is gone is never repaired; another takes its place, with another name and address.',
      zh: '应为 ephemeral，意思是临时、易逝。消失的 Pod 不会被修复，而是由另一个名字和地址都不同的 Pod 取代。',
    },
    source: 'kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle',
    items: [129],
  },
];
