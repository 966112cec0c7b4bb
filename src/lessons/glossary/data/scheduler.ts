import type { Card } from '../card.ts';

/** 调度器: which Node a Pod gets. */
export const SCHEDULER: readonly Card[] = [
  {
    number: 98,
    term: { en: 'Scheduler', zh: '调度器（Scheduler）' },
    words: ['kube-scheduler', '大脑', '调度'],
    says: {
      en: 'Chooses a Node for each Pod that has none: filters out the Nodes that cannot take it, scores the rest, and posts a Binding to the API server. It starts nothing itself.',
      zh: '为没有节点的 Pod 选择节点：先过滤掉不能用的，再给其余打分，然后向 API server 提交 Binding。它自己什么也不启动。',
    },
    see: [101, 102, 103],
    lessons: ['C5'],
    shown: ['simulator:scheduler', 'simulator:faults/scheduler-stop.ts', 'screen:control-plane'],
  },
  {
    number: 99,
    term: { en: 'Scheduling queue', zh: '调度队列' },
    words: ['activeQ', 'backoffQ', 'unschedulable'],
    old: ['podQueue'],
    says: {
      en: 'Three places: active (highest priority first), back-off after a failure (1 to 10 seconds), and unschedulable, where a Pod waits until something changes that could help it, or five minutes.',
      zh: '三个位置：active（优先级高的先），失败后的 backoff（1 到 10 秒），以及 unschedulable，在那里等到可能有帮助的变化，或五分钟。',
    },
    see: [98, 105],
    lessons: ['C5'],
    shown: ['simulator:scheduler/queue'],
  },
  {
    number: 100,
    term: { en: 'List of Nodes', zh: '节点集合' },
    words: ['snapshot', '快照', 'percentageOfNodesToScore'],
    old: ['nodeList'],
    says: {
      en: 'For each Pod the scheduler takes a snapshot of its cache of Nodes. In clusters of more than 100 Nodes it stops filtering once it has found enough that fit.',
      zh: '每个 Pod 调度时，调度器对自己的节点缓存做一次快照。超过 100 个节点时，找到足够多合适的就不再继续过滤。',
    },
    see: [101, 104],
    lessons: ['C5'],
    shown: ['simulator:scheduler/snapshot.ts'],
  },
  {
    number: 101,
    term: { en: 'Filter', zh: '过滤' },
    words: ['Filter plugin', '过滤'],
    old: ['predicates', '预选', '预选调度'],
    says: {
      en: 'Plugins that say no to a Node: not enough requested CPU or memory left, a taint that is not tolerated, affinity, ports of the host, volumes, spread, cordon. The counts of reasons are what FailedScheduling prints.',
      zh: '对节点说“不行”的插件：剩余的 CPU 或内存不够 requests、不容忍的污点、亲和性、主机端口、卷、拓扑分布、cordon。FailedScheduling 打印的就是各原因的计数。',
    },
    see: [102, 98],
    lessons: ['C5'],
    shown: ['simulator:scheduler/plugins', 'screen:scores'],
  },
  {
    number: 102,
    term: { en: 'Score', zh: '打分' },
    words: ['Score plugin', '打分', 'LeastAllocated'],
    old: ['priorities', '优选', '最优节点'],
    says: {
      en: 'Each scoring plugin gives each Node 0 to 100, weights are applied and added up; the highest sum wins, and equal sums are decided by lot. Requests count, live CPU use does not.',
      zh: '每个打分插件给每个节点 0 到 100 分，乘以权重求和；总分最高者胜，同分随机。算的是 requests，不是实时 CPU 使用率。',
    },
    see: [101, 98],
    lessons: ['C5'],
    shown: ['screen:scores', 'simulator:scheduler/score-table.ts'],
  },
  {
    number: 103,
    term: { en: 'Binding', zh: '绑定' },
    words: ['bind', 'nodeName', 'pods/binding'],
    says: {
      en: 'The scheduler’s decision as a request: POST …/pods/NAME/binding with the Node. The API server writes spec.nodeName and stores it; that write is what the kubelet hears of.',
      zh: '调度决定以请求的形式提交：POST …/pods/NAME/binding，带上节点。API server 写入 spec.nodeName 并存储；kubelet 听到的就是这次写入。',
    },
    see: [98, 107],
    lessons: ['C5'],
    shown: ['simulator:scheduler/binding-cycle.ts', 'screen:message'],
  },
  {
    number: 104,
    term: { en: 'Scheduler cache and assumed Pods', zh: '调度器的内存状态与 assumed Pod' },
    words: ['cache', 'assume', '内存状态'],
    says: {
      en: 'The scheduler decides from its own memory, filled by watches. A Pod it has just placed counts at once as assumed, so that the next Pod does not take the same room while the binding is under way.',
      zh: '调度器根据自己的内存做决定，内存由 watch 填充。刚选好节点的 Pod 立即记为 assumed，避免绑定还在进行时下一个 Pod 抢占同一空间。',
    },
    see: [100, 103],
    lessons: ['C5'],
    shown: ['simulator:scheduler/cache.ts', 'simulator:scheduler/assumed-objects.ts'],
  },
  {
    number: 105,
    term: { en: 'The scheduler learns by watch', zh: '调度器通过 watch 得知 Pod' },
    says: {
      en: 'Nobody calls the scheduler. It watches Pods and Nodes at the API server, and a Pod with an empty spec.nodeName goes into its queue.',
      zh: '没有人调用调度器。它在 API server 上监听 Pod 和节点，spec.nodeName 为空的 Pod 进入它的队列。',
    },
    see: [82, 99],
    lessons: ['C5'],
    shown: ['simulator:scheduler', 'screen:timeline'],
  },
];
