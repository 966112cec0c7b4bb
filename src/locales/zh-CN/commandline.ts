import type { commandline as en } from '../en/commandline.ts';

export const commandline: Record<keyof typeof en, string> = {
  help: `drydock {{version}}：绘制 Kubernetes 集群，预演它，再带着清单出海。

用法：drydock 命令 [选项] 路径…
路径可以是文件、文件夹（查找 .yaml、.yml 和 .json），或用 - 表示标准输入。

命令
  graph [-o json|mermaid|dot|d2|drawio|svg] 路径…
                                             谁指向谁，以及对象之间有什么问题
  validate [-o text|json|sarif] [--release 版本] [--lint[=all|ID,…|none]] [--lint-config 文件]
           [--against 旧版]… 路径…
                                             API 服务器会接受什么，拒绝的理由；版本为 1.20 到 1.36；
                                             --lint 还检查良好实践：默认项、全部，或指定的 ID 和分组；
                                             --lint-config 按 kube-linter 的配置文件检查，包括其中的自定义检查；
                                             路径中 drydock.dev/v1 的 “kind: Lints” 文档所要求的检查总会执行；
                                             --against 把对象当作对旧版路径中同名对象的修改来判定
  fix [--out DIR] PATH…                      把对象改写为取代它的版本或种类，例如把 ReplicationController 写成
                                             Deployment：输出差异；--out 写入文件
  simulate [-o json|trace|text] [--nodes 数量] [--seed 种子] [--until settled|时长] [--script 文件] 路径…
                                             在模拟集群中运行这些清单；脚本给出应用清单之后各时刻的
                                             kubectl 命令和故障
  experiment [-o text|json|csv] [--workers 数量] [--shard I/N] 脚本 [路径…]
                                             对每个种子和每种取值组合各运行一次带 sweep 的脚本，或寻找最少的
                                             Node 数量，并给出表格；--workers 个线程同时运行（默认等于核数），
                                             结果相同；Ctrl+C 保留已完成的部分；--shard 只运行其中一份
  experiment --merge 结果…                   合并各分片的结果（-o json）
  experiment --job 目录 [--shards 数量] [--image 镜像] [--name 名称] 脚本 [路径…]
                                             写出清单，以 Kubernetes 的 Indexed Job 运行各分片
  serve [--kubeconfig 文件] [--port 端口] [--speed 倍数] [--nodes 数量] [--seed 种子] 路径…
                                             在本机回环地址上以 Kubernetes API 提供模拟集群，供真正的 kubectl
                                             使用，直到 Ctrl+C；写出 kubeconfig；时间以 --speed 倍（1 到 1000）流逝
  diff [-o text|json] A B                    从 A 到 B 新增、删除、修改或改名的对象和字段；
                                             任何一边都可以是 kubectl get -o yaml 的输出
  convert --from 格式 --to 格式 [--out 目录] [-o text|json] 路径…
                                             来源：manifests、live（kubectl get -o yaml 的输出）、
                                             compose（Docker Compose；--profile 名称，* 表示全部）、
                                             kustomize（与 kubectl 的构建相同；--root 目录 之内的基础可读）；
                                             目标：manifests、kustomize、helm、kind、k3d、kubeadm、
                                             mermaid、dot、d2、drawio、svg、link；丢失或去掉的内容都会说明
  export [--layout=keep|drop] [--out 目录] 路径…
                                             编辑器会保存的清单

退出码：0 正常，1 被拒绝，2 用法错误或没有可读的内容，130 被 Ctrl+C 停止。
结果写到标准输出，消息写到标准错误。
`,
  noPath: '没有给出路径：请指定文件、文件夹，或用 - 表示标准输入',
  unknownFormat: '未知格式“{{format}}”，可选：{{formats}}',
  unknownCommand: '未知命令“{{command}}”',
  seeHelp: '参见：drydock help',
  unreadable: '无法读取：{{reason}}',
  severalFiles: '结果有 {{count}} 个文件：请用 --out 目录 指定位置',
  written: '已将 {{count}} 个文件写入 {{folder}}',
  nothing: '输入中没有可读的内容',
  onePath: '只读取一个路径',
  twoPaths: '需要两个路径才能比较',
  compared: '{{same}} 个对象相同，{{different}} 个不同',
  unknownLint: '未知的检查“{{word}}”：可用 all、none、某个 ID，或分组 {{groups}}',
  unknownRelease: '未知版本“{{release}}”，可选 {{oldest}} 到 {{newest}}',
  serverWords: '{{translated}}（{{words}}）',
  verdicts: '{{objects}} 个对象：{{valid}} 个有效，{{refused}} 个被拒绝，{{unknown}} 个种类未知',
  simulated: '已运行到 {{time}}，轨迹共 {{entries}} 条',
  stillMoves: '{{time}} 后仍未稳定；仍有动静的有：{{moving}}',
  serving: '模拟集群在 {{address}} 应答；试试：kubectl --kubeconfig {{kubeconfig}} get pods；按 Ctrl+C 结束',
  noScript: '{{path}}：其中没有 drydock.dev/v1 的 Script',
  isExperiment: '{{path}}：其中有 sweep，请用 drydock experiment {{path}} 路径… 运行',
  noSweep: '脚本没有 sweep：只运行一次',
  trialsDone: '已完成 {{done}} / {{count}} 次运行',
  cancelled: '已停止：完成并给出了 {{done}} / {{count}} 次运行',
  trialFailed: '第 {{index}} 次运行出错：{{message}}',
  noResult: '{{path}}：不是实验的结果（-o json）',
  otherExperiment: '{{path}}：属于另一个实验，或脚本、设计的版本不同',
  otherRow: '各结果对第 {{index}} 次运行的说法不一致',
  missingTrials: '有 {{count}} 次运行不在任何结果中，第一个是 {{first}}',
  ignoredNodes: '设计自带工作 Node，因此 {{parameter}} 不起作用；请用 topology.nodeSize 指定它们的规格',
  notPriced: '价目表没有 {{count}} 个 Node（包括控制平面）的价格：此处按零计算',
  leastOf: '{{size}}：{{nodes}} 个工作 Node 在每次运行中都足够',
  leastCosts: '{{size}}：每小时 {{perHour}}，每月 {{perMonth}}',
  noneEnough: '{{size}}：没有找到；{{because}}',
  jobWritten:
    '已写入 {{folder}}：kubectl apply --server-side -f {{folder}}；Job {{name}} 完成后，它的 {{shards}} 个 Pod 已输出供 --merge 使用的结果（kubectl logs -l batch.kubernetes.io/job-name={{name}} --tail=-1）',
  tooLargeForJob: '{{path}} 有 {{bytes}} 字节：ConfigMap 最多容纳 1 MiB',
  'script.repeated': '名称 {{name}} 出现了两次',
  'script.unknownField': '脚本此处没有这个字段，可用的有：{{known}}',
  'script.type': '类型必须是 {{type}}',
  'script.duration': '必须是 30s、2m 这样的时长，而不是“{{value}}”',
  'script.oneAction': '每一步必须恰好有以下之一：{{actions}}',
  'script.unknownFault': '未知故障“{{fault}}”，可用的有：{{known}}',
  'script.target': '故障 {{fault}} 需要指定目标，例如 {{example}}',
  'script.parameter': '必须是以下之一：{{known}}',
  'script.object': '必须写出一个对象，例如 {{example}}',
  'script.sender': '发送方须写作 {{example}}',
  'script.number': '须为 {{least}} 到 {{most}} 之间的整数',
  'script.refused': '服务器无法以此启动：{{message}}',
  'script.release': '脚本针对 {{wanted}}，而模拟的是 {{release}}',
};
