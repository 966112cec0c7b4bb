import type { ReactNode } from 'react';
import './list-row.css';

interface ListRowProps {
  /** Whether it is the one of the list that is shown beside it. */
  readonly isCurrent: boolean;
  readonly className: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** A row of a list whose chosen one is shown beside it. */
export function ListRow({ isCurrent, className, onPress, children }: ListRowProps) {
  return (
    <button type="button" className={`list-row ${className}`} aria-current={isCurrent} onClick={onPress}>
      {children}
    </button>
  );
}
