import { Component } from 'react';
import type { ComponentType, ReactNode } from 'react';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What stands in place of the children after one of them failed. */
  readonly fallback: ComponentType<{ readonly error: Error; readonly retry: () => void }>;
}

/** Keeps a failure inside its pane: the rest of the page goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { children, fallback: Fallback } = this.props;
    return error === undefined ? (
      children
    ) : (
      <Fallback error={error} retry={() => this.setState({ error: undefined })} />
    );
  }
}
