import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { Category } from '../../kinds/kind.ts';
import { GENERIC_ICON, KIND_ICONS } from './kind-icons.ts';

interface KindIconProps {
  readonly kind: GroupKind;
  readonly category: Category;
  readonly size?: 'small' | 'large';
}

/** The icon of a kind on its category's colour. Decoration: the kind's name stands beside it. */
export function KindIcon({ kind, category, size = 'small' }: KindIconProps) {
  const name = formatGroupKind(kind);
  const Icon = Object.hasOwn(KIND_ICONS, name) ? KIND_ICONS[name]! : GENERIC_ICON;
  return (
    <span className={`kind-icon kind-icon-${size} category-${category}`} aria-hidden>
      <Icon size={size === 'large' ? 18 : 13} strokeWidth={2} />
    </span>
  );
}
