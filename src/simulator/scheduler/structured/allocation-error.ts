/** Why devices cannot be allocated at all, in upstream's words; `onNode` where another Node may still serve. */
export class AllocationError extends Error {
  readonly onNode: boolean;
  constructor(message: string, onNode = false) {
    super(message);
    this.onNode = onNode;
  }
}
