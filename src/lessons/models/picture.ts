/** A word of the picture: a name as it is written on the machine, or the id of a sentence with what it names. */
export type Words = string | (Readonly<Record<string, string | number>> & { readonly id: ModelWordId });

/** What is drawn of a model: parts in parts, as they stand at one step. Plain data; who draws decides how. */
export interface Part {
  /** Steps name it as their sender or receiver; unique in the picture. */
  readonly id: string;
  readonly role: PartRole;
  readonly title: Words;
  readonly note?: Words;
  readonly tone?: Tone;
  readonly bars?: readonly Bar[];
  readonly chips?: readonly Chip[];
  readonly rows?: readonly Row[];
  readonly code?: readonly CodeLine[];
  /** Beside one another, or beneath; beside where left out. */
  readonly flow?: 'row' | 'column';
  readonly parts?: readonly Part[];
}

export type Tone = 'good' | 'warn' | 'bad' | 'off' | 'new';

export const PART_ROLES = [
  'area',
  'person',
  'server',
  'hardware',
  'hypervisor',
  'kernel',
  'vm',
  'process',
  'container',
  'daemon',
  'registry',
  'image',
  'layer',
  'file',
  'volume',
  'network',
  'cgroup',
  'traffic',
  'provider',
  'money',
] as const;
export type PartRole = (typeof PART_ROLES)[number];

/** How a whole is shared out, in one unit. */
export interface Bar {
  readonly label: Words;
  readonly total: number;
  readonly unit: string;
  readonly pieces: readonly { readonly label: Words; readonly value: number; readonly tone?: Tone | 'plain' }[];
}

export interface Chip {
  readonly label: string;
  readonly isOn: boolean;
}

export interface Row {
  readonly label: Words;
  readonly value: Words;
  readonly tone?: Tone;
}

export interface CodeLine {
  readonly text: string;
  readonly tone?: Tone;
  /** Beside the line: `CACHED`, `12 MB`. */
  readonly mark?: Words;
}

/** Sentences of the pictures; each stands in `locales` in every language. */
export const MODEL_WORDS = [
  'byHand',
  'byImage',
  'operator',
  'builder',
  'registry',
  'loadBalancer',
  'distinct',
  'healthy',
  'unhealthy',
  'starting',
  'stage.commit',
  'stage.build',
  'stage.test',
  'stage.push',
  'stage.apply',
  'stageDone',
  'stageFailed',
  'site',
  'developer',
  'layersBuilt',
  'nodes',
  'sharedLayers',
  'baseImages',
  'pieceIsolation',
  'markBase',
  'markMetadata',
  'markFailed',
  'bug.retiredBase',
  'bug.copiedAsFile',
  'bug.workdirIsFile',
  'bug.blanksInArgument',
  'bug.noSuchFile',
  'bug.nothingToCopy',
  'host',
  'hostShell',
  'oneKernel',
  'memory',
  'seenFromHost',
  'seenFrom',
  'seenProcesses',
  'seenFiles',
  'seenSystem',
  'interfaces',
  'user',
  'port',
  'throttled',
  'compared',
  'as.bare',
  'as.type2',
  'as.type1',
  'as.containers',
  'as.microvm',
  'kernels',
  'startTime',
  'pieceHost',
  'pieceGuests',
  'pieceApps',
  'smallKernel',
  'changedKernel',
  'guestKernel',
  'hypervisor.type1',
  'hypervisor.type2',
  'hypervisor.microvm',
  'hypervisor.bare',
  'hypervisor.containers',
  'hostKernel',
  'alive',
  'hardware',
  'yoursOf',
  'you',
  'provider',
  'layer.building',
  'layer.network',
  'layer.storage',
  'layer.servers',
  'layer.virtualisation',
  'layer.os',
  'layer.platform',
  'layer.middleware',
  'layer.code',
  'layer.data',
  'service.own',
  'service.iaas',
  'service.caas',
  'service.paas',
  'service.faas',
  'service.saas',
  'inUse',
  'users',
  'app',
  'instances',
  'latency',
  'billPerHour',
  'alwaysOn',
  'perCall',
  'cloud.private',
  'cloud.public',
  'cloud.hybrid',
  'ownMachines',
  'rentedMachines',
  'machineHours',
  'customerData',
  'dayCompared',
  'hoursOfDay',
  'pieceBusy',
  'pieceIdle',
  'pieceRented',
  'commandLine',
  'sixQuestions',
  'ask.scale',
  'ask.recover',
  'ask.update',
  'ask.monitor',
  'ask.schedule',
  'ask.secure',
  'imageHere',
  'ownLayer',
  'poweredOff',
  'idle',
] as const;
export type ModelWordId = (typeof MODEL_WORDS)[number];
