/**
 * What an importer or exporter has to say of its work: nothing is lost, changed or passed over without one. `id` names a
 * sentence in the locales, `params` fill it.
 */
export interface Note {
  readonly id: NoteId;
  /** `refused`: nothing came of it; `lost`: a part has no form there; `changed`: it has another; `info`: for reading only. */
  readonly kind: 'refused' | 'lost' | 'changed' | 'info';
  readonly file: string;
  /** Counted from 1; 0 where no line can be named. */
  readonly line: number;
  readonly params: Readonly<Record<string, string | number>>;
}

export type NoteId =
  | LiveNoteId
  | SourceNoteId
  | ComposeNoteId
  | KustomizeNoteId
  | ClusterNoteId
  | ShareNoteId
  | HelmNoteId;

export type LiveNoteId =
  /** `object`, `fields`: what the cluster reports. */
  | 'live.status'
  /** Metadata that the server writes. */
  | 'live.metadata'
  /** What a controller or kubectl wrote into annotations and labels. */
  | 'live.marks'
  /** Addresses, ports, names that the cluster chose. */
  | 'live.allocated'
  /** What admission put in. */
  | 'live.injected'
  /** What the server fills in where nothing is said. */
  | 'live.defaults'
  /** The object is made by another one: `object`, `owner`. */
  | 'live.madeBy'
  /** The object is made by the cluster itself. */
  | 'live.madeByCluster'
  /** Its owner is not in the dump, so it stands for itself: `object`, `owner`. */
  | 'live.ownerMissing';

/** What any importer may have to say of a file. */
export type SourceNoteId =
  /** `message`: why it cannot be read. */
  | 'source.unreadable'
  /** `file`: a file that another names is not there. */
  | 'source.missing'
  /** `path`: it leads out of what was given. */
  | 'source.outside'
  /** `key`: no such key is known here. */
  | 'source.unknownKey'
  /** `tag`: a YAML tag that nobody here knows; the value is taken without it. */
  | 'source.tag'
  /** `key`, `expected`. */
  | 'source.type'
  /** `what`, `limit`. */
  | 'source.tooMany';

export type ComposeNoteId =
  | 'compose.noServices'
  /** `service`, `key`: Kubernetes has no form for it. */
  | 'compose.lost'
  /** `service`, `key`: of use on the machine of a developer only. */
  | 'compose.local'
  | 'compose.variable'
  | 'compose.variableRequired'
  | 'compose.build'
  | 'compose.noImage'
  | 'compose.dependsOn'
  | 'compose.claimSize'
  | 'compose.sharedClaim'
  | 'compose.bindAbsolute'
  | 'compose.bindContent'
  | 'compose.anonymousVolume'
  | 'compose.external'
  | 'compose.secretMissing'
  | 'compose.profile'
  | 'compose.renamed'
  | 'compose.noPorts'
  | 'compose.loopback'
  | 'compose.pod'
  | 'compose.network'
  | 'compose.constraint'
  | 'compose.duplicate'
  | 'compose.extendsCycle'
  | 'compose.komposeLabel';

export type KustomizeNoteId =
  | 'kustomize.none'
  | 'kustomize.version'
  /** `key`: a field whose work is not done here, so that nothing is. */
  | 'kustomize.notFollowed'
  | 'kustomize.remote'
  | 'kustomize.beside'
  | 'kustomize.cycle'
  | 'kustomize.noComponent'
  | 'kustomize.resource'
  | 'kustomize.conflict'
  | 'kustomize.ambiguous'
  | 'kustomize.noMatch'
  | 'kustomize.patch'
  | 'kustomize.generator'
  | 'kustomize.replacement';

export type ClusterNoteId =
  | 'cluster.noNodes'
  /** `node`, `label`: one that a kubelet must not give itself. */
  | 'cluster.label'
  | 'cluster.capacity'
  | 'cluster.nodeName'
  | 'cluster.version'
  | 'cluster.endpoint'
  | 'cluster.etcd'
  | 'cluster.token';

export type ShareNoteId =
  /** A value could not be taken out of a Secret, or a file is no text. */
  | 'share.refused'
  /** Values of Secrets stay behind. */
  | 'share.secrets';

export type HelmNoteId =
  /** A document that does not read would break the chart. */
  | 'helm.unread'
  /** `object`, `field`: a field that cannot be written, because its text is shared. */
  | 'helm.value';

/** Text files that a conversion gives, and what there is to say of it. */
export interface Conversion {
  readonly files: readonly ConvertedFile[];
  readonly notes: readonly Note[];
}

export interface ConvertedFile {
  readonly path: string;
  readonly content: string;
}
