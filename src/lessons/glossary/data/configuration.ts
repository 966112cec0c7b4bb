import type { Card } from '../card.ts';

/** 配置与存储: settings and data. */
export const CONFIGURATION: readonly Card[] = [
  {
    number: 148,
    term: { en: 'Configuration at start and at run time', zh: '启动期配置与运行期配置' },
    words: ['配置中心', 'hot reload'],
    says: {
      en: 'Environment variables are fixed when a container starts; files from a volume change while it runs, within about a minute, and the program must read them again.',
      zh: '环境变量在容器启动时固定；卷里的文件会在运行中更新（约一分钟内），程序要自己重新读取。',
    },
    see: [149, 150],
    lessons: ['F1'],
    shown: ['simulator:kubelet/environment.ts', 'simulator:kubelet/volumes.ts'],
  },
  {
    number: 149,
    term: { en: 'ConfigMap as environment variables', zh: 'ConfigMap 作为环境变量' },
    words: ['env', 'envFrom', 'configMapKeyRef'],
    says: {
      en: 'Keys become variables of the process. A missing ConfigMap keeps the container from starting (CreateContainerConfigError); a later change is seen only after a restart.',
      zh: '键成为进程的环境变量。ConfigMap 不存在时容器无法启动（CreateContainerConfigError）；之后的修改要重启才看得到。',
    },
    see: [148, 150, 151],
    lessons: ['F1'],
    shown: ['kind:ConfigMap', 'simulator:kubelet/environment.ts', 'template:spring-boot'],
  },
  {
    number: 150,
    term: { en: 'ConfigMap as files', zh: 'ConfigMap 挂载为文件' },
    words: ['configMap volume', 'subPath', '挂载'],
    says: {
      en: 'Each key becomes a file in a volume of type configMap, which the kubelet keeps up to date, except where subPath is used. It is no PersistentVolume.',
      zh: '每个键成为 configMap 类型卷里的一个文件，kubelet 会保持更新，但用 subPath 挂载的除外。它不是 PersistentVolume。',
    },
    see: [148, 149, 59],
    lessons: ['F1'],
    shown: ['kind:ConfigMap', 'simulator:kubelet/volumes.ts'],
  },
  {
    number: 151,
    term: { en: 'Secret', zh: 'Secret' },
    words: ['base64', '密钥', '机密'],
    says: {
      en: 'Like a ConfigMap, for passwords, keys and certificates. Its values are base64, which hides nothing; RBAC, encryption at rest and memory-backed volumes are what protects them.',
      zh: '与 ConfigMap 相似，用于密码、密钥和证书。值是 base64，并不保密；真正的保护是 RBAC、静态加密和内存卷。',
    },
    see: [149, 150],
    lessons: ['F1'],
    shown: ['kind:Secret', 'template:shop'],
  },
  {
    number: 152,
    term: { en: 'Volume', zh: 'Volume（卷）' },
    words: ['emptyDir', 'hostPath', 'NFS', '本地存储', '远程存储'],
    says: {
      en: 'A directory that a Pod mounts: emptyDir lives as long as the Pod, hostPath is a path of the Node, a claim points at storage that stays.',
      zh: 'Pod 挂载的目录：emptyDir 与 Pod 同生死，hostPath 是节点上的路径，PVC 则指向长期保留的存储。',
    },
    see: [59, 153, 154],
    lessons: ['E6'],
    shown: ['screen:inspector', 'simulator:kubelet/volumes.ts'],
  },
  {
    number: 153,
    term: { en: 'PersistentVolume', zh: 'PersistentVolume（持久卷）' },
    words: ['pv', 'reclaimPolicy', '持久卷'],
    says: {
      en: 'A piece of storage as an object of the cluster: size, access modes, how to reach it, and what becomes of it when its claim goes (Delete or Retain).',
      zh: '作为集群对象的一块存储：大小、访问模式、怎样连接，以及 PVC 删除后怎么处理（Delete 或 Retain）。',
    },
    see: [154, 92, 111],
    lessons: ['E6'],
    shown: ['kind:PersistentVolume', 'simulator:controllers/persistentvolume'],
  },
  {
    number: 154,
    term: { en: 'PersistentVolumeClaim', zh: 'PersistentVolumeClaim（持久卷声明）' },
    words: ['pvc', 'StorageClass', '存储类', '持久卷声明'],
    says: {
      en: 'A request for storage by size, access mode and class; it is bound to one PersistentVolume, found or made for it. Claims of a StatefulSet stay when it is scaled in.',
      zh: '按大小、访问模式和存储类申请存储；与一个已有的或新建的 PersistentVolume 绑定。StatefulSet 缩容后它的 PVC 仍保留。',
    },
    see: [153, 92, 142],
    lessons: ['E6'],
    shown: ['kind:PersistentVolumeClaim', 'kind:StorageClass.storage.k8s.io', 'simulator:storage', 'template:mysql'],
  },
];
