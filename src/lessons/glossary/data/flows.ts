import type { Flow } from '../card.ts';

/** The 26 flows and algorithms of the checklist. */
export const FLOWS: readonly Flow[] = [
  {
    id: 'F01',
    title: {
      en: 'A Pod’s way: API server, etcd, scheduler, kubelet, runtime and plugins',
      zh: '提交 Pod：API server → etcd → 调度器 → kubelet → 运行时与插件',
    },
    lessons: ['C7'],
    shown: ['screen:timeline', 'simulator:kubectl'],
  },
  {
    id: 'F02',
    title: { en: 'Deployment to ReplicaSet to Pods', zh: 'Deployment → ReplicaSet → Pod' },
    lessons: ['C7', 'E2'],
    shown: ['simulator:controllers/deployment'],
  },
  {
    id: 'F03',
    title: { en: 'A write of etcd by Raft, and an election', zh: 'etcd 的 Raft 写入与选主' },
    lessons: ['C3'],
    shown: ['simulator:etcd/raft', 'simulator:faults/etcd-member-loss.ts'],
  },
  {
    id: 'F04',
    title: { en: 'The reconcile loop', zh: '控制循环（调谐）' },
    lessons: ['C4'],
    shown: ['simulator:controllers/reconciling.ts'],
  },
  {
    id: 'F05',
    title: { en: 'Queue, filter, score, bind', zh: '调度：排队 → 过滤 → 打分 → 绑定' },
    lessons: ['C5'],
    shown: ['simulator:scheduler', 'screen:scores'],
  },
  {
    id: 'F06',
    title: {
      en: 'The kubelet: sandbox, network, image, init containers, containers, status',
      zh: 'kubelet：沙箱、网络、镜像、Init、容器、状态',
    },
    lessons: ['C6'],
    shown: ['simulator:kubelet', 'screen:inside'],
  },
  {
    id: 'F07',
    title: {
      en: 'Container killed, Pod deleted, Node lost: three repairs',
      zh: '容器被杀 → 重启；Pod 被删 → 补齐；节点丢失 → 重新调度',
    },
    lessons: ['D3', 'E1', 'F5'],
    shown: ['simulator:faults/container-kill.ts', 'simulator:faults/node-failure.ts'],
  },
  {
    id: 'F08',
    title: { en: 'Rolling update and rollback', zh: '滚动更新与回退' },
    lessons: ['E2'],
    shown: ['simulator:controllers/deployment', 'simulator:kubectl/commands/rollout.ts'],
  },
  {
    id: 'F09',
    title: { en: 'Canary and blue-green', zh: '金丝雀、蓝绿' },
    lessons: ['E3'],
    shown: ['template:canary', 'template:blue-green'],
  },
  {
    id: 'F10',
    title: { en: 'Scaling by hand and by CPU', zh: '手动伸缩、按 CPU 伸缩' },
    lessons: ['E1', 'E7'],
    shown: ['simulator:controllers/horizontalpodautoscaler', 'simulator:kubectl/commands/scale.ts'],
  },
  {
    id: 'F11',
    title: {
      en: 'A request to a Service: inside, by NodePort, by LoadBalancer',
      zh: '访问 Service：集群内、NodePort、LoadBalancer',
    },
    lessons: ['F3'],
    shown: ['simulator:kubeproxy', 'simulator:network/traffic.ts'],
  },
  {
    id: 'F12',
    title: { en: 'Looking up a name; discovery by client or by platform', zh: '名字解析；客户端发现与平台发现' },
    lessons: ['F3'],
    shown: ['simulator:coredns'],
  },
  {
    id: 'F13',
    title: {
      en: 'Configuration by variables and by files, changed at run time',
      zh: '配置以环境变量和文件注入，运行中修改',
    },
    lessons: ['F1'],
    shown: ['simulator:kubelet/environment.ts', 'simulator:kubelet/volumes.ts'],
  },
  {
    id: 'F14',
    title: { en: 'Claim, volume, mounted', zh: 'PVC → PV → 挂载' },
    lessons: ['E6'],
    shown: ['simulator:controllers/persistentvolume', 'simulator:storage'],
  },
  {
    id: 'F15',
    title: { en: 'Image build, push, pull, shared layers', zh: '镜像构建、推送、拉取、层复用' },
    lessons: ['B3'],
    shown: [],
  },
  {
    id: 'F16',
    title: { en: 'docker run until it exits', zh: 'docker run 到退出' },
    lessons: ['B4'],
    shown: [],
  },
  {
    id: 'F17',
    title: { en: 'A Node joins and gets its DaemonSet Pod', zh: '新节点加入 → 出现 DaemonSet Pod' },
    lessons: ['E4'],
    shown: ['simulator:controllers/daemonset', 'simulator:faults/node-join.ts'],
  },
  {
    id: 'F18',
    title: { en: 'A Job completes, a CronJob fires', zh: 'Job 完成、CronJob 触发' },
    lessons: ['E5'],
    shown: ['simulator:controllers/job', 'simulator:controllers/cronjob'],
  },
  {
    id: 'F19',
    title: { en: 'The control plane fails over', zh: '控制平面故障切换' },
    lessons: ['F6'],
    shown: [],
  },
  {
    id: 'F20',
    title: { en: 'A namespace is deleted', zh: '删除命名空间' },
    lessons: ['F4'],
    shown: ['simulator:controllers/namespace'],
  },
  {
    id: 'F21',
    title: { en: 'A mutable and an immutable change', zh: '可变与不可变的变更' },
    lessons: ['A1'],
    shown: [],
  },
  {
    id: 'F22',
    title: { en: 'Pay per use, scale to zero', zh: '按使用付费、缩容到零' },
    lessons: ['A2', 'F7'],
    shown: [],
  },
  {
    id: 'F23',
    title: { en: 'Mesh: retry, limit, degrade', zh: '网格：重试、限流、降级' },
    lessons: ['F7'],
    shown: [],
  },
  {
    id: 'F24',
    title: { en: 'Init containers in order, a sidecar beside the app', zh: 'Init 容器依次运行，边车伴随应用' },
    lessons: ['D2'],
    shown: ['simulator:kubelet/init-actions.ts'],
  },
  {
    id: 'F25',
    title: { en: 'An adapter translates API A to API B', zh: '适配器把接口 A 转成接口 B' },
    lessons: ['D2'],
    shown: ['template:adapter'],
  },
  {
    id: 'F26',
    title: { en: 'Logs collected from a shared volume', zh: '从共享卷收集日志' },
    lessons: ['D2'],
    shown: ['template:log-sidecar'],
  },
];
