import { scriptProblems } from './script-problems.ts';

/** Sentences of the command line. */
export const commandline = {
  help: `drydock {{version}}: draw a Kubernetes cluster, rehearse it, and take the manifests to sea.

Usage: drydock COMMAND [OPTIONS] PATH…
PATH is a file, a folder (searched for .yaml, .yml and .json) or - for standard input.

Commands
  graph [-o json|mermaid|dot|d2|drawio|svg] PATH…
                                             what points at what, and what is wrong between objects
  validate [-o text|json|sarif] [--release R] [--lint[=all|ID,…|none]] [--lint-config FILE]
           [--against OLD]… PATH…
                                             what an API server would accept, and why not; R is 1.20 to 1.36;
                                             --lint adds good practice: the usual, all, or some ids and groups;
                                             --lint-config as kube-linter's file says, checks of your own with it;
                                             what a document "kind: Lints" of drydock.dev/v1 in PATH says is asked
                                             in any case;
                                             --against judges objects as changes of those in OLD, a PATH
  fix [--out DIR] PATH…                      objects as the version or kind that took their place, such as a
                                             Deployment for a ReplicationController: a diff; --out writes it
  simulate [-o json|trace|text] [--nodes N] [--seed S] [--until settled|DURATION] [--script FILE]
           [--proxy-mode iptables|nftables|ipvs] [--ip-families IPv4,IPv6]
           [--pod-network bridge|overlay|routed] PATH…
                                             plays the manifests through a simulated cluster; a script gives
                                             kubectl commands and faults at times after the manifests are applied
  experiment [-o text|json|csv] [--workers N] [--shard I/N] SCRIPT [PATH…]
                                             runs a script with a sweep once for each seed and combination of
                                             values, or looks for the least number of Nodes, and gives a table;
                                             --workers at the same time (as many as there are cores), the result
                                             is the same; Ctrl+C keeps what is finished; --shard runs one part
  experiment --merge RESULT…                 puts results of shards (-o json) together
  experiment --job DIR [--shards N] [--image IMAGE] [--name NAME] SCRIPT [PATH…]
                                             writes manifests that run the shards as an Indexed Job of Kubernetes
  serve [--kubeconfig FILE] [--port N] [--speed N] [--nodes N] [--seed S] PATH…
                                             the simulated cluster on loopback behind the Kubernetes API, for a
                                             real kubectl, until Ctrl+C; writes the kubeconfig; its time passes
                                             --speed times (1 to 1000) as fast as the clock
  features [-o text|json]                    the feature gates of 1.36: stage, default, and whether Drydock models
                                             what they switch
  diff [-o text|json] A B                    objects and fields added, removed, changed or renamed from A to B;
                                             either may be what kubectl get -o yaml printed of a cluster
  convert --from FORMAT --to FORMAT [--out DIR] [-o text|json] PATH…
                                             from manifests, live (what kubectl get -o yaml printed),
                                             compose (Docker Compose; --profile NAME, * for all),
                                             kustomize (as kubectl builds it; bases up to --root DIR);
                                             to manifests, kustomize, helm, kind, k3d, kubeadm, mermaid, dot,
                                             d2, drawio, svg, link; what is lost or taken away is said
  export [--layout=keep|drop] [--out DIR] PATH…
                                             the manifests as the editor would save them

Exit code: 0 good, 1 refused, 2 wrong usage or nothing readable, 130 stopped by Ctrl+C.
Results go to standard output, messages to standard error.
`,
  noPath: 'no PATH given: name a file, a folder, or - for standard input',
  unknownFormat: 'unknown format "{{format}}": one of {{formats}}',
  unknownCommand: 'unknown command "{{command}}"',
  seeHelp: 'see: drydock help',
  unreadable: 'cannot be read: {{reason}}',
  severalFiles: '{{count}} files result: say where to with --out DIR',
  written: '{{count}} files written to {{folder}}',
  nothing: 'nothing readable in the input',
  onePath: 'one PATH is read',
  twoPaths: 'two PATHs are compared: name both',
  compared: '{{same}} objects are the same, {{different}} differ',
  unknownLint: 'unknown lint "{{word}}": all, none, an id, or one of the groups {{groups}}',
  unknownRelease: 'unknown release "{{release}}": one of {{oldest}} to {{newest}}',
  serverWords: '{{words}}',
  verdicts: '{{objects}} objects: {{valid}} valid, {{refused}} refused, {{unknown}} of unknown kinds',
  simulated: '{{time}} of the run, {{entries}} entries in the trace',
  stillMoves: 'not settled after {{time}}; still moving: {{moving}}',
  serving:
    'the simulated cluster answers at {{address}}; try: kubectl --kubeconfig {{kubeconfig}} get pods; Ctrl+C ends it',
  noScript: '{{path}}: holds no Script of drydock.dev/v1',
  isExperiment: '{{path}}: holds a sweep, which is run by: drydock experiment {{path}} PATH…',
  noSweep: 'the script has no sweep: it is run once',
  trialsDone: '{{done}} of {{count}} runs',
  cancelled: 'stopped: {{done}} of {{count}} runs are finished and told',
  trialFailed: 'run {{index}} broke: {{message}}',
  noResult: '{{path}}: holds no result of an experiment (-o json)',
  otherExperiment: '{{path}}: is of another experiment, or of another version of its script or design',
  otherRow: 'the results say different things of run {{index}}',
  missingTrials: 'runs that are in none of the results: {{count}}, the first of them {{first}}',
  ignoredNodes:
    'the design has worker Nodes of its own, so that {{parameter}} changes nothing; name their size with topology.nodeSize',
  notPriced: 'the price list knows nothing of {{count}} Nodes, the control plane among them: they cost nothing here',
  leastOf: '{{size}}: {{nodes}} workers are enough in every run',
  leastCosts: '{{size}}: {{perHour}} an hour, {{perMonth}} a month',
  noneEnough: '{{size}}: not found; {{because}}',
  jobWritten:
    'written to {{folder}}: kubectl apply --server-side -f {{folder}}; when Job {{name}} is complete, its {{shards}} Pods have printed the results for --merge (kubectl logs -l batch.kubernetes.io/job-name={{name}} --tail=-1)',
  tooLargeForJob: '{{path}} has {{bytes}} bytes: no ConfigMap holds more than 1 MiB',
  ...scriptProblems,
} as const;
