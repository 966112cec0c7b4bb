/** A file of manifests: YAML or JSON as text, or as bytes. */
export interface DesignFile {
  /** With forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
}
