import type { Correction } from '../card.ts';

/** What the five lecture notes say otherwise than Kubernetes 1.36 does: ideas, machines and containers. */
export const CORRECTIONS_OF_FOUNDATIONS: readonly Correction[] = [
  {
    id: 'X1',
    class: 'C',
    title: { en: 'When cloud native began', zh: '云原生何时开始' },
    notes: {
      en: 'Cloud native appeared in 2018, and 2019 was its first year.',
      zh: '云原生在 2018 年出现，2019 年是普及元年。',
    },
    today: {
      en: 'The Cloud Native Computing Foundation was founded in 2015 together with Kubernetes 1.0. What came in June 2018 is its written definition.',
      zh: '云原生计算基金会（CNCF）成立于 2015 年，与 Kubernetes 1.0 同年。2018 年 6 月出现的是它的书面定义。',
    },
    since: '2015-07',
    source: 'github.com/cncf/toc DEFINITION.md (v1.0 approved 2018-06-11); cncf.io/about/charter',
    items: [1],
  },
  {
    id: 'X2',
    class: 'C',
    title: { en: 'What an operator changes', zh: 'Operator 改变的是什么' },
    notes: {
      en: 'Operator technology turns an image into one that runs itself.',
      zh: '通过 operator 技术把镜像设计成自运维的。',
    },
    today: {
      en: 'An operator is a custom resource plus a controller that watches it and writes other objects. The image stays the same bytes.',
      zh: 'Operator 是自定义资源加上监听它、并写入其他对象的控制器。镜像还是原来的字节，一点没变。',
    },
    source: 'kubernetes.io/docs/concepts/extend-kubernetes/operator',
    items: [12],
  },
  {
    id: 'X3',
    class: 'C',
    title: { en: 'What serverless bills', zh: 'Serverless 如何计费' },
    notes: {
      en: 'Serverless is the extreme form of PaaS and is billed per call.',
      zh: 'Serverless 是 PaaS 的极端形态，按使用次数计费。',
    },
    today: {
      en: 'A fair summary. The usual bill has two terms: the number of calls, and their duration times the memory they were given.',
      zh: '大体成立。通常的账单有两项：调用次数，以及运行时长乘以分配的内存。',
    },
    source: 'aws.amazon.com/lambda/pricing; help.aliyun.com/zh/functioncompute (billing)',
    items: [20],
  },
  {
    id: 'X4',
    class: 'D',
    title: { en: 'Whether a mesh is worth it', zh: '服务网格值不值得用' },
    notes: {
      en: 'A service mesh is not recommended: small companies cannot afford it.',
      zh: '不建议使用 service mesh，中小型企业玩不起。',
    },
    today: {
      en: 'An opinion of its time, and a good question for the hall. Meshes without sidecars have since lowered the price: Istio’s ambient mode is stable.',
      zh: '这是当时的看法，适合课堂讨论。此后无边车模式降低了成本：Istio 的 ambient 模式已经稳定。',
    },
    since: 'Istio 1.24 (2024-11)',
    source: 'istio.io/latest/blog/2024/ambient-reaches-ga',
    items: [21],
  },
  {
    id: 'X5',
    class: 'A',
    title: { en: 'Kinds of virtualisation', zh: '虚拟化的分类' },
    notes: {
      en: 'Full virtualisation is an OS inside an OS, OS-level virtualisation copies the OS, hardware virtualisation puts several OSes straight on the hardware.',
      zh: '全虚拟化是 OS 里装 OS；OS 层虚拟化是复制多个 OS；硬件层虚拟化是在硬件上直接装多个 OS。',
    },
    today: {
      en: 'Those are two questions in one. Where the hypervisor sits: on the hardware (type I) or in a host OS (type II). How the guest runs: full, para- or hardware-assisted. OS-level virtualisation has no guest kernel at all: that is what containers are.',
      zh: '这里混了两个问题。一是 hypervisor 在哪里：直接在硬件上（I 型）还是在宿主 OS 里（II 型）。二是客户机怎样运行：全虚拟化、半虚拟化或硬件辅助。OS 层虚拟化根本没有客户机内核，那就是容器。',
    },
    source: 'docs.kernel.org/virt/kvm; man7.org namespaces(7)',
    items: [28, 29, 30, 33],
  },
  {
    id: 'X6',
    class: 'A',
    title: { en: 'Who was there in the 1970s', zh: '70 年代有什么' },
    notes: {
      en: 'Virtualisation appeared in the 70s with VMware and KVM.',
      zh: '从 70 年代虚拟化的概念出现（VMware、KVM）。',
    },
    today: {
      en: 'In the 60s and 70s it was IBM’s mainframes. VMware was founded in 1998 and shipped in 1999; KVM was merged into Linux 2.6.20 in February 2007.',
      zh: '60 至 70 年代的是 IBM 大型机。VMware 成立于 1998 年，1999 年发布产品；KVM 在 2007 年 2 月并入 Linux 2.6.20。',
    },
    since: 'Linux 2.6.20 (2007-02)',
    source: 'ionos.com/digitalguide what-is-kvm; dnuk.com virtualisation software (secondary sources)',
    items: [34, 35],
  },
  {
    id: 'X7',
    class: 'C',
    title: { en: 'Safer containers', zh: '更安全的容器' },
    notes: {
      en: 'To make containers safer there is light virtualisation, typically Firecracker.',
      zh: '为了让容器更安全，有了“超轻虚拟化”，典型就是 Firecracker。',
    },
    today: {
      en: 'It is one of several. In Kubernetes a Pod chooses by its RuntimeClass: Kata Containers (with Firecracker or another monitor), gVisor and others.',
      zh: '它只是选择之一。在 Kubernetes 里 Pod 用 RuntimeClass 来选：Kata Containers（配 Firecracker 或其他监控器）、gVisor 等。',
    },
    since: 'Kubernetes 1.20 (RuntimeClass)',
    source: 'kubernetes/enhancements 585',
    items: [40],
  },
  {
    id: 'X8',
    class: 'B',
    title: { en: 'Docker and LXC', zh: 'Docker 与 LXC' },
    notes: {
      en: 'Docker came in 2014 and uses LXC.',
      zh: 'Docker（2014 年）出现，利用 LXC 实现。',
    },
    today: {
      en: 'Docker went public in 2013. Release 0.9 replaced LXC as the default by its own libcontainer, which lives on in runc.',
      zh: 'Docker 在 2013 年公开。0.9 版用自己的 libcontainer 取代 LXC 成为默认，它延续为今天的 runc。',
    },
    since: 'Docker 0.9 (2014-03)',
    source: 'docker.com/blog/docker-0-9-introducing-execution-drivers-and-libcontainer (2014-03-10)',
    items: [41],
  },
  {
    id: 'X9',
    class: 'B',
    title: { en: 'How many Linux namespaces', zh: 'Linux Namespace 有几种' },
    notes: {
      en: 'There are five: pid, mnt, ipc, uts and net.',
      zh: '有五种：pid、mnt、ipc、uts、net。',
    },
    today: {
      en: 'There are eight: also user, cgroup and time. Pods can use user namespaces (hostUsers: false), stable in 1.36.',
      zh: '有八种：还有 user、cgroup 和 time。Pod 可以使用 user namespace（hostUsers: false），在 1.36 中稳定。',
    },
    since: 'Linux 5.6 (time); Kubernetes 1.36 (user)',
    source: 'man7.org namespaces(7), time_namespaces(7); kubernetes/enhancements 127',
    items: [44],
  },
  {
    id: 'X10',
    class: 'B',
    title: { en: 'Where layers are kept', zh: '镜像层存在哪里' },
    notes: {
      en: 'Storage drivers are device-mapper, btrfs and aufs.',
      zh: '存储驱动有 device-mapper、btrfs、aufs。',
    },
    today: {
      en: 'overlay2 became the norm. Fresh installations of Docker Engine 29 keep images in containerd, whose overlayfs snapshotter does the same work.',
      zh: 'overlay2 早已成为主流。全新安装的 Docker Engine 29 把镜像放在 containerd 中，由它的 overlayfs snapshotter 完成同样的工作。',
    },
    since: 'Docker Engine 29',
    source: 'docs.docker.com/engine/storage/containerd',
    items: [50],
  },
  {
    id: 'X11',
    class: 'A',
    title: { en: 'The Spring Boot Dockerfile', zh: 'Spring Boot 的 Dockerfile' },
    notes: {
      en: 'from java:8-jdk-alpine · copy ./target/xxx.jar /usr/app · workdir /usr/app · entrypoint ["java","- jar "," xxxx.jar"]',
      zh: 'from java:8-jdk-alpine · copy ./target/xxx.jar /usr/app · workdir /usr/app · entrypoint ["java","- jar "," xxxx.jar"]',
    },
    today: {
      en: 'It has four faults: the base image is retired; COPY without a slash at the end makes /usr/app a file, so WORKDIR fails; the exec form passes the spaces on; and xxx.jar is not xxxx.jar.',
      zh: '有四处错误：基础镜像已停用；COPY 的目标末尾没有斜杠，/usr/app 成了文件，WORKDIR 因此失败；exec 形式会把空格原样传入；xxx.jar 与 xxxx.jar 不是同一个名字。',
    },
    source: 'docs.docker.com/reference/dockerfile (COPY, WORKDIR, ENTRYPOINT); hub.docker.com/_/java',
    items: [53, 54],
  },
  {
    id: 'X12',
    class: 'B',
    title: { en: 'Who runs containers', zh: '谁来运行容器' },
    notes: {
      en: 'Each Node runs a Docker daemon, which runs the containers.',
      zh: '每个节点都运行一个 docker daemon 来运行容器。',
    },
    today: {
      en: 'The kubelet speaks CRI to containerd or CRI-O, which has runc start the process. Docker itself goes the same way: docker → dockerd → containerd → runc.',
      zh: 'kubelet 通过 CRI 与 containerd 或 CRI-O 通信，由它们让 runc 启动进程。Docker 自己也是这条路：docker → dockerd → containerd → runc。',
    },
    since: 'Kubernetes 1.24',
    source: 'kubernetes/enhancements 2221; kubernetes.io/docs/setup/production-environment/container-runtimes',
    items: [57, 108],
  },
  {
    id: 'X13',
    class: 'B',
    title: { en: 'Moby', zh: 'Moby' },
    notes: {
      en: 'Moby is the most popular container engine today.',
      zh: 'moby 是目前最流行的容器管理引擎。',
    },
    today: {
      en: 'Moby is the open-source project from which Docker Engine is built. Most Kubernetes Nodes run containerd.',
      zh: 'Moby 是构建 Docker Engine 的上游开源项目。Kubernetes 节点上多数运行 containerd。',
    },
    since: '2017-04',
    source: 'github.com/moby/moby README',
    items: [60],
  },
  {
    id: 'X14',
    class: 'B',
    title: { en: 'Rancher, Swarm, Mesos', zh: 'Rancher、Swarm、Mesos' },
    notes: {
      en: 'Rancher performs poorly; Swarm and Mesos are other choices.',
      zh: 'Rancher 性能非常差；还可以选 Swarm、Mesos。',
    },
    today: {
      en: 'Since release 2 Rancher manages Kubernetes clusters and is no orchestrator of its own. Swarm lives on quietly in Docker Engine. Mesos was retired to the Apache Attic.',
      zh: 'Rancher 从 2.x 起管理 Kubernetes 集群，自己不再是编排器。Swarm 仍在 Docker Engine 中，但很少有人用。Mesos 已退役到 Apache Attic。',
    },
    since: '2025-08 (Mesos)',
    source: 'attic.apache.org/projects/mesos.html by way of wiki.linux-server-admin.com (secondary source)',
    items: [62],
  },
  {
    id: 'X54',
    class: 'A',
    title: { en: 'What images are built on', zh: '镜像基于什么' },
    notes: {
      en: 'Containers all depend on a CentOS image.',
      zh: '原始容器都是依赖 centos 镜像。',
    },
    today: {
      en: 'An image starts from any base, or from nothing: FROM scratch. A program linked statically needs no distribution inside.',
      zh: '镜像可以从任何基础镜像开始，也可以从零开始：FROM scratch。静态链接的程序不需要任何发行版。',
    },
    source: 'docs.docker.com/build/building/base-images',
    items: [51, 52],
  },
];
