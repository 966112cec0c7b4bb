/** kube-linter's: the tag `latest`, no tag at all, or no tag behind the path, where a colon belongs to the registry. */
const MUTABLE = [/.*:(?:latest)$/, /^[^:]*$/, /.*\/[^:]+$/];

/** Whether the same name may be another image tomorrow. */
export function isMutableImage(image: string): boolean {
  return MUTABLE.some((pattern) => pattern.test(image));
}
