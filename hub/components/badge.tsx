import type { ReactNode } from 'react'
import './badge.css'

export interface BadgeProps {
  /** Default: `plain`. */
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad'
  readonly children: ReactNode
}

/** A short label for a state. */
export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span className={`badge ${tone}`}>{children}</span>
}
