/** Words by which kinds are found whatever the language of the page: their Chinese names, and names of former times. */
export interface KindWords {
  /** What Chinese texts call it, the usual name first. */
  readonly zh: readonly string[];
  /** What it, or what did its work before it, was once called. */
  readonly old?: readonly string[];
}

/** By kind and group: `Deployment.apps`. */
export const KIND_WORDS: Readonly<Record<string, KindWords>> = {
  'Deployment.apps': { zh: ['部署', '无状态应用', '滚动更新'], old: ['replicationcontroller', '复制控制器'] },
  Pod: { zh: ['容器组', '豆荚'] },
  'ReplicaSet.apps': { zh: ['副本集'] },
  ReplicationController: { zh: ['复制控制器'] },
  'StatefulSet.apps': { zh: ['有状态应用', '有状态集'], old: ['petset'] },
  'DaemonSet.apps': { zh: ['守护进程集', '守护进程'] },
  'Job.batch': { zh: ['任务', '一次性任务'] },
  'CronJob.batch': { zh: ['定时任务', '计划任务'], old: ['scheduledjob'] },
  'HorizontalPodAutoscaler.autoscaling': { zh: ['自动扩缩', '水平扩缩', '弹性伸缩', '扩容'] },
  'PodDisruptionBudget.policy': { zh: ['干扰预算', '中断预算'] },
  Service: { zh: ['服务', '负载均衡'] },
  'Ingress.networking.k8s.io': { zh: ['入口', '七层路由', '域名'] },
  'IngressClass.networking.k8s.io': { zh: ['入口类'] },
  'NetworkPolicy.networking.k8s.io': { zh: ['网络策略', '防火墙'] },
  'EndpointSlice.discovery.k8s.io': { zh: ['端点切片', '端点'], old: ['endpoints'] },
  Endpoints: { zh: ['端点'] },
  'Gateway.gateway.networking.k8s.io': { zh: ['网关'] },
  'GatewayClass.gateway.networking.k8s.io': { zh: ['网关类'] },
  'HTTPRoute.gateway.networking.k8s.io': { zh: ['路由', 'HTTP 路由'] },
  ConfigMap: { zh: ['配置', '配置字典'] },
  Secret: { zh: ['密钥', '机密', '密码'] },
  PersistentVolumeClaim: { zh: ['存储声明', '持久卷声明', '存储'] },
  PersistentVolume: { zh: ['持久卷', '存储卷'] },
  'StorageClass.storage.k8s.io': { zh: ['存储类'] },
  ServiceAccount: { zh: ['服务账号', '账号'] },
  'Role.rbac.authorization.k8s.io': { zh: ['角色', '权限'] },
  'RoleBinding.rbac.authorization.k8s.io': { zh: ['角色绑定', '授权'] },
  'ClusterRole.rbac.authorization.k8s.io': { zh: ['集群角色'] },
  'ClusterRoleBinding.rbac.authorization.k8s.io': { zh: ['集群角色绑定'] },
  Namespace: { zh: ['命名空间'], old: ['podsecuritypolicy', 'psp'] },
  Node: { zh: ['节点', '主机'], old: ['minion'] },
  ResourceQuota: { zh: ['资源配额', '配额'] },
  LimitRange: { zh: ['限制范围', '默认资源'] },
  'PriorityClass.scheduling.k8s.io': { zh: ['优先级'] },
  'CustomResourceDefinition.apiextensions.k8s.io': { zh: ['自定义资源'], old: ['thirdpartyresource', 'tpr'] },
};
