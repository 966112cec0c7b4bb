const RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const SIGNS: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/**
 * The name under which an object has the field that an expression speaks of: `self.namespace` is `__namespace__`.
 * Source: staging/src/k8s.io/apiserver/pkg/cel/types.go `FindStructFieldType`, 1.36.
 */
export function fieldSpokenOf(field: string, has: (name: string) => boolean): string {
  return RESERVED.has(field) && !has(field) ? `__${field}__` : field;
}

/**
 * A field of an object as CEL names it; undefined for one that cannot be spoken of.
 * Source: staging/src/k8s.io/apiserver/pkg/cel/escaping.go `Escape`, 1.36.
 */
export function escapeField(name: string): string | undefined {
  if (!/^[A-Za-z_.\-/][\w.\-/]*$/.test(name)) return undefined;
  return RESERVED.has(name) ? `__${name}__` : name.replaceAll(/__|[-./]/g, (sign) => SIGNS[sign]!);
}
