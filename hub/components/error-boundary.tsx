import { Component, type ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

interface Props {
  readonly children: ReactNode
}

/** Shows what went wrong instead of an empty page. Trying again loads the page anew, also a chunk that is gone. */
export class ErrorBoundary extends Component<Props, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {}

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <ErrorState error={error} onRetry={() => location.reload()} />
  }
}
